import API
import Kinds
import Store
import Tree

/// What outlives pods: a node's own directories (`hostPath`), and the contents of persistent volumes.
final class NodeStorage {
  private let client: Client
  private let shared: ClusterStorage
  private var directories: [String: FileTree] = [:]
  /// The directory of the node's manifests, which is kept elsewhere.
  var manifests: () -> FileTree = { FileTree() }

  init(client: Client, shared: ClusterStorage) {
    self.client = client
    self.shared = shared
  }

  /// The files behind a pod's volume; nil for one that lives and dies with the pod.
  func tree(of volume: Value, pod: Pod) -> FileTree? {
    if let path = volume["hostPath"]?["path"]?.string { return directory(path) }
    let claim = volume["persistentVolumeClaim"]?["claimName"]?.string
    let ephemeral = volume["ephemeral"] == nil ? nil : volume["name"]?.string.map { pod.name + "-" + $0 }
    guard let name = claim ?? ephemeral,
      let bound = client.get(.persistentVolumeClaim, namespace: pod.namespace, name: name)
    else { return nil }
    let persistent = bound.value["spec", "volumeName"]?.string
    let host = persistent.flatMap { client.get(.persistentVolume, name: $0) }?.value["spec", "hostPath", "path"]?.string
    if let host { return directory(host) }
    return shared.tree(persistent ?? bound.uid)
  }

  private func directory(_ path: String) -> FileTree {
    if path == ManifestDirectory.path || path == ManifestDirectory.path + "/" { return manifests() }
    if let tree = directories[path] { return tree }
    let tree = FileTree()
    directories[path] = tree
    return tree
  }
}

/// The contents of the cluster's persistent volumes.
final class ClusterStorage {
  private var volumes: [String: FileTree] = [:]

  /// The files of the persistent volume of that name.
  func tree(_ name: String) -> FileTree {
    if let tree = volumes[name] { return tree }
    let tree = FileTree()
    volumes[name] = tree
    return tree
  }

  /// The persistent volume is gone, and its contents with it.
  func forget(_ name: String) { volumes[name] = nil }
}
