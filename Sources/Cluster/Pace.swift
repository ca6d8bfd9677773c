package import Loop

/// How a cluster's time follows real time: at a speed, or not at all.
///
/// A value that maps readings of a real, monotonic clock to moments of the cluster.
package struct Pace: Sendable, Equatable {
  /// Cluster seconds in a real second.
  package private(set) var speed: Double
  package private(set) var isPaused: Bool
  /// A real reading, in nanoseconds, and the cluster's moment then.
  private var anchor: (real: Int64, cluster: Time)

  /// The speeds that a Clock may ask for.
  package static let speeds = 0.1...1000.0

  package init(real: Int64, cluster: Time, speed: Double = 1, isPaused: Bool = false) {
    self.speed = speed
    self.isPaused = isPaused
    anchor = (real, cluster)
  }

  package static func == (left: Pace, right: Pace) -> Bool {
    left.speed == right.speed && left.isPaused == right.isPaused && left.anchor == right.anchor
  }

  /// Where the cluster's time should be at a real reading.
  package func moment(at real: Int64) -> Time {
    isPaused ? anchor.cluster : anchor.cluster + .nanoseconds(Self.whole(Double(real - anchor.real) * speed))
  }

  /// The real reading at which the cluster's time comes to `moment`; nil while it stands still.
  package func real(of moment: Time) -> Int64? {
    guard !isPaused else { return nil }
    return anchor.real + Self.whole((Double((moment - anchor.cluster).nanoseconds) / speed).rounded(.up))
  }

  /// The number as an integer; what is beyond 146 years is as long as that, so that sums of two still fit.
  private static func whole(_ nanoseconds: Double) -> Int64 { Int64(max(-0x1p62, min(nanoseconds, 0x1p62))) }

  /// Goes on from here: the cluster's moment at a real reading, and what has changed.
  package mutating func turn(at real: Int64, cluster: Time, speed: Double? = nil, isPaused: Bool? = nil) {
    anchor = (real, cluster)
    self.speed = speed ?? self.speed
    self.isPaused = isPaused ?? self.isPaused
  }
}
