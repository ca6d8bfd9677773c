package import Tree

/// One action of those that put an empty cluster into a step's start state.
package enum StartAction: Sendable, Hashable {
  /// Creates the object.
  case apply(Value)
  /// Runs a command line, with these files beside it.
  case run(String, files: [LessonFile])
  /// Marks the moment with which a step's checks compare: its solution follows.
  case begin
  /// Lets the cluster's time run until the checks of that step pass.
  case await(step: String)
}

extension Lesson {
  /// What puts a clean cluster into the step's start state, in order; nil where there is no such step.
  ///
  /// From the last step with a start of its own on, the solutions of the steps in between are run, each until its
  /// checks pass, so that every step can be entered.
  package func start(of id: String) -> [StartAction]? {
    guard let end = steps.firstIndex(where: { $0.id == id }) else { return nil }
    let begin = steps[...end].lastIndex { $0.start != nil }
    var actions = (begin.flatMap { steps[$0].start?.manifests } ?? manifests).map(StartAction.apply)
    if let begin, let commands = steps[begin].start?.commands {
      let files = steps[begin].files
      actions += commands.map { .run($0, files: files) }
    }
    for step in steps[(begin ?? 0)..<end] {
      actions.append(.begin)
      actions += step.solution.map { .run($0, files: step.solvedFiles) }
      if !step.conditions.isEmpty { actions.append(.await(step: step.id)) }
    }
    return actions
  }
}

extension Step {
  /// The step's files as its solution leaves them.
  package var solvedFiles: [LessonFile] { files.map(corrections.applied) }

  /// The first right choice of the step's prediction; empty where it has none.
  package var rightAnswer: String { prediction?.choices.first(where: \.isCorrect)?.id ?? "" }
}
