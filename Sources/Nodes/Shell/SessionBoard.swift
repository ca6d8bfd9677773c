/// The conversations with containers that are going on, by number.
final class SessionBoard {
  /// Commands of all containers that run at the same time.
  static let limit = 1_000

  enum Session {
    case exec(ExecSession, following: Int)
    case attachment(Attachment)
    /// To a port.
    case connection(PodRun, port: Int, following: Int)
  }

  private var sessions: [Int: Session] = [:]
  private var last = 0

  var isFull: Bool { sessions.count >= Self.limit }

  func nextNumber() -> Int {
    last += 1
    return last
  }

  subscript(id: Int) -> Session? {
    get { sessions[id] }
    set { sessions[id] = newValue }
  }
}
