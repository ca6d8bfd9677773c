package import Kinds
package import Store
package import Tree

/// What objects take of a quota (kubernetes, pkg/quota/v1/evaluator).
package enum QuotaUsage {
  /// How much of a quota's resources its namespace uses, counted anew: what `status.used` says.
  package static func used(by quota: Value, namespace: String, in store: Store, kinds: [Kind]) -> Value {
    let hard = ResourceAmounts(quota["spec", "hard"]).names
    var used = ResourceAmounts(Dictionary(uniqueKeysWithValues: hard.map { ($0, Quantity.zero) }))
    for kind in kinds where kind.isNamespaced && kind.isStored && !countable(hard, of: kind).isEmpty {
      for object in store.list(kind.groupResource, namespace: namespace)
      where QuotaScopes.match(quota, object.value, kind) {
        used.add(of(object.value, kind).masked(hard))
      }
    }
    return used.value
  }

  /// What one object takes.
  static func of(_ value: Value, _ kind: Kind) -> ResourceAmounts {
    var usage = ResourceAmounts([objectCount(kind): one])
    switch kind {
    case .pod: usage.add(ofPod(value))
    case .service: usage.add(ofService(value))
    case .persistentVolumeClaim: usage.add(ofClaim(value))
    case .configMap, .secret, .replicationController, .resourceQuota: usage[kind.plural] = one
    default: break
    }
    return usage
  }

  /// Those of the resources that objects of the kind can take.
  static func countable(_ names: [String], of kind: Kind) -> [String] {
    names.filter { name in
      if name == objectCount(kind) { return true }
      switch kind {
      case .pod: return isOfPods(name)
      case .service: return ["services", "services.nodeports", "services.loadbalancers"].contains(name)
      case .persistentVolumeClaim:
        return ["persistentvolumeclaims", "requests.storage"].contains(name) || name.contains(classMark)
      case .configMap, .secret, .replicationController, .resourceQuota: return name == kind.plural
      default: return false
      }
    }
  }

  private static let one = Quantity(value: 1)
  private static let classMark = ".storageclass.storage.k8s.io/"

  /// `count/deployments.apps`
  private static func objectCount(_ kind: Kind) -> String { "count/" + kind.groupResource.name }

  // MARK: Pods

  private static let computed = ["cpu", "memory", "ephemeral-storage"]

  private static func isOfPods(_ name: String) -> Bool {
    if name == "pods" || computed.contains(name) || name.hasPrefix("hugepages-") { return true }
    if name.hasPrefix("limits.") { return computed.contains(String(name.dropFirst("limits.".count))) }
    guard name.hasPrefix("requests.") else { return false }
    let resource = String(name.dropFirst("requests.".count))
    return computed.contains(resource) || resource.hasPrefix("hugepages-") || resource.contains("/")
  }

  /// A pod that has ended takes nothing but its place as an object.
  private static func ofPod(_ value: Value) -> ResourceAmounts {
    if Pod(value).isTerminal { return ResourceAmounts(nil) }
    return ofCompute(
      requests: .ofPod(value, "requests", withOverhead: true), limits: .ofPod(value, "limits", withOverhead: true))
  }

  static func ofCompute(requests: ResourceAmounts, limits: ResourceAmounts) -> ResourceAmounts {
    var usage = ResourceAmounts(["pods": one])
    for name in requests.names {
      if computed.contains(name) || name.hasPrefix("hugepages-") { usage[name] = requests[name] }
      usage["requests." + name] = requests[name]
    }
    for name in limits.names where computed.contains(name) { usage["limits." + name] = limits[name] }
    return usage
  }

  // MARK: Services and claims

  private static func ofService(_ value: Value) -> ResourceAmounts {
    let ports = value["spec", "ports"]?.array ?? []
    var usage = ResourceAmounts(["services": one])
    switch value["spec", "type"]?.string {
    case "NodePort": usage["services.nodeports"] = Quantity(value: Int64(ports.count))
    case "LoadBalancer":
      usage["services.loadbalancers"] = one
      let allocates = value["spec", "allocateLoadBalancerNodePorts"]?.boolean ?? true
      let chosen = ports.filter { ($0["nodePort"]?.integer ?? 0) > 0 }.count
      usage["services.nodeports"] = Quantity(value: Int64(allocates ? ports.count : chosen))
    default: break
    }
    return usage
  }

  private static func ofClaim(_ value: Value) -> ResourceAmounts {
    var usage = ResourceAmounts(["persistentvolumeclaims": one])
    let storage = ResourceAmounts(value["spec", "resources", "requests"])["storage"]
    usage["requests.storage"] = storage
    if let name = value["spec", "storageClassName"]?.string, !name.isEmpty {
      usage[name + classMark + "persistentvolumeclaims"] = one
      usage[name + classMark + "requests.storage"] = storage
    }
    return usage
  }
}
