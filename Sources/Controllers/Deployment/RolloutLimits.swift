import Kinds
import Tree

/// How far a rolling update may go beyond and below the wanted number of pods.
extension Deployment {
  var isRolling: Bool { spec.strategyType == "RollingUpdate" }

  /// How many pods there may be more than wanted.
  var maxSurge: Int { isRolling ? fenceposts.surge : 0 }

  /// How many of the wanted pods may be unavailable.
  var maxUnavailable: Int { isRolling ? min(fenceposts.unavailable, spec.replicas) : 0 }

  /// Surge is rounded up and unavailability down; where both would be 0, one pod may be unavailable, else nothing
  /// could ever move.
  private var fenceposts: (surge: Int, unavailable: Int) {
    let surge = Self.scaled(spec.maxSurge, of: spec.replicas, roundingUp: true)
    let unavailable = Self.scaled(spec.maxUnavailable, of: spec.replicas, roundingUp: false)
    return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable)
  }

  /// The number that a number or a percentage means.
  private static func scaled(_ amount: Value?, of total: Int, roundingUp: Bool) -> Int {
    if let number = amount?.integer { return Int(number) }
    guard let text = amount?.string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return 0 }
    return (percent * total + (roundingUp ? 99 : 0)) / 100
  }
}
