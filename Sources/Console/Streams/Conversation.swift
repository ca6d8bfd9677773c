import API
import Cluster
import Hosting
import HTTP
import Kinds
import Synchronization

/// One client's conversation with a container, on the thread of its connection: what the client types goes through the
/// cluster's door, and what the container says comes back through an outbox.
final class Conversation {
  private enum Item: Sendable {
    case said(ExecEvent)
    case refused(Status)
  }

  /// How long a client may stay without a word (kubelet, streamingConnectionIdleTimeout).
  private static let idleSeconds = 4.0 * 3_600

  private let plan: ConnectionPlan
  private let link: any ConversationLink
  private let door: Door
  private let outbox: Outbox<Item>
  private let inflow = Inflow()
  private let session = SessionNumber()
  private var typed = TextPieces()

  init(_ plan: ConnectionPlan, link: any ConversationLink, door: Door) {
    self.plan = plan
    self.link = link
    self.door = door
    outbox = Outbox(connection: link.connection)
  }

  /// Talks until one side ends it.
  func run() {
    guard link.open() else { return link.close(isStopping: false) }
    guard begin() else { return link.close(isStopping: true) }
    defer { tell { commands, id in commands.stop(id) } }
    while sendWaiting() {
      switch link.receive(seconds: Self.idleSeconds) {
      case .input(let bytes): guard type(typed.add(bytes)) else { return link.close(isStopping: false) }
      case .inputEnded: endInput()
      case .resized(let size): tell { $0.resize($1, columns: size.columns, rows: size.rows) }
      case .woken, .nothing: break
      case .closed: return
      case .timedOut: return link.close(isStopping: false)
      case .stopping: return link.close(isStopping: true)
      }
    }
  }

  // MARK: To the container

  private func begin() -> Bool {
    door.submit { [outbox, session, plan] cluster in
      do throws(Status) {
        let id = try cluster.commands.start(plan) { event in outbox.put(.said(event), size: event.size) }
        session.set(id)
      } catch {
        outbox.put(.refused(error))
      }
      return nil
    }
  }

  /// False when the cluster takes nothing any more.
  private func type(_ text: String) -> Bool {
    guard plan.hasInput, !text.isEmpty else { return true }
    let size = text.utf8.count
    let isAccepted = door.submit { [session, inflow] cluster in
      if let id = session.value { cluster.commands.type(text, into: id) }
      inflow.taken(size)
      return nil
    }
    return isAccepted && inflow.give(size)
  }

  private func endInput() {
    guard plan.hasInput else { return }
    _ = type(typed.end())
    tell { commands, id in commands.endInput(of: id) }
  }

  private func tell(_ what: @escaping @Sendable (any CommandRunner, Int) -> Void) {
    _ = door.submit { [session] cluster in
      if let id = session.value { what(cluster.commands, id) }
      return nil
    }
  }

  // MARK: To the client

  /// Sends what waits. False when the conversation is over.
  private func sendWaiting() -> Bool {
    guard let items = outbox.takeAll() else {
      link.close(isStopping: false)
      return false
    }
    for item in items where !send(item) { return false }
    return true
  }

  private func send(_ item: Item) -> Bool {
    switch item {
    case .said(.output(let text)): return link.send(ByteText.bytes(text), isError: false)
    case .said(.error(let text)): return link.send(ByteText.bytes(text), isError: true)
    case .said(.exited(let code)): link.finish(.exited(code: code, command: plan.command))
    case .refused(let status): link.finish(.refused(status))
    }
    return false
  }
}

extension ExecEvent {
  fileprivate var size: Int {
    switch self {
    case .output(let text), .error(let text): text.utf8.count
    case .exited: 0
    }
  }
}

/// The number of the command on the cluster's side, once it is known. Set and read on the cluster's thread.
private final class SessionNumber: Sendable {
  private let number = Mutex<Int?>(nil)

  var value: Int? { number.withLock { $0 } }

  func set(_ value: Int?) { number.withLock { $0 = value } }
}
