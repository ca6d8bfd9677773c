import API
import Cluster
import HTTP
import Kinds

/// A conversation over the streams of a SPDY session, each of which says with a header what it is for
/// (k8s.io/kubelet, cri/streaming/remotecommand).
final class StreamLink: ConversationLink {
  private enum Role: String {
    case input = "stdin"
    case output = "stdout"
    case error = "stderr"
    /// How it ended.
    case status = "error"
    case resize
  }

  /// Seconds that a client has to open its streams.
  private static let openingSeconds: Int64 = 30
  /// Bytes of a terminal's size.
  private static let sizeLimit = 1_024
  private static let typeField = "streamtype"

  private let spdy: SPDYConnection
  private let streams: StreamProtocol
  private let plan: ConnectionPlan
  private var ids: [Role: UInt32] = [:]
  /// What came before all streams were there.
  private var early: [LinkEvent] = []
  private var sizeText: [UInt8] = []

  init(_ spdy: SPDYConnection, streams: StreamProtocol, plan: ConnectionPlan) {
    self.spdy = spdy
    self.streams = streams
    self.plan = plan
  }

  var connection: UpgradedConnection { spdy.connection }

  private var expected: Set<Role> {
    var roles: Set<Role> = [.status]
    if plan.hasInput { roles.insert(.input) }
    if plan.hasOutput { roles.insert(.output) }
    if plan.hasError { roles.insert(.error) }
    if plan.isTerminal, streams.hasResize { roles.insert(.resize) }
    return roles
  }

  func open() -> Bool {
    let end = MonotonicClock.now + Self.openingSeconds * 1_000_000_000
    while !expected.isSubset(of: Set(ids.keys)) {
      let event = receive(seconds: Double(max(0, end - MonotonicClock.now)) / 1e9)
      switch event {
      case .closed, .stopping: return false
      case .timedOut:
        let status = Status(
          code: 504, reason: "Timeout", message: "timed out waiting for client to create streams")
        finish(.refused(status))
        return false
      case .input, .inputEnded, .resized: early.append(event)
      case .nothing, .woken: break
      }
    }
    return true
  }

  func receive(seconds: Double) -> LinkEvent {
    if !early.isEmpty, expected.isSubset(of: Set(ids.keys)) { return early.removeFirst() }
    switch spdy.receive(seconds: seconds) {
    case .session(let event): return take(event)
    case .failed(let failure):
      finish(.refused(.badRequest("the SPDY session is broken: \(failure.reason)")))
      return .closed
    case .closed: return .closed
    case .timedOut: return .timedOut
    case .woken: return .woken
    case .stopping: return .stopping
    }
  }

  private func take(_ event: SPDYSession.Event) -> LinkEvent {
    switch event {
    case .opened(let id, let headers): return open(id, headers)
    case .data(let id, let bytes) where id == ids[.input]: return .input(bytes)
    case .data(let id, let bytes) where id == ids[.resize]: return resized(bytes)
    case .finished(let id) where id == ids[.input]: return .inputEnded
    case .reset(let id) where id == ids[.input]: return .inputEnded
    case .reset(let id) where id == ids[.status]: return .closed
    case .data, .finished, .reset, .goneAway: return .nothing
    }
  }

  private func open(_ id: UInt32, _ headers: SPDYHeaders) -> LinkEvent {
    guard let role = headers[Self.typeField].flatMap(Role.init), expected.contains(role), ids[role] == nil else {
      return spdy.reset(id) ? .nothing : .closed
    }
    ids[role] = id
    return spdy.accept(id) ? .nothing : .closed
  }

  /// Sizes come one after another, and may be cut anywhere.
  private func resized(_ bytes: [UInt8]) -> LinkEvent {
    sizeText += bytes
    guard let end = sizeText.lastIndex(of: UInt8(ascii: "}")) else {
      if sizeText.count > Self.sizeLimit { sizeText = [] }
      return .nothing
    }
    let start = sizeText[..<end].lastIndex(of: UInt8(ascii: "{")) ?? end
    defer { sizeText.removeFirst(end + 1) }
    return TerminalSize(Array(sizeText[start...end])).map { .resized($0) } ?? .nothing
  }

  func send(_ bytes: [UInt8], isError: Bool) -> Bool {
    guard let id = ids[isError ? .error : .output] else { return true }
    return spdy.send(bytes, on: id)
  }

  func finish(_ end: ConversationEnd) {
    if let id = ids[.status] {
      _ = spdy.send(end.bytes(asStatus: streams.tellsStatus), on: id)
    }
    for role in [Role.output, .error, .status, .input, .resize] { ids[role].map { id in _ = spdy.finish(id) } }
    spdy.close()
  }

  func close(isStopping: Bool) { spdy.close() }
}
