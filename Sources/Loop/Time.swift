/// A moment of a cluster's own time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Nothing in a cluster reads another clock, so an hour of cluster time can pass in milliseconds.
package struct Time: Hashable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A moment by whole seconds. What is too far away is as far as a moment can be.
  package init(seconds: Int64) { nanoseconds = seconds.saturatingMultiplied(by: 1_000_000_000) }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 {
    nanoseconds / 1_000_000_000 - (nanoseconds % 1_000_000_000 < 0 ? 1 : 0)
  }

  package static let distantFuture = Time(nanoseconds: .max)
}

extension Time: Comparable {
  package static func < (left: Time, right: Time) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// Arithmetic saturates: a sum that is too far away is as far as a moment can be.
extension Time {
  package static func + (time: Time, duration: Duration) -> Time {
    Time(nanoseconds: time.nanoseconds.saturatingAdding(duration.nanoseconds))
  }

  package static func - (time: Time, duration: Duration) -> Time {
    Time(nanoseconds: time.nanoseconds.saturatingSubtracting(duration.nanoseconds))
  }

  package static func - (left: Time, right: Time) -> Duration {
    .nanoseconds(left.nanoseconds.saturatingSubtracting(right.nanoseconds))
  }
}

extension Duration {
  /// Whole nanoseconds; what is smaller is cut off, and what is longer than 292 years is as long as 64 bits allow.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds.saturatingMultiplied(by: 1_000_000_000).saturatingAdding(attoseconds / 1_000_000_000)
  }

  package static func minutes(_ count: Int64) -> Duration { .seconds(count.saturatingMultiplied(by: 60)) }
}

extension Int64 {
  fileprivate func saturatingAdding(_ other: Int64) -> Int64 {
    let (sum, hasOverflowed) = addingReportingOverflow(other)
    return hasOverflowed ? (other < 0 ? .min : .max) : sum
  }

  fileprivate func saturatingSubtracting(_ other: Int64) -> Int64 {
    let (difference, hasOverflowed) = subtractingReportingOverflow(other)
    return hasOverflowed ? (other < 0 ? .max : .min) : difference
  }

  fileprivate func saturatingMultiplied(by factor: Int64) -> Int64 {
    let (product, hasOverflowed) = multipliedReportingOverflow(by: factor)
    return hasOverflowed ? ((self < 0) == (factor < 0) ? .max : .min) : product
  }
}
