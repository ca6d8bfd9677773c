import API
import Kinds
import Loop

/// Removes images that no container of the node is made from, when its disk fills (Kubernetes documentation, "Garbage
/// collection of unused containers and images"; kubernetes/pkg/kubelet/images).
struct ImageCleaner {
  /// How often the kubelet looks.
  static let period: Duration = .minutes(5)
  /// How full the disk is, in hundredths, when images are removed; and to where.
  static let highThreshold: Int64 = 85
  static let lowThreshold: Int64 = 80
  /// An image that came later than that stays (imageMinimumGCAge).
  static let leastAge: Duration = .minutes(2)

  let kubelet: Kubelet

  /// The images that containers are made from, be they running or not.
  private var used: Set<String> {
    Set(kubelet.sortedRuns.flatMap { $0.run.allContainers.compactMap(\.image) })
  }

  /// Looks at the disk; answers whether so much could be freed as should be. A second failure in a row is told, too.
  func look(afterFailure: Bool) -> Bool {
    kubelet.images.noteUse(of: used, at: kubelet.now)
    let free = NodeUsage.disk - kubelet.diskInUse
    guard 100 - free * 100 / NodeUsage.disk >= Self.highThreshold else { return true }
    let wanted = NodeUsage.disk * (100 - Self.lowThreshold) / 100 - free
    let freed = kubelet.images.remove(
      upTo: wanted, notAmong: used, olderThan: Self.leastAge, at: kubelet.now)
    guard freed < wanted else { return true }
    let message =
      "Failed to garbage collect required amount of images. Attempted to free \(wanted) bytes, but only found "
      + "\(freed) bytes eligible to free."
    kubelet.events.record(.warning, "FreeDiskSpaceFailed", message, about: kubelet.nodeView, kind: .node)
    if afterFailure {
      kubelet.events.record(.warning, "ImageGCFailed", message, about: kubelet.nodeView, kind: .node)
    }
    return false
  }

  /// Removes all of them.
  func removeUnused() {
    kubelet.images.noteUse(of: used, at: kubelet.now)
    _ = kubelet.images.remove(upTo: .max, notAmong: used, olderThan: Self.leastAge, at: kubelet.now)
  }
}
