import API
import Kinds
import Loop
import Network
import Store
import Tree

/// One node's kubelet: it starts, watches and ends the containers of the pods that are bound to its node, and writes
/// what became of them into the pods' status.
final class Kubelet {
  /// How long the network and the cgroup of a pod take.
  static let sandboxTime: Duration = .milliseconds(350)
  /// How often the kubelet looks at what its containers do (pod lifecycle event generator).
  static let relistPeriod: Duration = .seconds(1)
  /// What is left to do when a pod's containers have ended, before its object goes.
  static let cleanupTime: Duration = .milliseconds(200)

  let nodeName: String
  let address: String
  let client: Client
  let registry: ImageRegistry
  let logs: LogBoard
  let events: EventRecorder
  let random: RandomStream
  let component: String
  var images = NodeImages()
  /// The conditions by which the node says that something runs short.
  var pressures: [PressureKeeper.Signal] = []
  /// Set while the node is cut off: nothing is heard of it and nothing done on it.
  private(set) var isDown = false
  /// Pulls of an image take that many times longer.
  var pullFactor: (ImageReference) -> Double = { _ in 1 }
  /// The node's own network.
  let node: NodeNetwork
  /// The cluster's network.
  let network: ClusterNetwork
  private let board: StationBoard
  private let storage: NodeStorage
  /// The pods of the node's own manifests.
  private(set) lazy var statics = StaticPods(kubelet: self)
  private var addresses: AddressPool
  private var runs: [ObjectKey: PodRun] = [:]
  private lazy var queue = WorkQueue<ObjectKey>(loop: client.loop, component: component, precedence: .nodes) {
    [unowned self] key in sync(key)
  }

  var loop: Loop { client.loop }
  var now: Time { client.loop.now }

  init(
    nodeName: String, address: String, podRange: String, client: Client, registry: ImageRegistry, logs: LogBoard,
    network: ClusterNetwork, board: StationBoard, storage: ClusterStorage
  ) {
    self.nodeName = nodeName
    self.address = address
    self.client = client
    self.registry = registry
    self.logs = logs
    component = "kubelet/" + nodeName
    events = EventRecorder(client: client, component: "kubelet", host: nodeName)
    random = client.loop.random(component)
    addresses = AddressPool(range: podRange)
    node = NodeNetwork(name: nodeName, address: address)
    self.network = network
    self.board = board
    self.storage = NodeStorage(client: client, shared: storage)
    board.add(node)
    self.storage.manifests = { [unowned self] in statics.mounted() }
  }

  /// Has the pod looked at.
  func add(_ key: ObjectKey) { queue.add(key) }

  /// The node is cut off, or is back and looks at everything again.
  func setDown(_ isDown: Bool) {
    guard self.isDown != isDown else { return }
    self.isDown = isDown
    node.isDown = isDown
    guard !isDown else { return }
    let bound = client.store.lookup(NodePool.podsByNode, nodeName).map(\.key)
    for key in Set(bound).union(runs.keys).union(statics.keys).sorted(by: { $0.path < $1.path }) { queue.add(key) }
  }

  func run(of key: ObjectKey) -> PodRun? { runs[key] }

  /// What it runs, by the pods' names.
  var sortedRuns: [(key: ObjectKey, run: PodRun)] {
    runs.map { (key: $0.key, run: $0.value) }.sorted { $0.key.path < $1.key.path }
  }

  /// Bytes that its containers use, but for those of pods that are being ended already.
  var memoryInUse: Int64 {
    runs.reduce(0) { sum, entry in
      guard entry.value.ending == nil, client.store[entry.key] != nil else { return sum }
      return sum + entry.value.allContainers.reduce(0) { $0 + $1.memory(at: now) }
    }
  }

  /// Bytes of its disk that are in use: by the system, by images, and by pods that are not being ended already.
  var diskInUse: Int64 {
    runs.reduce(NodeUsage.systemDisk + images.size) { sum, entry in
      entry.value.ending == nil ? sum + entry.value.diskUse : sum
    }
  }

  /// Whether any of its pods says how much of the disk it may use.
  var hasDiskLimits: Bool { runs.values.contains(where: \.hasDiskLimits) }

  /// How often a pod is looked at though nothing happens (kubelet's syncFrequency); then its volumes' files follow.
  static let syncPeriod: Duration = .minutes(1)

  /// A ConfigMap or Secret is another one: the pods that mount it take that over when they are looked at next.
  func note(configuration name: String, namespace: String) {
    for (key, run) in sortedRuns where key.namespace == namespace && run.configurations.contains(name) {
      let age = (now - run.admitted).nanoseconds % Self.syncPeriod.nanoseconds
      queue.add(key, after: Self.syncPeriod - .nanoseconds(age))
    }
  }

  /// The node as events are about it.
  var nodeView: Node { client.get(.node, name: nodeName).map { Node($0.value) } ?? Node([:]) }

  /// Takes over a pod as its status says it was before a restart.
  func restore(_ pod: Pod, key: ObjectKey) {
    guard let ip = pod.status.podIP, !pod.isTerminal else { return }
    if !pod.spec.hostNetwork { addresses.take(ip) }
    let pod = StaticPods.isMirror(pod) ? statics.original(of: pod) : pod
    if StaticPods.isMirror(pod) { statics.restore(pod, key: key) }
    runs[key] = PodRestorer(kubelet: self, pod: pod, ip: ip).restored()
  }

  // MARK: One look at one pod

  private func sync(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard !isDown else { return .done }
    if statics.knows(key) || client.store[key].map({ StaticPods.isMirror(Pod($0.value)) }) ?? false {
      return statics.sync(key)
    }
    guard let stored = client.store[key], Pod(stored.value).spec.nodeName == nodeName else {
      drop(key)
      return .done
    }
    if let run = runs[key], run.uid != stored.uid { drop(key) }
    let pod = Pod(stored.value)
    if runs[key] == nil, !pod.isTerminal, !pod.metadata.isDeleting,
      let refusal = NodeAdmission(kubelet: self).refusal(of: pod)
    {
      return reject(pod, stored, refusal)
    }
    guard let run = runs[key] ?? admit(pod, key) else { return finish(stored) }
    let written = advance(run, pod, stored)
    guard written else { return .failed }
    guard let deadline = run.nextDeadline(now: now) else { return .done }
    return .again(after: deadline - now)
  }

  /// Takes a pod on; nil where it has ended already.
  func admit(_ pod: Pod, _ key: ObjectKey) -> PodRun? {
    guard !pod.isTerminal else { return nil }
    let jitter = Duration.milliseconds(random.below(200))
    let address = pod.spec.hostNetwork ? nil : addresses.take()
    let run = PodRun(
      pod, admitted: now, network: network(of: pod, address: address), sandboxReady: now + Self.sandboxTime + jitter)
    runs[key] = run
    return run
  }

  /// The node does not take the pod: it has failed for good.
  private func reject(_ pod: Pod, _ stored: StoredObject, _ refusal: NodeAdmission.Refusal)
    -> WorkQueue<ObjectKey>.Outcome
  {
    var next = pod
    next.status.phase = "Failed"
    next.status.reason = refusal.reason
    next.status.message = "Pod was rejected: " + refusal.message
    next.status.startTime = now.timestamp
    next.status.value["observedGeneration"] = pod.value["metadata", "generation"]
    let cause = Cause(actor: component, request: "update pods/status \(stored.key.path)", subject: stored)
    do {
      try client.update(.pod, next.value, subresource: "status", cause: cause)
      events.record(.warning, refusal.reason, refusal.message, about: pod, kind: .pod)
      return .done
    } catch {
      return error.code == 404 ? .done : .failed
    }
  }

  /// Something was freed: resizes that wait for it are looked at again, the most important first.
  func retryResizes() {
    let waiting = sortedRuns.filter { $0.run.allocation.retry != nil }
    for (key, run) in waiting {
      run.allocation.retry = now
      queue.add(key)
    }
  }

  /// The pod's network namespace; without an address, the node's.
  func network(of pod: Pod, address: String?) -> PodNetwork {
    let key = Kind.pod.key(namespace: pod.namespace, name: pod.name)
    let own = PodNetwork(pod: key, address: pod.spec.hostNetwork ? nil : address, node: node, network: network)
    own.onTraffic = { [weak self] in self?.add(key) }
    guard !own.isHost, let address else { return own }
    board.add(own)
    for port in pod.spec.containers.flatMap(\.ports) {
      guard let host = port["hostPort"]?.integer, let inner = port["containerPort"]?.integer else { continue }
      node.forward(Int(host), to: key, address: address, port: Int(inner))
    }
    return own
  }

  /// Brings the pod's volumes up to date; answers what is missing.
  @discardableResult
  func refreshVolumes(_ run: PodRun, _ pod: Pod) -> MountProblem? {
    let content = VolumeContent(client: client, pod: pod, podIP: run.ip, hostIP: address)
    do throws(MountProblem) {
      try run.volumes.refresh(pod, content: content, storage: storage)
      if pod.hasOwnCommands { renewTokens(run, pod) }
      return nil
    } catch {
      return error
    }
  }

  /// Gives the pod the tokens that it should have. To sign takes time: it is done for those who may look.
  func renewTokens(_ run: PodRun, _ pod: Pod) {
    guard let stored = client.store[Kind.pod.key(namespace: pod.namespace, name: pod.name)] else { return }
    run.volumes.renewTokens(pod, at: now) { wish in
      client.token(of: stored, audience: wish.audience, seconds: wish.seconds)
    }
  }

  /// A pod that had ended before: nothing is left to do but to let it go.
  private func finish(_ stored: StoredObject) -> WorkQueue<ObjectKey>.Outcome {
    guard Pod(stored.value).metadata.isDeleting else { return .done }
    remove(stored)
    return .done
  }

  func drop(_ key: ObjectKey) {
    guard let run = runs.removeValue(forKey: key) else { return }
    if !run.network.isHost {
      addresses.release(run.ip)
      board.remove(run.network)
      node.endForwards(of: key)
    }
    logs.forget(run.uid)
    retryResizes()
  }

  private func advance(_ run: PodRun, _ pod: Pod, _ stored: StoredObject) -> Bool {
    if pod.isTerminal {
      if pod.metadata.isDeleting { remove(stored) }
      return true
    }
    let step = PodStep(kubelet: self, run: run, pod: pod)
    step.perform()
    guard write(run, pod, stored) else { return false }
    if let removal = run.removal, removal <= now, let latest = client.store[stored.key] { remove(latest) }
    return true
  }

  /// Writes the pod's status, if it is another. Answers false where somebody else was faster.
  private func write(_ run: PodRun, _ pod: Pod, _ stored: StoredObject) -> Bool {
    var next = pod
    next.status = PodStatusWriter(run: run, pod: pod, hostIP: address, now: now).status
    guard next != pod else { return true }
    let cause = Cause(actor: component, request: "update pods/status \(stored.key.path)", subject: stored)
    do {
      try client.update(.pod, next.value, subresource: "status", cause: cause)
      return true
    } catch {
      return error.code == 404
    }
  }

  /// Removes the object of a pod that has ended and was deleted.
  private func remove(_ stored: StoredObject) {
    let cause = Cause(
      actor: component, request: "delete pods \(stored.key.path): its containers have ended", subject: stored)
    let options = DeleteOptions(gracePeriodSeconds: 0, uid: stored.uid)
    _ = try? client.delete(.pod, namespace: stored.namespace, name: stored.name, options: options, cause: cause)
    drop(stored.key)
  }
}
