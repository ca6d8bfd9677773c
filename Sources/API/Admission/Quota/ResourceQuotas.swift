import Kinds
import Store
import Tree

/// What a write takes of one quota, to be noted in its status when the write is made.
struct QuotaCharge {
  let quota: ObjectKey
  let used: Value

  func note(in store: Store, cause: Cause) {
    guard let stored = store[quota] else { return }
    var value = stored.value
    value["status", "used"] = used
    if value != stored.value { store.replace(value, at: quota, cause: cause) }
  }
}

/// Refuses what would take more than a namespace's ResourceQuotas leave (k8s.io/apiserver, its resourcequota plugin).
enum ResourceQuotas {
  /// What compute resources a quota on them makes every container state.
  private static let mandatory = [
    "cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory",
  ]

  static func charges(of value: Value, _ request: AdmissionRequest) throws(Status) -> [QuotaCharge] {
    guard request.kind.isNamespaced, isCounted(request) else { return [] }
    let quotas = request.store.list(Kind.resourceQuota.groupResource, namespace: request.key.namespace)
    guard !quotas.isEmpty else { return [] }
    var charges: [QuotaCharge] = []
    for quota in quotas {
      if let charge = try charge(of: value, to: quota, request) { charges.append(charge) }
    }
    return charges
  }

  /// Of changes only those of Services and claims can take more.
  private static func isCounted(_ request: AdmissionRequest) -> Bool {
    request.isCreation || [.service, .persistentVolumeClaim].contains(request.kind)
  }

  private static func charge(of value: Value, to quota: StoredObject, _ request: AdmissionRequest) throws(Status)
    -> QuotaCharge?
  {
    // A quota whose controller has not looked at it yet holds already.
    let isFresh = quota.value["status", "hard"] == nil
    let hard = ResourceAmounts(isFresh ? quota.value["spec", "hard"] : quota.value["status", "hard"])
    let names = QuotaUsage.countable(hard.names, of: request.kind)
    guard !names.isEmpty, QuotaScopes.match(quota.value, value, request.kind) else { return nil }
    if request.kind == .pod { try checkContainers(of: value, names, quota, request) }
    let added = increase(value, request, quota).masked(names)
    guard !added.names.isEmpty else { return nil }
    var used = ResourceAmounts(quota.value["status", "used"])
    if names.contains(where: { used[$0] == nil }) {
      used = ResourceAmounts(
        QuotaUsage.used(
          by: quota.value, namespace: quota.namespace, in: request.store, kinds: KindTable.builtIn.collections))
    }
    var sum = used
    sum.add(added)
    let exceeded = added.names.filter { (sum[$0] ?? .zero) > (hard[$0] ?? .zero) }
    guard exceeded.isEmpty else {
      throw request.forbidden(
        "exceeded quota: \(quota.name), requested: \(added.masked(exceeded).text), "
          + "used: \(used.masked(exceeded).text), limited: \(hard.masked(exceeded).text)")
    }
    return isFresh ? nil : QuotaCharge(quota: quota.key, used: sum.value)
  }

  /// What the write takes beyond what the object took before; amounts of nothing are left out.
  private static func increase(_ value: Value, _ request: AdmissionRequest, _ quota: StoredObject) -> ResourceAmounts {
    let next = QuotaUsage.of(value, request.kind)
    var before = ResourceAmounts(nil)
    if let previous = request.previous, QuotaScopes.match(quota.value, previous, request.kind) {
      before = QuotaUsage.of(previous, request.kind)
    }
    var amounts: [String: Quantity] = [:]
    for name in next.names {
      let more = (next[name] ?? .zero) - (before[name] ?? .zero)
      if more > .zero { amounts[name] = more }
    }
    return ResourceAmounts(amounts)
  }

  private static func checkContainers(
    of pod: Value, _ names: [String], _ quota: StoredObject, _ request: AdmissionRequest
  ) throws(Status) {
    let containers = (pod["spec", "containers"]?.array ?? []) + (pod["spec", "initContainers"]?.array ?? [])
    let missing = mandatory.filter(names.contains).compactMap { name -> String? in
      let without = containers.filter { container in
        QuotaUsage.ofCompute(
          requests: ResourceAmounts(container["resources", "requests"]),
          limits: ResourceAmounts(container["resources", "limits"]))[name] == nil
      }
      guard !without.isEmpty else { return nil }
      return name + " for: " + without.compactMap { $0["name"]?.string }.sorted().joined(separator: ",")
    }
    guard !missing.isEmpty else { return }
    throw request.forbidden("failed quota: \(quota.name): must specify \(missing.joined(separator: "; "))")
  }
}
