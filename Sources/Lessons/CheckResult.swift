package import Tree

/// How far a learner has come in a step.
package struct CheckResult: Sendable, Hashable {
  package struct Condition: Sendable, Hashable {
    package let id: String
    package let isPassed: Bool
    package let text: String
    package let expected: String
    package let actual: String
    package let field: String

    package init(id: String, isPassed: Bool, text: String, expected: String, actual: String, field: String) {
      self.id = id
      self.isPassed = isPassed
      self.text = text
      self.expected = expected
      self.actual = actual
      self.field = field
    }
  }

  package let step: String
  package let conditions: [Condition]
  /// The hint for what is wrong, as HTML.
  package let hint: String?
  /// Which of the step's hints that is.
  package let hintIndex: Int?

  package init(step: String, conditions: [Condition], hint: String?, hintIndex: Int?) {
    self.step = step
    self.conditions = conditions
    self.hint = hint
    self.hintIndex = hintIndex
  }

  package var isPassed: Bool { conditions.allSatisfy(\.isPassed) }

  /// The data of the event CHECK.
  package var json: Value {
    [
      "step": .string(step), "passed": .boolean(isPassed), "conditions": .array(conditions.map(\.json)),
      "hint": hint.map(Value.string) ?? .null,
    ]
  }
}

extension CheckResult.Condition {
  fileprivate var json: Value {
    [
      "id": .string(id), "passed": .boolean(isPassed), "text": .string(text), "expected": .string(expected),
      "actual": .string(actual), "field": .string(field),
    ]
  }
}

/// Checks a step against the cluster now and when the step was entered.
///
/// - Parameters:
///   - answer: the choice made in the step's prediction; empty where none was.
///   - time: the cluster's time in nanoseconds since 1970.
///   - language: of the texts, "ko" or "en".
package func evaluate(
  step: Step, now: any World, before: any World, answer: String = "", time: Int64, language: String
) -> CheckResult {
  var context = CheckContext(now: now, before: before, answer: answer, time: time)
  let language = Language(code: language)
  let conditions = step.conditions.map { $0.evaluate(in: &context, language) }
  let failing = conditions.filter { !$0.isPassed }.map(\.id)
  let index = failing.isEmpty ? nil : step.hints.firstIndex { $0.fits(failing, &context) }
  return CheckResult(
    step: step.id, conditions: conditions, hint: index.map { step.hints[$0].html[language] }, hintIndex: index)
}

extension Condition {
  fileprivate func evaluate(in context: inout CheckContext, _ language: Language) -> CheckResult.Condition {
    let field: String
    switch self.field {
    case .text(let text): field = text
    case .program(let program): field = context.text(program) ?? ""
    case nil: field = ""
    }
    return CheckResult.Condition(
      id: id, isPassed: context.holds(that), text: text[language], expected: expected?[language] ?? "",
      actual: actualText(&context, language), field: field)
  }

  /// What is there, in words: "none" where the expression fails or gives an empty text, as it does for what is missing.
  private func actualText(_ context: inout CheckContext, _ language: Language) -> String {
    guard let actual else { return "" }
    let text = context.text(actual[language]) ?? ""
    return text.isEmpty ? Self.none[language] : text
  }

  private static let none = Localized(korean: "없음", english: "none")
}

extension Hint {
  fileprivate func fits(_ failing: [String], _ context: inout CheckContext) -> Bool {
    if let condition, !failing.contains(condition) { return false }
    guard let when else { return true }
    return context.holds(when)
  }
}
