import API
import Cluster
import Kinds
import Loop
import Store
import Tree

/// What must be true of a cluster, whatever happens to it.
struct Invariants {
  private let cluster: Cluster
  /// Deployments of which all wished pods have been available since the last disturbance.
  private var steady: Set<ObjectKey> = []
  /// When the last disturbance is over.
  private var calm = Time(seconds: 0)

  init(cluster: Cluster) { self.cluster = cluster }

  private var client: Client { cluster.client }

  /// After a disturbance nothing is said of availability until all is well again.
  mutating func note(_ command: Command) {
    if let disturbance = command.disturbance {
      steady = []
      calm = max(calm, cluster.loop.now + disturbance)
    }
    guard let target = command.target else { return }
    // More pods wished, or fewer, is no rollout.
    if !command.text.hasPrefix("change the template") { steady.remove(target) }
  }

  /// Writes that a cluster makes for ever: nodes' heartbeats, and attempts to pull an image that does not exist.
  func isExpected(_ change: Change) -> Bool {
    if [Kind.lease, .event, .node].map(\.groupResource).contains(change.key.groupResource) { return true }
    guard change.key.groupResource == Kind.pod.groupResource, change.cause.actor.hasPrefix("kubelet/") else {
      return false
    }
    return Pod(change.object.value).spec.containers.contains { $0.image == "nosuchimage:1" }
  }

  /// Whether the rules for every turn are about such a write.
  static func concern(_ change: Change) -> Bool {
    [Kind.pod, .deployment, .replicaSet, .job].map(\.groupResource).contains(change.key.groupResource)
  }

  // MARK: After every turn

  /// The first rule that is broken.
  mutating func afterTurn() -> String? {
    let pods = client.list(.pod).map { Pod($0.value) }
    if let message = overfullNode(pods) ?? doubleOrdinal(pods) { return message }
    for stored in client.list(.deployment) {
      if let message = surge(stored) ?? unavailable(stored) { return message }
    }
    for stored in client.list(.job) { if let message = tooMuch(of: stored, pods) { return message } }
    return nil
  }

  /// A Job that has counted, or runs, more than it was asked for.
  private func tooMuch(of stored: StoredObject, _ pods: [Pod]) -> String? {
    let (spec, status) = (stored.value["spec"], stored.value["status"])
    let completions = spec?["completions"]?.integer ?? 1
    let succeeded = status?["succeeded"]?.integer ?? 0
    if succeeded > completions { return "\(stored.key) wants \(completions) successes and counts \(succeeded)" }
    let running = pods.count {
      $0.metadata.controller?.uid == stored.uid && !$0.isTerminal && !$0.metadata.isDeleting
    }
    let parallelism = spec?["parallelism"]?.integer ?? 1
    return Int64(running) > parallelism ? "\(stored.key) may run \(parallelism) pods at once and runs \(running)" : nil
  }

  private func overfullNode(_ pods: [Pod]) -> String? {
    for stored in client.list(.node) {
      let allocatable = Node(stored.value).status.allocatable
      let own = pods.filter { $0.spec.nodeName == stored.name && !$0.isTerminal }
      for resource in ["cpu", "memory"] {
        let sum = own.reduce(Quantity.zero) { $0 + request(of: $1, resource) }
        if let has = allocatable[resource].flatMap({ Quantity($0) }), sum > has {
          return "node \(stored.name) has \(has) \(resource) and its pods were given \(sum)"
        }
      }
      if let limit = allocatable["pods"].flatMap({ Int($0) }), own.count > limit {
        return "node \(stored.name) takes \(limit) pods and has \(own.count)"
      }
    }
    return nil
  }

  private func request(of pod: Pod, _ resource: String) -> Quantity {
    pod.spec.containers.reduce(.zero) { $0 + ($1.requests[resource].flatMap { Quantity($0) } ?? .zero) }
  }

  private func doubleOrdinal(_ pods: [Pod]) -> String? {
    var seen: Set<String> = []
    for pod in pods where !pod.metadata.isDeleting {
      guard let owner = pod.metadata.controller, owner.kind == "StatefulSet",
        let ordinal = pod.metadata.labels["apps.kubernetes.io/pod-index"]
      else { continue }
      if !seen.insert(owner.uid + "/" + ordinal).inserted { return "two pods of ordinal \(ordinal): \(pod.name)" }
    }
    return nil
  }

  /// Where the controller has seen the wish, no more pods are wished of its ReplicaSets than the surge allows.
  private func surge(_ stored: StoredObject) -> String? {
    let value = stored.value
    guard value["metadata", "deletionTimestamp"] == nil,
      value["status", "observedGeneration"] == value["metadata", "generation"]
    else { return nil }
    let replicas = Int(value["spec", "replicas"]?.integer ?? 1)
    let wished = replicaSets(of: stored).reduce(0) { $0 + Int($1.value["spec", "replicas"]?.integer ?? 0) }
    let strategy = value["spec", "strategy"]
    guard strategy?["type"] == "RollingUpdate" else { return nil }
    let surge = share(strategy?["rollingUpdate"]?["maxSurge"], of: replicas, roundingUp: true)
    return wished > replicas + surge
      ? "deployment \(stored.name) wishes \(wished) pods, \(replicas) and \(surge) more are allowed" : nil
  }

  /// While nothing fails, a rollout keeps as many pods available as it must.
  private mutating func unavailable(_ stored: StoredObject) -> String? {
    let value = stored.value
    let replicas = Int(value["spec", "replicas"]?.integer ?? 1)
    let available = Int(value["status", "availableReplicas"]?.integer ?? 0)
    let isSeen = value["status", "observedGeneration"] == value["metadata", "generation"]
    let strategy = value["spec", "strategy"]
    if isSeen, cluster.loop.now > calm, available >= replicas, strategy?["type"] == "RollingUpdate" {
      steady.insert(stored.key)
    }
    guard steady.contains(stored.key), isSeen else { return nil }
    var missing = share(strategy?["rollingUpdate"]?["maxUnavailable"], of: replicas, roundingUp: false)
    let surge = share(strategy?["rollingUpdate"]?["maxSurge"], of: replicas, roundingUp: true)
    if missing == 0, surge == 0 { missing = 1 }
    return available < replicas - missing
      ? "deployment \(stored.name) has \(available) of \(replicas) pods available, \(missing) may be missing" : nil
  }

  private func replicaSets(of stored: StoredObject) -> [StoredObject] {
    client.list(.replicaSet, namespace: stored.namespace)
      .filter { AnyObjectView($0.value).metadata.controller?.uid == stored.uid }
  }

  private func share(_ amount: Value?, of total: Int, roundingUp: Bool) -> Int {
    if let number = amount?.integer { return Int(number) }
    guard let percent = amount?.string.flatMap({ Int($0.dropLast()) }) else { return 0 }
    return (percent * total + (roundingUp ? 99 : 0)) / 100
  }

  // MARK: In the end

  /// The first thing that is not as it must be once all is over.
  func atRest() -> String? {
    for kind in [Kind.deployment, .statefulSet] {
      for stored in client.list(kind) { if let message = unfinished(stored) { return message } }
    }
    for stored in client.list(.service) { if let message = wrongEndpoints(stored) { return message } }
    for stored in client.list(.resourceQuota) { if let message = wrongUse(stored) { return message } }
    return orphan() ?? leftover() ?? missingStaticPod()
  }

  /// Something whose owner is gone.
  private func orphan() -> String? {
    let kinds: [Kind] = [.pod, .replicaSet, .controllerRevision, .endpointSlice, .persistentVolumeClaim, .job]
    for stored in kinds.flatMap({ client.list($0) }) {
      for owner in AnyObjectView(stored.value).metadata.ownerReferences {
        guard let kind = KindTable.builtIn.kind(apiVersion: owner.apiVersion, name: owner.kind) else { continue }
        if client.get(kind, namespace: stored.namespace, name: owner.name)?.uid != owner.uid {
          return "\(stored.key) is owned by \(owner.kind) \(owner.name), which is gone"
        }
      }
    }
    return nil
  }

  /// A workload whose pods are not all there, though they could be.
  private func unfinished(_ stored: StoredObject) -> String? {
    let value = stored.value
    if value["status", "observedGeneration"] != value["metadata", "generation"] {
      return "\(stored.key) has not been seen in its present state"
    }
    let replicas = value["spec", "replicas"]?.integer ?? 1
    let present = value["status", "replicas"]?.integer ?? 0
    // A pod whose image does not exist never starts, and holds up a StatefulSet even after its template was mended.
    let pods = client.list(.pod, namespace: stored.namespace).map { Pod($0.value) }
    let isHeldUp = pods.contains { pod in
      (pod.spec.nodeName ?? "").isEmpty || pod.spec.containers.contains { $0.image == "nosuchimage:1" }
    }
    if isHeldUp { return nil }
    let ready = value["status", "readyReplicas"]?.integer ?? 0
    return present == replicas && ready == replicas
      ? nil : "\(stored.key) wishes \(replicas) pods, has \(present), and \(ready) are ready"
  }

  /// A Service whose endpoints are not its ready pods.
  private func wrongEndpoints(_ stored: StoredObject) -> String? {
    guard let selector = stored.value["spec", "selector"]?.object, !selector.isEmpty else { return nil }
    let matching = LabelSelector(labels: TextMap(.object(selector)))
    let ready = client.list(.pod, namespace: stored.namespace).map { Pod($0.value) }
      .filter { matching.matches($0.metadata.labels) && $0.isReady && !$0.metadata.isDeleting && !$0.isTerminal }
    let slices = client.list(.endpointSlice, namespace: stored.namespace)
      .filter { $0.value["metadata", "labels", "kubernetes.io/service-name"]?.string == stored.name }
    let addresses = slices.flatMap { $0.value["endpoints"]?.array ?? [] }
      .filter { $0["conditions", "ready"]?.boolean ?? true }
      .flatMap { ($0["addresses"]?.array ?? []).compactMap(\.string) }.sorted()
    let wanted = ready.compactMap(\.status.podIP).sorted()
    return addresses == wanted ? nil : "\(stored.key) has endpoints \(addresses), and ready are \(wanted)"
  }

  /// A quota whose count is not what there is.
  private func wrongUse(_ stored: StoredObject) -> String? {
    let pods = client.list(.pod, namespace: stored.namespace).map { Pod($0.value) }.filter { !$0.isTerminal }
    let used = stored.value["status", "used"]
    var truth = [("pods", Quantity(value: Int64(pods.count)))]
    for resource in ["cpu", "memory"] {
      var sum = Quantity.zero
      for pod in pods { sum = sum + request(of: pod, resource) }
      truth.append(("requests." + resource, sum))
    }
    for (name, amount) in truth {
      guard let text = used?[name]?.string, let counted = Quantity(text), counted == amount else {
        return "\(stored.key) counts \(used?[name]?.string ?? "nothing") of \(name), and there are \(amount)"
      }
    }
    return nil
  }

  /// A node's own manifest without its pod, or a mirror without manifest.
  private func missingStaticPod() -> String? {
    for node in client.list(.node) {
      let map = client.get(.configMap, namespace: "kube-system", name: "static-pods-" + node.name)
      let isWanted = map?.value["data", "own.yaml"] != nil
      let mirror = client.get(.pod, namespace: "default", name: "own-" + node.name)
      if isWanted != (mirror.map { Pod($0.value).isReady } ?? false) || !isWanted && mirror != nil {
        return "the manifest of \(node.name) is \(isWanted ? "there" : "gone"), and its pod is not as that says"
      }
    }
    return nil
  }

  /// A pod that should have gone, or a place that is kept for nobody.
  private func leftover() -> String? {
    for stored in client.list(.pod) {
      let pod = Pod(stored.value)
      if pod.metadata.isDeleting { return "\(stored.key) is still being deleted" }
    }
    return nil
  }
}
