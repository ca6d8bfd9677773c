import API
import Kinds
import Tree

/// Makes the codes that the Classroom asks for, and passes on to every learner what it says.
struct ClassroomReconciler {
  let state: ClassroomState

  func reconcile() throws(Status) -> ClassroomState.Round {
    let cryptography = state.options.cryptography
    let codes = [Code.joinLength, Code.helperLength, Code.helperLength].map { Code.make($0, cryptography) }
    let learners = state.learners
    let limits = state.options.limits
    try state.changeStatus(of: .classroom, Classroom.name, as: Classroom.self) { classroom, _ in
      classroom.status.learners = learners.count
      classroom.status.places = limits.places(in: classroom)
      guard classroom.status.joinCode.isEmpty || classroom.status.joinCodes != classroom.spec.joinCodes else { return }
      classroom.status.joinCode = codes[0]
      classroom.status.assistantCode = codes[1]
      classroom.status.observerCode = codes[2]
      classroom.status.joinCodes = classroom.spec.joinCodes
    }
    let spec = state.classroom.spec
    return ClassroomState.Round(keys: learners.filter { $0.isBehind(spec) }.map { .learner($0.name) })
  }
}

extension Learner {
  /// Whether the classroom says something that has not come to the learner yet.
  fileprivate func isBehind(_ spec: ClassroomSpec) -> Bool {
    if status.isPaused != spec.isPaused || !hasSeen(spec.message) { return true }
    return spec.push.map { status.value["push"] == nil || status.push.number < $0.number } ?? false
  }

  /// Whether that message, or none, is what the learner is shown.
  func hasSeen(_ message: ClassroomMessage?) -> Bool {
    guard let message, !message.text.isEmpty else { return status.message == nil }
    return status.message?["text"]?.string == message.text
      && (status.message?["number"]?.integer ?? 0) == Int64(message.number)
  }
}
