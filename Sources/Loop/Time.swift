/// A moment of a cluster's own time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Nothing in a cluster reads another clock, so an hour of cluster time can pass in milliseconds.
package struct Time: Hashable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package init(seconds: Int64) { nanoseconds = seconds * 1_000_000_000 }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 {
    nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
  }

  package static let distantFuture = Time(nanoseconds: .max)
}

extension Time: Comparable {
  package static func < (left: Time, right: Time) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Time {
  package static func + (time: Time, duration: Duration) -> Time {
    Time(nanoseconds: time.nanoseconds &+ duration.nanoseconds)
  }

  package static func - (time: Time, duration: Duration) -> Time {
    Time(nanoseconds: time.nanoseconds &- duration.nanoseconds)
  }

  package static func - (left: Time, right: Time) -> Duration {
    .nanoseconds(left.nanoseconds &- right.nanoseconds)
  }
}

extension Duration {
  /// Whole nanoseconds; what is smaller is cut off.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  package static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
}
