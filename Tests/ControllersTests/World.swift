import API
import Controllers
import Kinds
import Loop
import Store
import Tree

/// A small cluster: a store, a loop, the controllers under test, and a kubelet of a few lines that makes bound pods
/// ready after a while and lets go of those that are to be deleted.
final class World {
  let loop: Loop
  let store: Store
  let client: Client
  let user = Cause(actor: "user")
  /// How long a pod takes to become ready; nil: for ever.
  var startTime: Duration? = .seconds(2)
  /// Images whose pods never become ready.
  var brokenImages: Set<String> = []
  /// How long a pod takes to end.
  var endTime: Duration = .seconds(1)
  /// Every write in its order: `replicaset-controller created pods/default/web-…`.
  private(set) var writes: [String] = []
  /// Every event in its order: `ScalingReplicaSet: Scaled up …`.
  private(set) var events: [String] = []
  private var parts: [AnyObject] = []

  convenience init() {
    self.init(Snapshot(), at: Time(seconds: 1_000_000))
    _ = try? client.create(.namespace, ["metadata": ["name": "default"]], cause: user)
  }

  /// A world that goes on where another one stopped.
  init(_ snapshot: Snapshot, at time: Time) {
    loop = Loop(now: time, seed: 7 &+ UInt64(snapshot.revision))
    store = Store(loop: loop, snapshot: snapshot)
    client = Client(writer: ObjectWriter(store: store, loop: loop))
    store.observe { [unowned self] in note($0) }
    for pod in client.list(.pod) { notePod(pod) }
  }

  func start(_ make: (Client) -> AnyObject) { parts.append(make(client)) }

  /// Starts all controllers.
  func startAll() {
    let manager = ControllerManager(client: client, rootCertificate: "certificate")
    manager.start()
    parts.append(manager)
  }

  private func note(_ change: Change) {
    if change.key.groupResource == Kind.event.groupResource {
      let event = change.object.value
      events.append((event["reason"]?.string ?? "") + ": " + (event["message"]?.string ?? ""))
      return
    }
    writes.append("\(change.cause.actor) \(change.kind.rawValue) \(change.key)")
    if change.key.groupResource == Kind.pod.groupResource, change.kind != .deleted { notePod(change.object) }
  }

  private func notePod(_ object: StoredObject) {
    let pod = Pod(object.value)
    if pod.metadata.isDeleting {
      loop.schedule(after: endTime, as: "kubelet") { [unowned self] in remove(object.key, uid: pod.uid) }
    } else if pod.status.phase != "Running", let startTime, !brokenImages.contains(pod.spec.containers[0].image) {
      loop.schedule(after: startTime, as: "kubelet") { [unowned self] in setReady(object.key, true) }
    }
  }

  private func remove(_ key: ObjectKey, uid: String) {
    guard store[key]?.uid == uid else { return }
    try? client.delete(
      .pod, namespace: key.namespace, name: key.name, options: DeleteOptions(gracePeriodSeconds: 0, uid: uid),
      cause: Cause(actor: "kubelet"))
  }

  func setReady(_ key: ObjectKey, _ isReady: Bool) {
    guard let stored = store[key] else { return }
    var pod = Pod(stored.value)
    pod.status.phase = "Running"
    pod.status.startTime = pod.status.startTime ?? loop.now.timestamp
    pod.status.podIP = pod.status.podIP ?? "10.1.0.\(store.revision % 250 + 1)"
    pod.status.conditions =
      pod.status.conditions.filter { $0.type != "Ready" } + [
        Condition([
          "type": "Ready", "status": isReady ? "True" : "False", "lastTransitionTime": .string(loop.now.timestamp),
        ])
      ]
    _ = try? client.update(.pod, pod.value, subresource: "status", cause: Cause(actor: "kubelet"))
  }

  /// Ends a pod: its container exits with that code.
  func end(_ name: String, exitCode: Int64 = 0) {
    guard let stored = client.get(.pod, namespace: "default", name: name) else { return }
    var pod = Pod(stored.value)
    pod.status.phase = exitCode == 0 ? "Succeeded" : "Failed"
    pod.status.conditions = pod.status.conditions.filter { $0.type != "Ready" }
    pod.value["status", "containerStatuses"] = [
      [
        "name": .string(pod.spec.containers[0].name), "image": "", "imageID": "", "ready": false, "restartCount": 0,
        "state": ["terminated": ["exitCode": .integer(exitCode), "finishedAt": .string(loop.now.timestamp)]],
      ]
    ]
    _ = try? client.update(.pod, pod.value, subresource: "status", cause: Cause(actor: "kubelet"))
  }

  // MARK: Nodes

  /// A node with a kubelet that posts its status now and renews its lease while `beats` contains it.
  func addNode(_ name: String, zone: String? = nil) throws {
    var node: Value = [
      "metadata": ["name": .string(name), "labels": ["kubernetes.io/hostname": .string(name)]],
      "status": ["conditions": [readyCondition("True")]],
    ]
    if let zone { node["metadata", "labels", "topology.kubernetes.io/zone"] = .string(zone) }
    try client.create(.node, node, cause: Cause(actor: "kubelet/" + name))
    if client.get(.namespace, name: "kube-node-lease") == nil {
      try client.create(.namespace, ["metadata": ["name": "kube-node-lease"]], cause: user)
    }
    try client.create(.lease, lease(name), cause: Cause(actor: "kubelet/" + name))
    beats.insert(name)
    scheduleBeat(name)
  }

  /// The nodes whose kubelets are alive.
  var beats: Set<String> = []

  private func scheduleBeat(_ name: String) {
    loop.schedule(after: .seconds(10), as: "kubelet") { [unowned self] in
      if beats.contains(name) { beat(name) }
      scheduleBeat(name)
    }
  }

  private func beat(_ name: String) {
    let cause = Cause(actor: "kubelet/" + name)
    _ = try? client.update(.lease, lease(name), cause: cause)
    guard var node = get(.node, name),
      Node(node).status.conditions.contains(where: { $0.type == "Ready" && !$0.isTrue })
    else { return }
    node["status", "conditions"] = [readyCondition("True")]
    _ = try? client.update(.node, node, subresource: "status", cause: cause)
  }

  private func lease(_ name: String) -> Value {
    [
      "metadata": ["name": .string(name), "namespace": "kube-node-lease"],
      "spec": [
        "holderIdentity": .string(name), "leaseDurationSeconds": 40, "renewTime": .string(loop.now.microTimestamp),
      ],
    ]
  }

  private func readyCondition(_ status: String) -> Value {
    [
      "type": "Ready", "status": .string(status), "reason": "KubeletReady",
      "message": "kubelet is posting ready status",
      "lastHeartbeatTime": .string(loop.now.timestamp), "lastTransitionTime": .string(loop.now.timestamp),
    ]
  }

  func addPod(_ name: String, labels: Value = [:], node: String?, tolerations: Value? = nil) throws {
    var pod = World.pod(name, labels: labels)
    pod["spec", "tolerations"] = tolerations
    try create(.pod, pod)
    if let node { try client.bind(namespace: "default", pod: name, node: node, cause: user) }
  }

  // MARK: What tests do and look at

  func advance(_ duration: Duration) { loop.advance(to: loop.now + duration) }

  func settle() { loop.runDue(limit: 100_000) }

  @discardableResult
  func create(_ kind: Kind, _ value: Value, namespace: String = "default") throws -> StoredObject {
    var value = value
    if kind.isNamespaced { value["metadata", "namespace"] = .string(namespace) }
    return try client.create(kind, value, cause: user)
  }

  func change(_ kind: Kind, _ name: String, namespace: String = "default", _ body: (inout Value) -> Void) throws {
    guard let stored = client.get(kind, namespace: namespace, name: name) else { throw Status.notFound(kind, name) }
    var value = stored.value
    body(&value)
    try client.update(kind, value, cause: user)
  }

  func get(_ kind: Kind, _ name: String, namespace: String = "default") -> Value? {
    client.get(kind, namespace: namespace, name: name)?.value
  }

  var pods: [Pod] { client.list(.pod).map { Pod($0.value) } }
  var activePods: [Pod] { pods.filter { !$0.metadata.isDeleting && !$0.isTerminal } }
  var replicaSets: [ReplicaSet] { client.list(.replicaSet).map { ReplicaSet($0.value) } }

  /// The events since the last call, with hashes and random ends of names left out.
  func takeEvents() -> [String] {
    defer { events.removeAll() }
    return events.map(plain)
  }

  func takeWrites() -> [String] {
    defer { writes.removeAll() }
    return writes.map(plain)
  }

  /// A text in which the ReplicaSets are called by their revision (`web#1`) and pods after them (`web#1-*`).
  private func plain(_ text: String) -> String {
    var text = text
    for replicaSet in replicaSets {
      let hash = replicaSet.metadata.labels["pod-template-hash"] ?? "?"
      let revision = replicaSet.metadata.annotations["deployment.kubernetes.io/revision"] ?? "?"
      while let range = text.firstRange(of: "-" + hash) {
        text.replaceSubrange(range, with: "#" + revision)
        let after = text.index(text.startIndex, offsetBy: text.distance(from: text.startIndex, to: range.lowerBound))
        let end = text.index(after, offsetBy: revision.count + 1)
        if text[end...].hasPrefix("-"), text.distance(from: end, to: text.endIndex) >= 6 {
          text.replaceSubrange(end..<text.index(end, offsetBy: 6), with: "-*")
        }
      }
    }
    return text
  }
}

extension World {
  static func deployment(_ name: String = "web", replicas: Int, image: String = "nginx:1.27", spec: Value = [:])
    -> Value
  {
    var whole: Value = [
      "replicas": .integer(Int64(replicas)), "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
      "selector": ["matchLabels": ["app": .string(name)]],
      "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "25%"]],
      "template": [
        "metadata": ["labels": ["app": .string(name)]],
        "spec": ["containers": [["name": "web", "image": .string(image)]]],
      ],
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return ["metadata": ["name": .string(name)], "spec": whole]
  }

  static func replicaSet(_ name: String = "web", replicas: Int, minReadySeconds: Int = 0) -> Value {
    [
      "metadata": ["name": .string(name)],
      "spec": [
        "replicas": .integer(Int64(replicas)), "minReadySeconds": .integer(Int64(minReadySeconds)),
        "selector": ["matchLabels": ["app": .string(name)]],
        "template": [
          "metadata": ["labels": ["app": .string(name)]],
          "spec": ["containers": [["name": "web", "image": "nginx:1.27"]]],
        ],
      ],
    ]
  }

  static func pod(_ name: String, labels: Value = [:], node: String? = nil) -> Value {
    var pod: Value = [
      "metadata": ["name": .string(name), "labels": labels],
      "spec": ["containers": [["name": "web", "image": "nginx:1.27"]]],
    ]
    if let node { pod["spec", "nodeName"] = .string(node) }
    return pod
  }

  func setImage(_ image: String, of name: String = "web") throws {
    try change(.deployment, name) { value in
      value["spec", "template", "spec", "containers"] = [["name": "web", "image": .string(image)]]
    }
  }
}
