import API
import Kinds
import Loop
import Store
import Tree

/// Makes the cluster's Fault objects happen to its machines.
final class FaultKeeper {
  static let component = "fault-injector"

  private let client: Client
  private unowned let pool: NodePool
  private lazy var queue = WorkQueue<ObjectKey>(loop: client.loop, component: Self.component) { [unowned self] key in
    reconcile(key)
  }

  init(client: Client, pool: NodePool) {
    self.client = client
    self.pool = pool
  }

  func start() {
    for fault in client.list(.fault) { queue.add(fault.key) }
  }

  func note(_ change: Change) { queue.add(change.key) }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    let stored = client.store[key]
    pool.setDown(nodesThatAreDown)
    guard let stored else { return .done }
    switch stored.value["spec"]?["type"]?.string {
    case "NodeDown": return report(stored, isActive: true, message: nodeMessage(stored))
    case "SlowPull": return report(stored, isActive: true, message: nil)
    case "ContainerCrash": return crash(stored)
    default: return report(stored, isActive: false, message: "unknown type: NodeDown, ContainerCrash or SlowPull")
    }
  }

  private var nodesThatAreDown: Set<String> {
    Set(
      client.list(.fault).compactMap { fault in
        fault.value["spec"]?["type"]?.string == "NodeDown" ? fault.value["spec"]?["node"]?.string : nil
      })
  }

  private func nodeMessage(_ fault: StoredObject) -> String? {
    let name = fault.value["spec"]?["node"]?.string ?? ""
    return pool.hasMachine(name) ? nil : "no simulated machine is called \"\(name)\""
  }

  /// Ends the container once; a fault that has done so does nothing more.
  private func crash(_ fault: StoredObject) -> WorkQueue<ObjectKey>.Outcome {
    guard fault.value["status"]?["startedAt"] == nil else { return .done }
    let target = fault.value["spec"]?["pod"]
    let namespace = Self.text(target?["namespace"]) ?? "default"
    let name = target?["name"]?.string ?? ""
    let hit = pool.crash(
      pod: Kind.pod.key(namespace: namespace, name: name), container: Self.text(target?["container"]))
    let message = hit ? "the container was ended with exit code 137" : "no such container is running"
    return report(fault, isActive: false, message: message)
  }

  private func report(_ fault: StoredObject, isActive: Bool, message: String?) -> WorkQueue<ObjectKey>.Outcome {
    var next = fault.value
    var status = next["status"] ?? [:]
    status["active"] = .boolean(isActive)
    if status["startedAt"] == nil { status["startedAt"] = .string(client.loop.now.timestamp) }
    status["message"] = message.map(Value.string)
    guard status != next["status"] else { return .done }
    next["status"] = status
    let cause = Cause(actor: Self.component, request: "update faults/status \(fault.name)", subject: fault)
    return (try? client.update(.fault, next, subresource: "status", cause: cause)) == nil ? .failed : .done
  }

  /// How many times longer a pull of the image takes now.
  func pullFactor(_ reference: ImageReference) -> Double {
    var factor = 1.0
    for fault in client.list(.fault) where fault.value["spec"]?["type"]?.string == "SlowPull" {
      let name = Self.text(fault.value["spec"]?["image"])
      let isMeant = name.map { Self.matches($0, reference) } ?? true
      if isMeant { factor = max(factor, fault.value["spec"]?["factor"]?.number ?? 10) }
    }
    return factor
  }

  /// The text, unless it is empty, which means the same as none.
  private static func text(_ value: Value?) -> String? {
    value?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A name without a tag means every tag.
  private static func matches(_ name: String, _ reference: ImageReference) -> Bool {
    guard let wanted = ImageReference(name), wanted.repository == reference.repository else { return false }
    let hasTag = name.split(separator: "/").last?.contains(":") ?? false
    return !hasTag || wanted.tag == reference.tag
  }
}
