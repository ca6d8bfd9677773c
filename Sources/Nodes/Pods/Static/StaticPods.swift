import API
import Kinds
import Loop
import Store
import Tree

/// The pods that a node runs by its own manifests, and their mirrors in the API (kubernetes/pkg/kubelet, static pods).
///
/// The API shows a mirror of each, and cannot end it: a mirror that is deleted is made again, and the containers run on.
/// Another manifest is another pod: the one before ends first.
final class StaticPods {
  static let mirrorAnnotation = "kubernetes.io/config.mirror"
  static let hashAnnotation = "kubernetes.io/config.hash"
  static let sourceAnnotation = "kubernetes.io/config.source"
  static let seenAnnotation = "kubernetes.io/config.seen"
  /// How often the kubelet tries to make a mirror that the API refused.
  private static let mirrorRetry: Duration = .minutes(1)

  private unowned let kubelet: Kubelet
  /// What the manifests ask for.
  private var wanted: [ObjectKey: Pod] = [:]
  /// What runs, or ends.
  private var present: [ObjectKey: Pod] = [:]
  private var files: [String: String] = [:]
  /// The directory's files as pods of the node see them, which may write them.
  private var tree: FileTree?

  init(kubelet: Kubelet) { self.kubelet = kubelet }

  private var client: Client { kubelet.client }
  private var directory: ManifestDirectory { ManifestDirectory(kubelet: kubelet) }

  static func isMirror(_ pod: Pod) -> Bool { mirrorHash(pod) != nil }

  private static func mirrorHash(_ pod: Pod) -> String? {
    pod.value["metadata", "annotations", mirrorAnnotation]?.string
  }

  // MARK: Manifests

  /// Reads the directory as the ConfigMap has it now, and looks at the pods that this changes.
  func reload() {
    let files = directory.files
    tree?.replaceAll(by: files)
    read(files)
  }

  /// The directory's files for those who mount it.
  func mounted() -> FileTree {
    if let tree { return tree }
    let tree = FileTree(files)
    self.tree = tree
    return tree
  }

  /// Takes over what a pod has written into the directory.
  func look() {
    guard let tree, tree.texts != files else { return }
    let texts = tree.texts.filter { Manifest.isRead($0.key) }
    if texts != files, directory.keep(texts) { read(texts) }
  }

  private func read(_ files: [String: String]) {
    guard files != self.files else { return }
    self.files = files
    var next: [ObjectKey: Pod] = [:]
    for (file, text) in files.sorted(by: { $0.key < $1.key }) where Manifest.isRead(file) {
      do throws(ManifestProblem) {
        let pod = try Manifest(file: file, text: text, node: kubelet.nodeName).pod()
        let key = Kind.pod.key(namespace: pod.namespace, name: pod.name)
        if next[key] == nil { next[key] = seen(pod, key) }
      } catch {
        kubelet.events.record(.warning, "FailedValidation", error.message, about: kubelet.nodeView, kind: .node)
      }
    }
    let keys = Set(wanted.keys).union(next.keys)
    wanted = next
    for key in keys.sorted(by: { $0.path < $1.path }) { kubelet.add(key) }
  }

  /// When the kubelet saw a manifest first is kept with the pod.
  private func seen(_ pod: Pod, _ key: ObjectKey) -> Pod {
    var pod = pod
    let mirror = client.store[key].map { Pod($0.value) }
    let before = [wanted[key], mirror].compactMap { $0 }.first {
      $0.value["metadata", "annotations", Self.hashAnnotation]?.string == pod.uid
    }
    pod.metadata.value["annotations", Self.seenAnnotation] =
      before?.value["metadata", "annotations", Self.seenAnnotation] ?? .string(kubelet.now.microTimestamp)
    return pod
  }

  // MARK: Pods

  /// The pods of the manifests, and those that end.
  var keys: Set<ObjectKey> { Set(wanted.keys).union(present.keys) }

  /// Whether a key is none of the API's pods.
  func knows(_ key: ObjectKey) -> Bool { wanted[key] != nil || present[key] != nil }

  /// The pod that a mirror stands for, with the mirror's status.
  func original(of mirror: Pod) -> Pod {
    var pod = mirror
    pod.metadata.uid = Self.mirrorHash(mirror) ?? mirror.uid
    for field in ["ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"] {
      pod.metadata.value[field] = nil
    }
    return pod
  }

  /// After a restart: the pod that the mirror stands for is the one that runs.
  func restore(_ pod: Pod, key: ObjectKey) { present[key] = pod }

  /// One look at a static pod, or at a mirror that nothing stands behind.
  func sync(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard var pod = present[key] ?? wanted[key] else {
      removeMirror(key)
      return .done
    }
    let isLeaving = wanted[key]?.uid != pod.uid
    if isLeaving {
      if pod.metadata.deletionTimestamp == nil { pod.metadata.deletionTimestamp = kubelet.now.timestamp }
      if kubelet.run(of: key) == nil { return leave(key) }
    } else {
      mirror(pod, key)
    }
    if let status = client.store[key].flatMap({ Self.isMirror(Pod($0.value)) ? $0.value["status"] : nil }),
      !isLeaving || pod.value["status"] == nil
    {
      pod.value["status"] = status
    }
    return advance(&pod, key)
  }

  private func advance(_ pod: inout Pod, _ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let run = kubelet.run(of: key) ?? kubelet.admit(pod, key) else {
      present[key] = pod
      return .done
    }
    if !pod.isTerminal { PodStep(kubelet: kubelet, run: run, pod: pod).perform() }
    pod.status = PodStatusWriter(run: run, pod: pod, hostIP: kubelet.address, now: kubelet.now).status
    present[key] = pod
    write(pod.status, key)
    if let removal = run.removal, removal <= kubelet.now { return leave(key) }
    let retry = client.store[key] == nil ? kubelet.now + Self.mirrorRetry : nil
    let deadlines = [run.nextDeadline(now: kubelet.now), retry].compactMap { $0 }
    guard let deadline = deadlines.min() else { return .done }
    return .again(after: deadline - kubelet.now)
  }

  /// A pod has ended whose manifest is gone or another one; that one comes next.
  private func leave(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    present[key] = nil
    kubelet.drop(key)
    removeMirror(key)
    return wanted[key] == nil ? .done : .again(after: .zero)
  }

  // MARK: Mirrors

  /// Makes the pod's mirror; one that is being deleted, or is of another manifest, goes before.
  private func mirror(_ pod: Pod, _ key: ObjectKey) {
    if let stored = client.store[key].map({ Pod($0.value) }) {
      guard Self.isMirror(stored), stored.metadata.isDeleting || Self.mirrorHash(stored) != pod.uid else { return }
      removeMirror(key)
    }
    guard let node = client.get(.node, name: kubelet.nodeName) else { return }
    var mirror = pod
    mirror.metadata.value["uid"] = nil
    mirror.metadata.value["annotations", Self.mirrorAnnotation] = .string(pod.uid)
    mirror.metadata.value["ownerReferences"] = [
      [
        "apiVersion": "v1", "kind": "Node", "name": .string(node.name), "uid": .string(node.uid), "controller": true,
      ]
    ]
    let cause = Cause(actor: kubelet.component, request: "create pods \(key.path): mirror of a static pod")
    _ = try? client.create(.pod, mirror.value, cause: cause)
  }

  private func write(_ status: PodStatus, _ key: ObjectKey) {
    guard let stored = client.store[key], Self.isMirror(Pod(stored.value)) else { return }
    var next = Pod(stored.value)
    guard next.status != status else { return }
    next.status = status
    let cause = Cause(actor: kubelet.component, request: "update pods/status \(key.path)", subject: stored)
    _ = try? client.update(.pod, next.value, subresource: "status", cause: cause)
  }

  private func removeMirror(_ key: ObjectKey) {
    guard let stored = client.store[key], Self.isMirror(Pod(stored.value)) else { return }
    let cause = Cause(
      actor: kubelet.component, request: "delete pods \(key.path): mirror of no static pod", subject: stored)
    _ = try? client.delete(
      .pod, namespace: key.namespace, name: key.name,
      options: DeleteOptions(gracePeriodSeconds: 0, uid: stored.uid), cause: cause)
  }
}
