package import API
import Kinds
import Loop
package import Network
package import Store
import Tree

/// The cluster's simulated machines: each registers a Node, runs the pods that are bound to it, and keeps their logs.
///
/// Machines are there for the Node objects that carry the annotation `podium.dev/simulated`. A Node that a user creates
/// is only an object: nothing runs there.
///
///     let nodes = NodePool(client: client)
///     nodes.addMachine(name: "node-1")   // at the cluster's birth
///     nodes.start()
package final class NodePool {
  /// Machines that a cluster may have.
  package static let machineLimit = 5_000
  static let podsByNode = "nodes.podsByNode"

  let client: Client
  private let registry: ImageRegistry
  let logs: LogBoard
  /// The cluster's network, over which containers reach each other.
  package let network: ClusterNetwork
  private let board = StationBoard()
  private let storage = ClusterStorage()
  private(set) var machines: [String: Machine] = [:]
  private var isStarted = false
  let sessions: SessionBoard
  private(set) lazy var choices = client.loop.random("proxy")
  private lazy var faults = FaultKeeper(client: client, pool: self)

  /// Machines whose kubelets act through the client; nothing happens before `start`. The numbers of what is followed
  /// and of conversations go on where a predecessor's ended.
  package init(client: Client, images: ImageCatalogue = .builtIn, after predecessor: NodePool? = nil) {
    self.client = client
    logs = predecessor?.logs ?? LogBoard()
    sessions = predecessor?.sessions ?? SessionBoard()
    registry = ImageRegistry(client: client, catalogue: images)
    network = ClusterNetwork(client: client)
    network.stations = board
    client.store.addIndex(Self.podsByNode, on: Kind.pod.groupResource) { pod in
      pod["spec", "nodeName"]?.string.map { $0.isEmpty ? [] : [$0] } ?? []
    }
  }

  /// Begins to simulate: brings back the machines that the stored Nodes stand for, and follows every write.
  package func start() {
    isStarted = true
    let simulated = client.list(.node).compactMap { stored -> MachineObjects? in
      guard let text = stored.value["metadata"]?["annotations"]?[MachineObjects.annotation]?.string,
        let number = Int(text), number > 0
      else { return nil }
      return MachineObjects(name: stored.name, number: number)
    }
    for objects in simulated.sorted(by: { $0.number < $1.number }) {
      setUp(machines[objects.name] ?? machine(objects))
    }
    client.store.observe([.pod, .configMap, .secret, .persistentVolume, .fault]) { [weak self] change in
      self?.note(change)
    }
    faults.start()
  }

  /// Ends what is followed of containers, and the conversations with them.
  package func stop() { logs.endAll() }

  /// Adds a machine; its Node is registered at once and becomes ready when the loop runs. Answers false where the name
  /// is taken or there are too many.
  @discardableResult
  package func addMachine(name: String) -> Bool {
    guard machines[name] == nil, machines.count < Self.machineLimit, client.get(.node, name: name) == nil else {
      return false
    }
    let number = (machines.values.map(\.objects.number).max() ?? 0) + 1
    let machine = machine(MachineObjects(name: name, number: number))
    machine.register()
    if isStarted { setUp(machine) }
    return true
  }

  private func machine(_ objects: MachineObjects) -> Machine {
    let machine = Machine(
      objects: objects, client: client, registry: registry, logs: logs, network: network, board: board,
      storage: storage)
    machine.kubelet.pullFactor = { [unowned self] reference in faults.pullFactor(reference) }
    machines[objects.name] = machine
    return machine
  }

  private func setUp(_ machine: Machine) {
    machine.start()
    for pod in client.store.lookup(Self.podsByNode, machine.objects.name) {
      machine.kubelet.restore(Pod(pod.value), key: pod.key)
      machine.kubelet.add(pod.key)
    }
    machine.kubelet.statics.reload()
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.pod.groupResource: notePod(change)
    case Kind.configMap.groupResource, Kind.secret.groupResource:
      if change.key.groupResource == Kind.configMap.groupResource, let node = ManifestDirectory.node(of: change.key) {
        machines[node]?.kubelet.statics.reload()
      }
      for name in machines.keys.sorted() {
        machines[name]?.kubelet.note(
          configuration: change.key.groupResource.resource + "/" + change.key.name, namespace: change.key.namespace)
      }
    case Kind.persistentVolume.groupResource where change.kind == .deleted: storage.forget(change.key.name)
    case Kind.fault.groupResource where change.cause.actor != FaultKeeper.component: faults.note(change)
    default: break
    }
  }

  private func notePod(_ change: Change) {
    guard let name = Pod(change.object.value).spec.nodeName, let kubelet = machines[name]?.kubelet else { return }
    // A kubelet knows what it has written itself.
    if change.kind == .updated, change.cause.actor == kubelet.component { return }
    kubelet.add(change.key)
  }

  /// Puts something beside pods and nodes at its address of the cluster's network.
  package func add(_ station: any Station) { board.add(station) }

  // MARK: Faults

  func hasMachine(_ name: String) -> Bool { machines[name] != nil }

  func setDown(_ names: Set<String>) {
    for name in machines.keys.sorted() { machines[name]?.setDown(names.contains(name)) }
  }

  /// Ends a running container of the pod (nil: the first) as by SIGKILL. Answers whether there was one.
  func crash(pod key: ObjectKey, container name: String?) -> Bool {
    guard let kubelet = kubelet(of: key), let run = kubelet.run(of: key) else { return false }
    let running = run.containers.first { $0.state.isRunning && (name == nil || $0.name == name) }
    guard let running else { return false }
    run.update(running.name) { $0.stop = ProgramExit(code: 137, time: client.loop.now) }
    kubelet.add(key)
    return true
  }

  func kubelet(of key: ObjectKey) -> Kubelet? {
    client.store[key].flatMap { Pod($0.value).spec.nodeName }.flatMap { machines[$0]?.kubelet }
  }

  // MARK: Logs

  /// What a container of the pod has written: in its present run, or (`previous`) in the one before. Nil where that run
  /// does not exist, or not any more. The oldest lines of a long log are forgotten.
  package func log(pod key: ObjectKey, container: String, previous: Bool = false) -> [LogLine]? {
    guard let run = kubelet(of: key)?.run(of: key)?.container(container), run.id != nil else { return nil }
    return previous ? run.previousLog.map { Array($0.lines) } : Array(run.log.lines)
  }

  /// Calls the follower with each line that the container writes from now on, and with nil when it has ended or the pod
  /// is gone. Answers what `unfollow` takes; nil where the container does not run.
  package func follow(pod key: ObjectKey, container: String, _ follower: @escaping (LogLine?) -> Void) -> Int? {
    guard let run = kubelet(of: key)?.run(of: key), run.container(container)?.state.isRunning == true else {
      return nil
    }
    return logs.follow(pod: run.uid, container: container, follower)
  }

  /// Ends a following that `follow` began.
  package func unfollow(_ id: Int) { logs.unfollow(id) }

  // MARK: Use

  /// What the running containers of a pod use; nil where no simulated machine runs it.
  package func usage(ofPod key: ObjectKey) -> [(container: String, usage: ResourceUsage)]? {
    guard let kubelet = kubelet(of: key), kubelet.run(of: key) != nil else { return nil }
    return NodeUsage(kubelet: kubelet).containers().filter { $0.pod == key }.map { ($0.container, $0.usage) }
  }

  /// What a machine's containers and its system use; nil where the node is no simulated machine.
  package func usage(ofNode name: String) -> ResourceUsage? {
    guard let kubelet = machines[name]?.kubelet, !kubelet.isDown else { return nil }
    let system = ResourceUsage(milliCPU: 50, memory: NodeUsage.systemMemory)
    return NodeUsage(kubelet: kubelet).containers().reduce(system) { $0 + $1.usage }
  }

  // MARK: Commands

  /// What a command in a container came to.
  package struct CommandResult: Sendable, Equatable {
    package let exitCode: Int
    /// Standard output and error, as they came.
    package let output: String
  }

  /// Runs a command in a running container, as `kubectl exec` does: at once, to its end. Nil where the container does
  /// not run.
  package func execute(_ command: [String], pod key: ObjectKey, container name: String) -> CommandResult? {
    guard let run = kubelet(of: key)?.run(of: key) else { return nil }
    let now = client.loop.now
    let result = run.update(name) { container -> CommandResult? in
      guard container.state.isRunning, var world = container.world else { return nil }
      let result = ShellProgram.runToEnd(command, in: &world, at: now)
      container.world = world
      return CommandResult(exitCode: result.code, output: result.output)
    }
    return result ?? nil
  }
}
