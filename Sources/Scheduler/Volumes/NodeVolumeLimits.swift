import API
import Kinds
import Store
import Tree

/// A driver takes so many volumes on a node as the node's CSINode says.
struct NodeVolumeLimitsFilter: FilterPlugin {
  let name = "NodeVolumeLimits"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .placedPodRemoved, .storage]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let objects = VolumeObjects(store: cluster.store)
    let wanted = Self.volumes(of: pod, objects)
    guard !wanted.isEmpty else { return .unconcerned }
    return .each { node in
      let limits = Self.limits(of: node, cluster.store)
      guard !limits.isEmpty else { return nil }
      let present = Set(node.pods.flatMap { Self.volumes(of: $0, objects) })
      for (driver, limit) in limits {
        let added = wanted.filter { $0.driver == driver && !present.contains($0) }.count
        if added > 0, present.count(where: { $0.driver == driver }) + added > limit {
          return .unschedulable("node(s) exceed max volume count")
        }
      }
      return nil
    }
  }

  private struct DriverVolume: Hashable {
    let driver: String
    let handle: String
  }

  private static func volumes(of pod: PodSummary, _ objects: VolumeObjects) -> Set<DriverVolume> {
    var volumes: Set<DriverVolume> = []
    for claim in pod.claims {
      guard let stored = objects.claim(claim, of: pod)?.value else { continue }
      if let name = VolumeObjects.boundVolume(of: stored) {
        guard let source = objects.volume(name)?["spec", "csi"] else { continue }
        volumes.insert(
          DriverVolume(driver: source["driver"]?.string ?? "", handle: source["volumeHandle"]?.string ?? name))
      } else if let driver = objects.storageClass(of: stored)?["provisioner"]?.string {
        volumes.insert(DriverVolume(driver: driver, handle: pod.namespace + "/" + claim.name))
      }
    }
    return volumes
  }

  private static func limits(of node: NodeSummary, _ store: Store) -> [(driver: String, limit: Int)] {
    let drivers = store[Kind.csiNode.key(namespace: "", name: node.name)]?.value["spec", "drivers"]?.array ?? []
    return drivers.compactMap { driver in
      guard let count = driver["allocatable", "count"]?.integer else { return nil }
      return (driver["name"]?.string ?? "", Int(count))
    }
  }
}
