package import Tree

/// A compiled expression. It has no state: the same program may run anywhere, at the same time.
package struct Program: Sendable {
  package let text: String
  /// The outside variables that the expression names, each with the fields selected from it: `before.pods.size()` gives
  /// ["before", "pods"]. What lies behind a variable that a macro binds is not in it.
  package let references: [[String]]
  let root: Expression
  private let limits: CEL.Limits

  init(text: String, root: Expression, references: [[String]], limits: CEL.Limits) {
    self.text = text
    self.root = root
    self.references = references
    self.limits = limits
  }

  /// The expression's value, with variables from trees.
  package func evaluate(_ variables: [String: Value]) throws(CELError) -> Value {
    try evaluate(variables.mapValues { CELValue($0) }).value
  }

  /// The expression's value within a budget of steps that several expressions share; what it takes is taken from it.
  package func evaluate(_ variables: [String: CELValue], budget: inout Int) throws(CELError) -> CELValue {
    var evaluator = Evaluator(variables: variables, steps: min(limits.steps, budget))
    defer { budget -= min(budget, evaluator.steps) }
    return try evaluator.value(of: root)
  }

  /// The expression's value, with variables that may be times, durations, bytes or unsigned too.
  package func evaluate(_ variables: [String: CELValue]) throws(CELError) -> CELValue {
    var evaluator = Evaluator(variables: variables, steps: limits.steps)
    return try evaluator.value(of: root)
  }
}
