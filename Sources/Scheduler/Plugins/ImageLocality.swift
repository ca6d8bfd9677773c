import Kinds

/// Prefers nodes that hold the pod's images already, the more the larger they are and the more nodes hold them.
struct ImageLocalityScore: ScorePlugin {
  let name = "ImageLocality"
  let weight: Int64 = 1
  /// Bytes of images, in all, that count for nothing.
  private static let lowest: Int64 = 23 << 20
  /// Bytes of images a container from which on the score is full.
  private static let highest: Int64 = 1_000 << 20

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let spec = pod.pod.spec
    let containers = spec.initContainers + spec.containers
    let all = cluster.nodes
    var totals = [Int64](repeating: 0, count: nodes.count)
    for container in containers {
      let name = Self.normalisedName(container.image)
      let holders = all.count { $0.images[name] != nil }
      guard holders > 0 else { continue }
      for (index, node) in nodes.enumerated() {
        guard let size = node.images[name] else { continue }
        totals[index] += Int64(Double(size) * Double(holders) / Double(all.count))
      }
    }
    let highest = Self.highest * Int64(max(containers.count, 1))
    return totals.map { total in
      (min(max(total, Self.lowest), highest) - Self.lowest) * maximumScore / (highest - Self.lowest)
    }
  }

  /// The name with its tag, as a node reports it.
  private static func normalisedName(_ image: String) -> String {
    let last = image.split(separator: "/").last ?? ""
    return last.contains(":") ? image : image + ":latest"
  }
}
