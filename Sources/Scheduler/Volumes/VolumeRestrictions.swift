import Kinds
import Store
import Tree

/// A claim that only one pod may use, and disks that only one node may write.
struct VolumeRestrictionsFilter: FilterPlugin {
  let name = "VolumeRestrictions"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .placedPodRemoved, .storage]
  /// Disks of which a node can hold one use only, unless all are read-only: the source and what names the disk.
  private static let disks = [
    ("gcePersistentDisk", "pdName"), ("awsElasticBlockStore", "volumeID"), ("iscsi", "iqn"),
  ]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let objects = VolumeObjects(store: cluster.store)
    var exclusive: Set<String> = []
    for claim in pod.claims {
      guard let stored = objects.claim(claim, of: pod)?.value else { continue }
      if stored["spec", "accessModes"]?.array?.contains("ReadWriteOncePod") == true { exclusive.insert(claim.name) }
    }
    let isInUse =
      !exclusive.isEmpty
      && cluster.placedPods.contains { other in
        other.namespace == pod.namespace && other.claims.contains { exclusive.contains($0.name) }
      }
    let disks = Self.disks(of: pod)
    guard isInUse || !disks.isEmpty else { return .unconcerned }
    return .each { node in
      if isInUse {
        return .unschedulable(
          "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode")
      }
      let conflicts = node.pods.contains { other in
        Self.disks(of: other).contains { taken in
          disks.contains { $0.name == taken.name && !($0.isReadOnly && taken.isReadOnly) }
        }
      }
      return conflicts ? .unschedulable("node(s) had no available disk") : nil
    }
  }

  private static func disks(of pod: PodSummary) -> [(name: String, isReadOnly: Bool)] {
    (pod.pod.spec.value["volumes"]?.array ?? []).flatMap { volume in
      disks.compactMap { source, name in
        guard let disk = volume[source], let text = disk[name]?.string else { return nil }
        return (source + "/" + text, disk["readOnly"] == true)
      }
    }
  }
}
