import CEL
import Testing
import Tree

/// The JSON value that an expression gives.
func evaluate(_ text: String, _ variables: [String: Value] = [:]) throws(CELError) -> Value {
  try CEL.compile(text).evaluate(variables)
}

/// The error of compiling or running an expression, or nil where there is none.
func failure(_ text: String, _ variables: [String: Value] = [:]) -> CELError? {
  do {
    _ = try evaluate(text, variables)
    return nil
  } catch { return error }
}

/// An expression that should be true, shown by its text in the test's report.
struct Fact: CustomTestStringConvertible, Sendable, ExpressibleByStringLiteral {
  let text: String
  init(stringLiteral text: String) { self.text = text }
  var testDescription: String { text }
}

/// An expression that should fail, and how.
struct Refusal: CustomTestStringConvertible, Sendable {
  let text: String
  let kind: CELError.Kind
  init(_ text: String, _ kind: CELError.Kind) {
    self.text = text
    self.kind = kind
  }
  var testDescription: String { text }
}
