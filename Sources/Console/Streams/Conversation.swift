import API
import Cluster
import HTTP
import Kinds
import Nodes
import Synchronization
import Tree

/// One client's conversation with a container, on the thread of its WebSocket: what the client types goes through the
/// cluster's door, and what the container says comes back through an outbox.
final class Conversation {
  /// How long a client may stay without a word (kubelet, streamingConnectionIdleTimeout).
  private static let idleSeconds = 4.0 * 3_600

  private let plan: ConnectionPlan
  private let channels: ChannelProtocol
  private let door: Door
  private let socket: WebSocket
  private let outbox: Outbox
  private let session = SessionNumber()
  private var typed = TextPieces()

  init(_ plan: ConnectionPlan, channels: ChannelProtocol, door: Door, socket: WebSocket) {
    self.plan = plan
    self.channels = channels
    self.door = door
    self.socket = socket
    outbox = Outbox(connection: socket.connection)
  }

  func run() {
    // Kubernetes says with an empty message that the connection stands.
    if plan.hasOutput { send(.output, []) }
    guard begin() else { return leave() }
    while sendWaiting() {
      switch socket.receive(seconds: Self.idleSeconds) {
      case .message(let message): take(message.payload)
      case .woken: break
      case .closed, .timedOut: return leave()
      case .stopping:
        leave()
        return socket.close(code: WebSocket.CloseCode.goingAway)
      }
    }
    leave()
    socket.close()
  }

  // MARK: To the container

  private func begin() -> Bool {
    switch plan.purpose {
    case .exec: return execute()
    case .attach: return attach()
    }
  }

  private func execute() -> Bool {
    door.submit { [outbox, session, plan] cluster in
      let id = cluster.nodes.start(plan) { event in outbox.put(event) }
      session.set(id)
      if id == nil { outbox.put(refusal: plan.notRunning) }
      return nil
    }
  }

  /// The programs of simulated containers read no input: attached to one, somebody hears what it writes from now on.
  private func attach() -> Bool {
    door.submit { [outbox, session, plan] cluster in
      let id = cluster.nodes.follow(pod: plan.pod, container: plan.container) { line in
        outbox.put(line.map { .output($0.text + "\n") } ?? .exited(code: 0))
      }
      session.set(id)
      if id == nil { outbox.put(refusal: plan.notRunning) }
      return nil
    }
  }

  private func take(_ message: [UInt8]) {
    guard plan.purpose == .exec, plan.hasInput, let (channel, bytes) = channels.decode(message) else { return }
    switch channel {
    case .input:
      let text = typed.add(bytes)
      guard !text.isEmpty else { return }
      tell { nodes, id in nodes.type(text, into: id) }
    case .close where bytes.first == ChannelProtocol.Channel.input.rawValue:
      tell { nodes, id in nodes.endInput(of: id) }
    case .close, .resize, .output, .error, .status: break
    }
  }

  private func tell(_ what: @escaping @Sendable (NodePool, Int) -> Void) {
    _ = door.submit { [session] cluster in
      if let id = session.value { what(cluster.nodes, id) }
      return nil
    }
  }

  /// Lets go of the container.
  private func leave() {
    switch plan.purpose {
    case .exec: tell { nodes, id in nodes.stop(id) }
    case .attach: tell { nodes, id in nodes.unfollow(id) }
    }
  }

  // MARK: To the client

  /// Sends what waits. False when the conversation is over.
  private func sendWaiting() -> Bool {
    for event in outbox.takeAll() {
      switch event {
      case .said(.output(let text)):
        guard !plan.hasOutput || send(.output, Array(text.utf8)) else { return false }
      case .said(.error(let text)):
        guard !plan.hasError || send(.error, Array(text.utf8)) else { return false }
      case .said(.exited(let code)):
        send(.status, ExitStatus.value(code: code, command: plan.command).json)
        return false
      case .refused(let status):
        send(.status, status.value.json)
        return false
      case .overflowed: return false
      }
    }
    return true
  }

  @discardableResult
  private func send(_ channel: ChannelProtocol.Channel, _ bytes: [UInt8]) -> Bool {
    socket.send(channels.encode(channel, bytes), isText: channels.isText)
  }
}

/// The number of the command on the cluster's side, once it is known. Set and read on the cluster's thread.
private final class SessionNumber: Sendable {
  private let number = Mutex<Int?>(nil)

  var value: Int? { number.withLock { $0 } }

  func set(_ value: Int?) { number.withLock { $0 = value } }
}

/// What a container said and the client has not been sent yet.
private final class Outbox: Sendable {
  enum Item: Sendable {
    case said(ExecEvent)
    case refused(Status)
    /// The client reads too slowly.
    case overflowed
  }

  /// Bytes that may wait for a slow client before its conversation ends.
  private static let limit = 8 << 20

  private struct State {
    var items: [Item] = []
    var size = 0
  }

  private let state = Mutex(State())
  private let connection: UpgradedConnection

  init(connection: UpgradedConnection) { self.connection = connection }

  func put(_ event: ExecEvent) {
    let size =
      switch event {
      case .output(let text), .error(let text): text.utf8.count
      case .exited: 0
      }
    put(.said(event), size: size)
  }

  func put(refusal: Status) { put(.refused(refusal), size: 0) }

  private func put(_ item: Item, size: Int) {
    state.withLock { state in
      guard state.size + size <= Self.limit else {
        state.items = [.overflowed]
        return
      }
      state.items.append(item)
      state.size += size
    }
    connection.wake()
  }

  func takeAll() -> [Item] {
    state.withLock { state in
      defer { state = State() }
      return state.items
    }
  }
}

/// Makes text of bytes that may be cut within a character.
struct TextPieces {
  private var rest: [UInt8] = []

  /// The text up to the last whole character; what begins after it waits for its other bytes.
  mutating func add(_ bytes: [UInt8]) -> String {
    rest += bytes
    var cut = rest.count
    for back in 1...3 where back <= rest.count {
      let byte = rest[rest.count - back]
      guard byte & 0xC0 != 0x80 else { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if length > back { cut = rest.count - back }
      break
    }
    defer { rest.removeFirst(cut) }
    return String(decoding: rest[..<cut], as: UTF8.self)
  }
}
