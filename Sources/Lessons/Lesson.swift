import CEL
package import Tree

/// A lesson as it is taught: texts rendered, expressions compiled.
package struct Lesson: Sendable {
  package let id: String
  /// The track's letter in the curriculum.
  package let track: String
  /// Where it stands among the lessons of its track.
  package let order: Int64
  package let concepts: [String]
  /// The lessons that it builds on.
  package let prerequisites: [String]
  /// How long it takes.
  package let minutes: Int64
  package let title: Localized<String>
  package let synopsis: Localized<String>
  /// What stands before the first step, as HTML.
  package let intro: Localized<String>
  /// What stands after the last step, as HTML.
  package let outro: Localized<String>
  package let steps: [Step]
  /// Objects that are there when the lesson begins.
  package let manifests: [Value]
  /// The view of the picture that suits it.
  package let view: PictureView

  package func step(_ id: String) -> Step? { steps.first { $0.id == id } }
}

/// What the console's picture can show.
package enum PictureView: String, CaseIterable, Sendable {
  /// The control plane, the nodes and their pods.
  case cluster
  /// A request's way through the parts of the cluster.
  case journey
  /// What each plugin of the scheduler made of each node.
  case scheduling
  /// The lives of pods over time, by revision.
  case rollout
  /// Which object made which.
  case owners
  /// Requests, limits and use on each node.
  case resources
}

/// One idea, one action, one visible consequence.
package struct Step: Sendable {
  package let id: String
  /// Where it stands in `lesson.yaml`.
  package let line: Int?
  package let title: Localized<String>
  /// The text as HTML.
  package let html: Localized<String>
  /// The editor's tabs.
  package let files: [LessonFile]
  package let conditions: [Condition]
  package let hints: [Hint]
  /// Command lines that lead to the step's end, whoever types them.
  package let solution: [String]
  /// What a solution changes in the step's files before its commands run: none, but where the error is to be found.
  package let corrections: Edits
  package let prediction: Prediction?
  /// An own start state, in place of what the steps before lead to.
  package let start: StepStart?
  /// The resources that the step's checks read ("pods", "deployments.apps"): a change of one of these, and nothing
  /// else, can change the result.
  package let reads: Set<String>
  /// Whether a check reads the cluster's time too.
  package let readsTime: Bool
  /// The view of the picture that suits it; nil where the lesson's does.
  package let view: PictureView?
}

/// A file that a learner can edit and name in commands.
package struct LessonFile: Sendable, Hashable {
  package let name: String
  package let content: String

  package init(name: String, content: String) {
    self.name = name
    self.content = content
  }
}

/// One thing that must be true for a step to be done.
package struct Condition: Sendable {
  /// Where to look for what is still missing: a text, or an expression giving one.
  enum Field: Sendable {
    case text(String)
    case program(Program)
  }

  package let id: String
  package let text: Localized<String>
  let that: Program
  let expected: Localized<String>?
  let actual: Localized<Program>?
  let field: Field?
}

/// Help for a mistake that learners make.
package struct Hint: Sendable {
  /// Where it stands in `lesson.yaml`.
  package let line: Int?
  /// The condition that it helps with; nil for any.
  let condition: String?
  /// What the mistake looks like in the cluster; nil where the failing condition says enough.
  let when: Program?
  package let html: Localized<String>
  /// How to make the mistake, for the proof that the hint is shown for it.
  package let mistake: Mistake?
}

/// Changes of files: each old text is replaced by a new one.
package struct Edits: Sendable {
  let replacements: [(old: String, new: String)]

  package var isEmpty: Bool { replacements.isEmpty }

  /// The file with the changes made.
  package func applied(to file: LessonFile) -> LessonFile {
    replacements.reduce(file) { LessonFile(name: $0.name, content: $0.content.replacing($1.old, with: $1.new)) }
  }
}

/// What a learner does in place of the solution.
package struct Mistake: Sendable {
  /// What they change in the step's files.
  package let edits: Edits
  package let commands: [String]
}

/// A question to answer before running anything.
package struct Prediction: Sendable {
  package struct Choice: Sendable {
    package let id: String
    package let text: Localized<String>
    package let isCorrect: Bool
    /// What to say to whoever chose it, as HTML; the prediction's explanation where nil.
    let explanation: Localized<String>?
  }

  package let question: Localized<String>
  package let choices: [Choice]
  /// As HTML.
  let explanation: Localized<String>
}

/// A step's own start: objects, then commands.
package struct StepStart: Sendable {
  package let manifests: [Value]
  package let commands: [String]
}
