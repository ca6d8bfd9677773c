/// A mistake in the text that declares types: where it is and what is wrong.
package struct DeclarationError: Error, Equatable, CustomStringConvertible {
  /// The name that the text was given.
  package let source: String
  /// Counted from 1.
  package let line: Int
  package let text: String
  package let message: String

  /// One line for people: place, mistake, text.
  package var description: String { "\(source), line \(line): \(message): \(text)" }
}

/// A text that declares types, and what to call it in an error.
package struct Declarations: Sendable {
  /// What an error calls the text.
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
