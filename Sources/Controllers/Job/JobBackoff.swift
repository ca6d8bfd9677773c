import Kinds
import Loop

/// How long a Job waits before it replaces pods that failed: 10 seconds, doubled by each failure since the last success,
/// 10 minutes at most.
struct JobBackoff: Equatable {
  private static let first = Duration.seconds(10)
  private static let longest = Duration.seconds(600)

  private(set) var failures = 0
  private(set) var lastFailure: Time?

  /// The back-off after these pods ended, too.
  func adding(succeeded: [Pod], failed: [Pod], now: Time) -> JobBackoff {
    let lastSuccess = succeeded.map { $0.finishTime ?? now }.max()
    let times = failed.map { $0.finishTime ?? now }.filter { time in lastSuccess.map { time > $0 } ?? true }
    if succeeded.isEmpty, times.isEmpty { return self }
    var next = succeeded.isEmpty ? self : JobBackoff()
    next.failures += times.count
    next.lastFailure = times.max() ?? next.lastFailure
    return next
  }

  func remaining(at now: Time) -> Duration {
    guard failures > 0, let lastFailure else { return .zero }
    let delay = failures > 7 ? Self.longest : min(Self.first * (1 << (failures - 1)), Self.longest)
    return max(.zero, lastFailure + delay - now)
  }
}
