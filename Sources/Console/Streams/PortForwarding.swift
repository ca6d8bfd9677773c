import API
import Cluster
import Hosting
import HTTP
import Kinds
import Loop
import Store

/// One client's connections to a pod's ports, on the thread of its session. What comes over one is read as HTTP, which is
/// what simulated containers speak; each request goes through the cluster's door to the container that listens.
final class PortForwarding {
  private enum Item: Sendable {
    case connected(Int, ServerSide)
    case refused(Int, message: String)
    case answered(Int, bytes: [UInt8], isLast: Bool)
    /// The program that listened has ended.
    case ended(Int)
  }

  /// The number of a connection on the cluster's side. Set and read on the cluster's thread.
  private final class ServerSide: Sendable {
    private let id: Int
    init(_ id: Int) { self.id = id }

    func ask(_ request: PortRequest, _ ports: any PodPorts) -> PortAnswer? { ports.ask(request, over: id) }
    func disconnect(_ ports: any PodPorts) { ports.disconnect(id) }
  }

  private struct Connected {
    var port: Int
    var side: ServerSide?
    var dialogue = PortDialogue()
    /// Came before the connection stood.
    var early: [UInt8] = []
    var asked = 0
    var answered = 0
    var isFinishedThere = false
  }

  /// How long a session may stay without a word (kubelet, streamingConnectionIdleTimeout).
  private static let idleSeconds = 4.0 * 3_600
  /// Requests over one connection that wait for their answers.
  private static let pipelineLimit = 1_000
  private static let earlyLimit = 1 << 20

  private let plan: PortForwardPlan
  private let link: any PortLink
  private let door: Door
  private let outbox: Outbox<Item>
  private var connections: [Int: Connected] = [:]

  init(_ plan: PortForwardPlan, link: any PortLink, door: Door) {
    self.plan = plan
    self.link = link
    self.door = door
    outbox = Outbox(connection: link.connection)
  }

  /// Talks until one side ends it.
  func run() {
    defer { for id in connections.keys.sorted() { disconnect(id) } }
    while sendWaiting() {
      switch link.receive(seconds: Self.idleSeconds) {
      case .opened(let id, let port): guard connect(id, port) else { return link.close(isStopping: true) }
      case .data(let id, let bytes): guard take(bytes, id) else { return link.close(isStopping: false) }
      case .finished(let id): guard finishedThere(id) else { return }
      case .dropped(let id): disconnect(id)
      case .woken, .nothing: break
      case .closed: return
      case .timedOut: return link.close(isStopping: false)
      case .stopping: return link.close(isStopping: true)
      }
    }
  }

  // MARK: To the pod

  private func connect(_ id: Int, _ port: Int) -> Bool {
    connections[id] = Connected(port: port)
    return door.submit { [outbox, plan] cluster in
      let failure = { (reason: String) in
        outbox.put(
          .refused(id, message: "error forwarding port \(port) to pod \(plan.pod.name), uid \(plan.uid): \(reason)"))
      }
      do throws(Status) {
        let found = try cluster.ports.connect(pod: plan.pod, port: port) { outbox.put(.ended(id)) }
        if let found { outbox.put(.connected(id, ServerSide(found))) } else { failure(Self.refusal(port)) }
      } catch {
        failure(error.message)
      }
      return nil
    }
  }

  /// As containerd words it.
  private static func refusal(_ port: Int) -> String {
    "failed to execute portforward in network namespace: failed to connect to localhost:\(port) inside namespace, "
      + "IPv4: dial tcp4 127.0.0.1:\(port): connect: connection refused "
      + "IPv6 dial tcp6 [::1]:\(port): connect: connection refused"
  }

  /// False when the client sends more than anybody may.
  private func take(_ bytes: [UInt8], _ id: Int) -> Bool {
    guard var known = connections[id] else { return true }
    guard let side = known.side else {
      known.early += bytes
      connections[id] = known
      return known.early.count <= Self.earlyLimit
    }
    for step in known.dialogue.take(bytes) {
      known.asked += 1
      switch step {
      case .request(let request, let ending): ask(request, ending, id, side)
      case .goOn: outbox.put(.answered(id, bytes: PortDialogue.goOn, isLast: false))
      case .broken(let reason): outbox.put(.answered(id, bytes: PortDialogue.badRequest(reason), isLast: true))
      }
    }
    connections[id] = known
    return known.asked - known.answered <= Self.pipelineLimit
  }

  private func ask(_ request: PortRequest, _ ending: PortDialogue.Ending, _ id: Int, _ side: ServerSide) {
    _ = door.submit { [outbox] cluster in
      // A server that speaks no HTTP hangs up on whoever does.
      guard let answer = side.ask(request, cluster.ports), answer.status > 0 else {
        outbox.put(.ended(id))
        return nil
      }
      let bytes = PortDialogue.encode(answer, to: request, ending, at: cluster.loop.now)
      outbox.put(.answered(id, bytes: bytes, isLast: ending == .close), size: bytes.count)
      return nil
    }
  }

  private func disconnect(_ id: Int) {
    guard let side = connections.removeValue(forKey: id)?.side else { return }
    _ = door.submit { cluster in
      side.disconnect(cluster.ports)
      return nil
    }
  }

  // MARK: To the client

  /// Sends what waits. False when the session is over.
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
    case .connected(let id, let side): return connected(id, side)
    case .refused(let id, let message):
      connections[id] = nil
      return link.fail(id, message)
    case .answered(let id, let bytes, let isLast):
      guard connections[id] != nil else { return true }
      connections[id]?.answered += 1
      guard link.send(bytes, to: id) else { return false }
      return isLast ? finish(id) : finishIfOver(id)
    case .ended(let id): return finish(id)
    }
  }

  private func connected(_ id: Int, _ side: ServerSide) -> Bool {
    guard let early = connections[id]?.early else {
      _ = door.submit { cluster in
        side.disconnect(cluster.ports)
        return nil
      }
      return true
    }
    connections[id]?.side = side
    connections[id]?.early = []
    return (early.isEmpty || take(early, id)) && finishIfOver(id)
  }

  private func finishedThere(_ id: Int) -> Bool {
    connections[id]?.isFinishedThere = true
    return finishIfOver(id)
  }

  /// A server closes when its client has, and everything is answered.
  private func finishIfOver(_ id: Int) -> Bool {
    guard let known = connections[id], known.isFinishedThere, known.side != nil, known.asked == known.answered else {
      return true
    }
    return finish(id)
  }

  private func finish(_ id: Int) -> Bool {
    guard connections[id] != nil else { return true }
    disconnect(id)
    return link.finish(id)
  }
}
