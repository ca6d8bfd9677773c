import API
import Kinds
import Loop
import Store
import Tree

/// What a PodDisruptionBudget's status says.
struct DisruptionBudget {
  /// A pod that was to be evicted and is still there after this long counts again.
  private static let evictionTime = Duration.seconds(120)

  let component: Component
  let stored: StoredObject
  let pods: [Pod]
  /// Pods without a controller, which have no wanted number.
  private(set) var unmanaged: [String] = []
  /// When to look again: an eviction under way may be forgotten then.
  private(set) var delay: Duration?

  init(component: Component, stored: StoredObject, pods: [Pod]) {
    self.component = component
    self.stored = stored
    self.pods = pods
  }

  mutating func status() -> Value {
    let disrupted = disruptedPods()
    let healthy = pods.count { pod in
      !pod.metadata.isDeleting && pod.isReady && disrupted[pod.name] == nil
    }
    let (expected, desired) = numbers()
    let allowed = expected <= 0 ? 0 : max(0, healthy - desired)
    var status: Value = [
      "observedGeneration": .integer(Int64(stored.metadata.generation)),
      "disruptionsAllowed": .integer(Int64(allowed)), "currentHealthy": .integer(Int64(healthy)),
      "desiredHealthy": .integer(Int64(desired)), "expectedPods": .integer(Int64(expected)),
    ]
    if disrupted.object?.isEmpty == false { status["disruptedPods"] = disrupted }
    status["conditions"] = .array(conditions(allowed))
    return status
  }

  /// Evictions under way: of pods that are there and not yet on their way out.
  private mutating func disruptedPods() -> Value {
    var disrupted: Value = [:]
    for member in stored.value["status", "disruptedPods"]?.object ?? Members() {
      guard let pod = pods.first(where: { $0.name == member.key }), !pod.metadata.isDeleting,
        let since = member.value.string.flatMap(Time.init(timestamp:))
      else { continue }
      let rest = since + Self.evictionTime - component.now
      if rest <= .zero { continue }
      disrupted[member.key] = member.value
      delay = delay.map { min($0, rest) } ?? rest
    }
    return disrupted
  }

  /// How many pods there should be, and how many of them must be healthy.
  private mutating func numbers() -> (expected: Int, desired: Int) {
    let spec = stored.value["spec"]
    if let amount = spec?["maxUnavailable"] {
      let expected = scale()
      let unavailable = Share.count(amount, of: expected, roundingUp: true) ?? 0
      return (expected, max(0, expected - unavailable))
    }
    guard let amount = spec?["minAvailable"] else { return (0, 0) }
    if let number = amount.integer { return (pods.count, Int(clamping: number)) }
    let expected = scale()
    return (expected, Share.count(amount, of: expected, roundingUp: true) ?? 0)
  }

  /// How many pods the pods' controllers want in all.
  private mutating func scale() -> Int {
    var scales: [String: Int] = [:]
    for pod in pods {
      guard let owner = pod.metadata.controller else {
        unmanaged.append(pod.name)
        continue
      }
      if let (uid, count) = scale(of: owner) { scales[uid] = count }
    }
    return scales.values.reduce(0, +)
  }

  private func scale(of owner: OwnerReference) -> (uid: String, count: Int)? {
    let kinds: [Kind] = [.replicaSet, .deployment, .statefulSet, .replicationController]
    guard let kind = kinds.first(where: { $0.name == owner.kind && $0.apiVersion == owner.apiVersion }),
      let object = component.client.get(kind, namespace: stored.namespace, name: owner.name), object.uid == owner.uid
    else { return nil }
    if kind == .replicaSet, let above = object.metadata.controller { return scale(of: above) }
    return (object.uid, object.value["spec", "replicas"]?.integer.map { Int($0) } ?? 1)
  }

  private func conditions(_ allowed: Int) -> [Value] {
    let status: Value = allowed > 0 ? "True" : "False"
    var conditions = stored.value["status", "conditions"]?.array ?? []
    let former = conditions.firstIndex { $0["type"]?.string == "DisruptionAllowed" }
    var condition: Value = [
      "type": "DisruptionAllowed", "status": status,
      "observedGeneration": .integer(Int64(stored.metadata.generation)),
      "lastTransitionTime": .string(component.now.timestamp),
      "reason": allowed > 0 ? "SufficientPods" : "InsufficientPods", "message": "",
    ]
    guard let former else { return conditions + [condition] }
    if conditions[former]["status"] == status {
      condition["lastTransitionTime"] = conditions[former]["lastTransitionTime"]
    }
    conditions[former] = condition
    return conditions
  }
}
