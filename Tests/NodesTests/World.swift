import API
import Kinds
import Loop
import Nodes
import Store
import Tree

/// A store, a loop and simulated machines, and a hand that binds pods as the scheduler would.
final class World {
  let loop: Loop
  let store: Store
  let client: Client
  let nodes: NodePool
  /// Every write to a pod, as `phase ready state`, in order.
  private(set) var writes: [Change] = []

  init(nodes count: Int = 1, seed: UInt64 = 7, at time: Time = Time(timestamp: "2026-11-21T10:00:00Z")!) {
    loop = Loop(now: time, seed: seed)
    store = Store(loop: loop)
    client = Client(writer: ObjectWriter(store: store, loop: loop))
    nodes = NodePool(client: client)
    for number in 1...max(count, 1) where number <= count { nodes.addMachine(name: "node-\(number)") }
    nodes.start()
    store.observe { [unowned self] change in writes.append(change) }
    loop.runDue()
  }

  static let cause = Cause(actor: "test")

  @discardableResult
  func create(_ kind: Kind, _ value: Value) throws(Status) -> StoredObject {
    try client.create(kind, value, cause: Self.cause)
  }

  /// Creates a pod bound to the node; `spec` is laid over one container `web` with the image.
  @discardableResult
  func run(_ name: String, image: String, node: String = "node-1", container: Value = [:], spec: Value = [:])
    throws(Status) -> StoredObject
  {
    var one: Value = ["name": "web", "image": .string(image)]
    for member in container.object ?? Members() { one[member.key] = member.value }
    var whole: Value = ["nodeName": .string(node), "containers": [one]]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return try create(.pod, ["metadata": ["name": .string(name), "namespace": "default"], "spec": whole])
  }

  func advance(_ duration: Duration) { loop.advance(to: loop.now + duration) }

  func pod(_ name: String) -> Pod? { client.get(.pod, namespace: "default", name: name).map { Pod($0.value) } }

  /// Deletes a pod as `kubectl delete` does.
  func delete(_ name: String, grace: Int? = nil) throws(Status) {
    try client.delete(
      .pod, namespace: "default", name: name, options: DeleteOptions(gracePeriodSeconds: grace), cause: Self.cause)
  }

  /// The container's state in one line: `running`, `waiting CrashLoopBackOff`, `terminated Error 1`.
  func state(_ pod: String, _ container: String = "web") -> String {
    guard let pod = self.pod(pod) else { return "gone" }
    let statuses = pod.status.initContainerStatuses + pod.status.containerStatuses
    guard let state = statuses.first(where: { $0.name == container })?.state else { return "none" }
    if let waiting = state["waiting"] { return "waiting " + (waiting["reason"]?.string ?? "") }
    if let end = state["terminated"] {
      return "terminated \(end["reason"]?.string ?? "") \(end["exitCode"]?.integer ?? -1)"
    }
    return state["running"] == nil ? "none" : "running"
  }

  /// `reason: message (count)` of the events about the object, oldest first.
  func events(_ name: String) -> [String] {
    var created: [ObjectKey: Int64] = [:]
    for change in writes where change.kind == .created { created[change.key] = change.revision }
    return client.list(.event).filter { $0.value["involvedObject"]?["name"]?.string == name }
      .sorted { created[$0.key, default: 0] < created[$1.key, default: 0] }
      .map { event in
        let count = event.value["count"]?.integer ?? 1
        let text = "\(event.value["reason"]?.string ?? ""): \(event.value["message"]?.string ?? "")"
        return count > 1 ? text + " (x\(count))" : text
      }
  }

  func reasons(_ name: String) -> [String] { events(name).map { String($0.prefix { $0 != ":" }) } }
}
