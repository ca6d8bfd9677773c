import Kinds
import Loop
import Tree

/// How bad it is in one zone: where most nodes are lost at once, the network is the likelier cause, and pods stay.
enum ZoneState: Equatable {
  case normal
  case partialDisruption
  case fullDisruption

  /// `--unhealthy-zone-threshold`.
  private static let threshold = 0.55
  /// `--large-cluster-size-threshold`.
  private static let largeZone = 50

  init(ready: Int, notReady: Int) {
    if ready == 0, notReady > 0 {
      self = .fullDisruption
    } else if notReady > 2, Double(notReady) / Double(notReady + ready) >= Self.threshold {
      self = .partialDisruption
    } else {
      self = .normal
    }
  }

  /// The time between two nodes of the zone whose pods are told to go; nil: none are.
  func evictionInterval(zoneSize: Int) -> Duration? {
    switch self {
    case .normal, .fullDisruption: .seconds(10)
    case .partialDisruption: zoneSize > Self.largeZone ? .seconds(100) : nil
    }
  }
}

extension Node {
  var zone: String {
    let region: String? = metadata.labels["topology.kubernetes.io/region"]
    let zone: String? = metadata.labels["topology.kubernetes.io/zone"]
    return (region ?? "") + ":" + (zone ?? "")
  }
}
