import API
import Kinds
import Loop
import Network
import Store
import Tree

/// One simulated machine: it registers its Node, says regularly that it lives, and has a kubelet for its pods.
final class Machine {
  /// How often the Lease is renewed, and the node's status looked at (kubelet's nodeStatusUpdateFrequency).
  static let heartbeat: Duration = .seconds(10)
  /// How often the node's status is written though nothing has changed (nodeStatusReportFrequency).
  static let reportPeriod: Duration = .minutes(5)

  let objects: MachineObjects
  let kubelet: Kubelet
  private let client: Client
  private var reported: Time?
  /// When something last ran short.
  private var pressured: [PressureKeeper.Signal: Time] = [:]
  /// When images were last looked through, and whether that has freed what it should.
  private var cleaned: Time?
  private var hasCleaningFailed = false
  private var reportedImages: Value = []
  private var reportedEdition = 0

  init(
    objects: MachineObjects, client: Client, registry: ImageRegistry, logs: LogBoard, network: ClusterNetwork,
    board: StationBoard, storage: ClusterStorage
  ) {
    self.objects = objects
    self.client = client
    kubelet = Kubelet(
      nodeName: objects.name, address: objects.address, podRange: objects.podRange, client: client, registry: registry,
      logs: logs, network: network, board: board, storage: storage)
  }

  private var now: Time { client.loop.now }

  /// Makes the Node object, not ready yet.
  func register() {
    guard client.get(.node, name: objects.name) == nil else { return }
    _ = try? client.create(.node, objects.node(at: now), cause: cause("register node \(objects.name)"))
  }

  /// Begins to live: becomes ready at once, and then beats.
  func start() {
    if let node = node {
      reportedImages = node.value["status", "images"] ?? []
      kubelet.images.restore(reportedImages)
    }
    client.loop.schedule(as: kubelet.component) { [weak self] in self?.beat() }
  }

  /// The machine's voice is cut off, or back.
  func setDown(_ isDown: Bool) {
    guard kubelet.isDown != isDown else { return }
    kubelet.setDown(isDown)
    guard !isDown else { return }
    renewLease()
    report()
  }

  private var node: Node? { client.get(.node, name: objects.name).map { Node($0.value) } }

  private func cause(_ request: String) -> Cause { Cause(actor: kubelet.component, request: request) }

  private func beat() {
    client.loop.schedule(after: Self.heartbeat, as: kubelet.component) { [weak self] in self?.beat() }
    guard !kubelet.isDown else { return }
    renewLease()
    kubelet.statics.look()
    clean()
    let changes = lookForPressure()
    let isDue = changes || (reported.map { $0 + Self.reportPeriod <= now } ?? true)
    let isReady = node?.status.conditions.contains { $0.type == "Ready" && $0.isTrue } ?? true
    if isDue || !isReady || hasNewImages { report() }
  }

  /// Looks for what runs short; answers whether the node's conditions change by it.
  private func lookForPressure() -> Bool {
    for signal in PressureKeeper(kubelet: kubelet).look() { pressured[signal] = now }
    let pressures = PressureKeeper.Signal.allCases.filter { signal in
      pressured[signal].map { now - $0 < PressureKeeper.transition } ?? false
    }
    let before = kubelet.pressures
    kubelet.pressures = pressures
    for signal in PressureKeeper.Signal.allCases where pressures.contains(signal) != before.contains(signal) {
      record(signal, isPressed: pressures.contains(signal))
    }
    return pressures != before
  }

  private func clean() {
    guard cleaned.map({ $0 + ImageCleaner.period <= now }) ?? true else { return }
    cleaned = now
    hasCleaningFailed = !ImageCleaner(kubelet: kubelet).look(afterFailure: hasCleaningFailed)
  }

  private var hasNewImages: Bool {
    kubelet.images.edition != reportedEdition && kubelet.images.report != reportedImages
  }

  private func renewLease() {
    guard let node = client.get(.node, name: objects.name) else { return }
    if client.renewLease(of: objects.name, cause: cause("renew lease")) { return }
    _ = try? client.create(.lease, objects.lease(owner: node.uid, at: now), cause: cause("create lease"))
  }

  /// Writes the node's status; on becoming ready, takes away the taint it was born with.
  private func report() {
    guard var node = node else { return }
    let wasReady = node.status.conditions.contains { $0.type == "Ready" && $0.isTrue }
    let images = kubelet.images.report
    node.value["status"] = objects.status(
      isReady: true, pressures: kubelet.pressures, images: images, before: node.value["status"], at: now)
    guard (try? client.update(.node, node.value, subresource: "status", cause: cause("update nodes/status"))) != nil
    else { return }
    reported = now
    reportedImages = images
    reportedEdition = kubelet.images.edition
    if !wasReady {
      EventRecorder(client: client, component: "kubelet", host: objects.name)
        .record(.normal, "NodeReady", "Node \(objects.name) status is now: NodeReady", about: node, kind: .node)
      removeBirthTaint()
    }
  }

  private func record(_ signal: PressureKeeper.Signal, isPressed: Bool) {
    let reason =
      switch signal {
      case .memory: isPressed ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory"
      case .disk: isPressed ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure"
      }
    EventRecorder(client: client, component: "kubelet", host: objects.name)
      .record(.normal, reason, "Node \(objects.name) status is now: \(reason)", about: kubelet.nodeView, kind: .node)
  }

  private func removeBirthTaint() {
    guard var node = node, node.spec.taints.contains(where: { $0.key == MachineObjects.notReadyTaint }) else { return }
    node.spec.taints.removeAll { $0.key == MachineObjects.notReadyTaint }
    _ = try? client.update(.node, node.value, cause: cause("update node: ready"))
  }
}
