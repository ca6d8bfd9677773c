import Kinds
import Lessons
import Tree

/// How an attempt goes on: a value, so that what happened can be tested without a cluster.
extension AttemptStatus {
  /// Comes to a step, or begins it anew.
  mutating func enter(_ step: String, at now: String) {
    startedAt = startedAt ?? now
    self.step = step
    state = "Working"
    enteredAt = now
    since = now
    condition = nil
    passedConditions = 0
    conditions = 0
  }

  /// Takes in what the checks of its step say.
  mutating func note(_ result: CheckResult, isLast: Bool, showsNewHint: Bool, at now: String) {
    let failing = result.conditions.first { !$0.isPassed }
    let passed = result.conditions.count(where: \.isPassed)
    if showsNewHint { hintsShown += 1 }
    if failing?.id != condition?["id"]?.string || passed != passedConditions { since = now }
    condition = failing?.object
    passedConditions = passed
    conditions = result.conditions.count
    guard result.isPassed, state == "Working" else { return }
    finish(at: now)
    state = isLast ? "Completed" : "Passed"
    since = now
    if isLast { completedAt = completedAt ?? now }
  }

  /// A step that is done again keeps its first time.
  private mutating func finish(at now: String) {
    guard !finishedSteps.contains(where: { $0.step == step }) else { return }
    let hintsBefore = finishedSteps.reduce(0) { $0 + $1.hints }
    finishedSteps += [
      AttemptFinishedStep(step: step, enteredAt: enteredAt, at: now, hints: max(0, hintsShown - hintsBefore))
    ]
  }
}

extension CheckResult.Condition {
  fileprivate var object: Value {
    [
      "id": .string(id), "text": .string(text), "expected": .string(expected), "actual": .string(actual),
      "field": .string(field),
    ]
  }
}
