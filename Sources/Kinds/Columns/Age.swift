package import Loop
package import Tree

/// How long something has lasted, in the few characters that kubectl gives it.
package enum Age {
  /// `5s`, `3m12s`, `7h`, `2d3h`: two units at most, and one where the second would not matter
  /// (k8s.io/apimachinery, duration.HumanDuration).
  package static func text(_ duration: Duration) -> String {
    let seconds = duration.nanoseconds / 1_000_000_000
    if seconds < -1 { return "<invalid>" }
    if seconds < 0 { return "0s" }
    if seconds < 120 { return "\(seconds)s" }
    let minutes = seconds / 60
    if minutes < 10 { return joined(minutes, "m", seconds % 60, "s") }
    if minutes < 180 { return "\(minutes)m" }
    let hours = minutes / 60
    if hours < 8 { return joined(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    let days = hours / 24
    if hours < 192 { return joined(days, "d", hours % 24, "h") }
    if days < 730 { return "\(days)d" }
    if days < 2_920 { return joined(days / 365, "y", days % 365, "d") }
    return "\(days / 365)y"
  }

  private static func joined(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
  }

  /// The age of what happened at that timestamp; `<unknown>` where there is none.
  package static func text(since timestamp: Value?, now: Time) -> String {
    guard let time = timestamp?.string.flatMap(Time.init(timestamp:)) else { return "<unknown>" }
    return text(now - time)
  }
}
