import Kinds
import Store
import Tree

/// A volume that is labelled with zones or regions is reached from there only.
struct VolumeZoneFilter: FilterPlugin {
  let name = "VolumeZone"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .storage]
  private static let labels = [
    "topology.kubernetes.io/zone", "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region",
  ]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    guard !pod.claims.isEmpty else { return .unconcerned }
    let objects = VolumeObjects(store: cluster.store)
    var wanted: [(label: String, places: Set<String>)] = []
    for claim in pod.claims {
      guard let stored = objects.claim(claim, of: pod)?.value, let name = VolumeObjects.boundVolume(of: stored),
        let volume = objects.volume(name)
      else { continue }
      for label in Self.labels {
        // Several places stand beside each other: `a__b`.
        guard let text = volume["metadata", "labels", label]?.string else { continue }
        wanted.append((label, Set(text.split(separator: "__").map(String.init))))
      }
    }
    guard !wanted.isEmpty else { return .unconcerned }
    return .each { node in
      // A node that says nothing of where it is belongs to a cluster of one place.
      guard Self.labels.contains(where: { node.labels[$0] != nil }) else { return nil }
      let isReached = wanted.allSatisfy { label, places in node.labels[label].map(places.contains) ?? false }
      return isReached ? nil : .unresolvable("node(s) had no available volume zone")
    }
  }
}
