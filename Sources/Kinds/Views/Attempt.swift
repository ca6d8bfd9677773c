package import Tree

/// One learner at one lesson (`podium.dev/v1`).
package struct Attempt: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(learner: String, lesson: String) {
    value = [
      "metadata": ["name": .string(Self.name(learner: learner, lesson: lesson))],
      "spec": ["learner": .string(learner), "lesson": .string(lesson)],
    ]
  }

  /// What the object is called.
  package static func name(learner: String, lesson: String) -> String { learner + "." + lesson }

  package var learner: String { value["spec", "learner"]?.string ?? "" }
  package var lesson: String { value["spec", "lesson"]?.string ?? "" }
  package var status: AttemptStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct AttemptStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var step: String {
    get { self["step"] ?? "" }
    set { self["step"] = newValue }
  }
  /// `Working`, `Passed` or `Completed`.
  package var state: String {
    get { self["state"] ?? "" }
    set { self["state"] = newValue }
  }
  package var startedAt: String? {
    get { self["startedAt"] }
    set { self["startedAt"] = newValue }
  }
  package var enteredAt: String? {
    get { self["enteredAt"] }
    set { self["enteredAt"] = newValue }
  }
  package var since: String? {
    get { self["since"] }
    set { self["since"] = newValue }
  }
  /// The first condition that does not hold: `id`, `text`, `expected`, `actual`, `field`.
  package var condition: Value? {
    get { self["condition"] }
    set { self["condition"] = newValue }
  }
  package var passedConditions: Int {
    get { self[count: "passedConditions"] }
    set { self[count: "passedConditions"] = newValue }
  }
  package var conditions: Int {
    get { self[count: "conditions"] }
    set { self[count: "conditions"] = newValue }
  }
  package var hintsShown: Int {
    get { self[count: "hintsShown"] }
    set { self[count: "hintsShown"] = newValue }
  }
  package var completedAt: String? {
    get { self["completedAt"] }
    set { self["completedAt"] = newValue }
  }
  package var predictions: [AttemptPrediction] {
    get { self[list: "predictions"] }
    set { self[list: "predictions"] = newValue }
  }
  package var finishedSteps: [AttemptFinishedStep] {
    get { self[list: "finishedSteps"] }
    set { self[list: "finishedSteps"] = newValue }
  }
}

/// What a learner thought would happen.
package struct AttemptPrediction: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(step: String, choice: String, isCorrect: Bool, at: String, tries: Int) {
    value = [
      "step": .string(step), "choice": .string(choice), "correct": .boolean(isCorrect), "at": .string(at),
      "tries": .integer(Int64(tries)),
    ]
  }

  package var step: String { self["step"] ?? "" }
  package var isCorrect: Bool { self["correct"] ?? false }
  package var tries: Int { self[count: "tries"] }
}

/// A step whose checks have passed.
package struct AttemptFinishedStep: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(step: String, enteredAt: String?, at: String, hints: Int) {
    value = ["step": .string(step), "at": .string(at), "hints": .integer(Int64(hints))]
    value["enteredAt"] = enteredAt.map(Value.string)
  }

  package var step: String { self["step"] ?? "" }
  package var hints: Int { self[count: "hints"] }
}
