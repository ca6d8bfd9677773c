import API
import Kinds
import Loop
import Scheduler
import Store
import Tree

/// A store, a loop and a scheduler; nodes are objects only.
final class World {
  let loop: Loop
  let store: Store
  let client: Client
  let scheduler: Scheduler
  private(set) var writes: [Change] = []

  static let cause = Cause(actor: "test")

  init(seed: UInt64 = 7, configuration: SchedulerConfiguration = .standard) {
    loop = Loop(now: Time(seconds: 1_800_000_000), seed: seed)
    store = Store(loop: loop)
    client = Client(writer: ObjectWriter(store: store, loop: loop))
    scheduler = Scheduler(client: client, configuration: configuration)
    scheduler.start()
    store.observe { [unowned self] change in writes.append(change) }
  }

  @discardableResult
  func create(_ kind: Kind, _ value: Value) throws(Status) -> StoredObject {
    try client.create(kind, value, cause: Self.cause)
  }

  /// A node that is ready, with that much to give.
  @discardableResult
  func node(
    _ name: String, labels: Value = [:], cpu: String = "2", memory: String = "4Gi", pods: String = "110",
    taints: [Value] = []
  ) throws(Status) -> StoredObject {
    var all: Value = ["kubernetes.io/hostname": .string(name)]
    for label in labels.object ?? Members() { all[label.key] = label.value }
    let offered: Value = ["cpu": .string(cpu), "memory": .string(memory), "pods": .string(pods)]
    var value = try create(
      .node,
      [
        "metadata": ["name": .string(name), "labels": all],
        "status": ["capacity": offered, "allocatable": offered],
      ]
    ).value
    // The API taints what is new; the node controller would take that away.
    value["spec", "taints"] = taints.isEmpty ? nil : .array(taints)
    return try client.update(.node, value, cause: Self.cause)
  }

  @discardableResult
  func pod(_ name: String, labels: Value = [:], container: Value = [:], spec: Value = [:]) throws(Status)
    -> StoredObject
  {
    var one: Value = ["name": "c", "image": "nginx:1.27"]
    for member in container.object ?? Members() { one[member.key] = member.value }
    var whole: Value = ["containers": [one]]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return try create(
      .pod, ["metadata": ["name": .string(name), "namespace": "default", "labels": labels], "spec": whole])
  }

  func change(_ kind: Kind, _ name: String, _ change: (inout Value) -> Void) throws(Status) {
    let namespace = kind.isNamespaced ? "default" : ""
    guard var value = client.get(kind, namespace: namespace, name: name)?.value else { return }
    change(&value)
    try client.update(kind, value, cause: Self.cause)
  }

  func advance(_ duration: Duration) { loop.advance(to: loop.now + duration) }

  func nodeName(_ pod: String) -> String? {
    client.get(.pod, namespace: "default", name: pod).flatMap { Pod($0.value).spec.nodeName }
  }

  /// The message of condition PodScheduled.
  func message(_ pod: String) -> String? {
    client.get(.pod, namespace: "default", name: pod)
      .flatMap { Pod($0.value).status.conditions.first { $0.type == "PodScheduled" }?.message }
  }

  func events(_ name: String) -> [String] {
    var created: [ObjectKey: Int64] = [:]
    for change in writes where change.kind == .created { created[change.key] = change.revision }
    return client.list(.event).filter { $0.value["involvedObject"]?["name"]?.string == name }
      .sorted { created[$0.key, default: 0] < created[$1.key, default: 0] }
      .map { "\($0.value["reason"]?.string ?? ""): \($0.value["message"]?.string ?? "")" }
  }
}
