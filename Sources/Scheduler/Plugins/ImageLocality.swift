import Kinds

/// Prefers nodes that hold the pod's images already, the more the larger they are and the more nodes hold them.
struct ImageLocalityScore: ScorePlugin {
  let name = "ImageLocality"
  /// Bytes of images, in all, that count for nothing.
  private static let lowest: Int64 = 23 << 20
  /// Bytes of images a container from which on the score is full.
  private static let highest: Int64 = 1_000 << 20

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let spec = pod.pod.spec
    let containers = spec.initContainers + spec.containers
    let images = containers.map { Self.normalisedName($0.image) }
    let held = images.compactMap { name in cluster.imageHolders[name].map { (name, $0) } }
    guard !held.isEmpty else { return nodes.map { _ in 0 } }
    let all = Double(cluster.nodes.count)
    let highest = Self.highest * Int64(max(containers.count, 1))
    return nodes.map { node in
      var total: Int64 = 0
      for (name, holders) in held {
        if let size = node.images[name] { total += Int64(Double(size) * Double(holders) / all) }
      }
      return (min(max(total, Self.lowest), highest) - Self.lowest) * maximumScore / (highest - Self.lowest)
    }
  }

  /// The name with its tag, as a node reports it.
  private static func normalisedName(_ image: String) -> String {
    let last = image.split(separator: "/").last ?? ""
    return last.contains(":") ? image : image + ":latest"
  }
}
