import Kinds
import Loop

/// How long a node waits for another pod after the last one failed: a second, doubled each time, 15 minutes at most.
final class DaemonBackoff {
  private static let first = Duration.seconds(1)
  private static let longest = Duration.seconds(900)

  private struct Entry {
    var delay: Duration
    var since: Time
  }

  private var entries: [String: Entry] = [:]

  /// How long to wait with replacing this node's failed pod; zero if it may be replaced now, which makes the next wait
  /// longer.
  func wait(for daemon: String, on node: String, now: Time) -> Duration {
    let key = daemon + "/" + node
    guard let entry = entries[key], now - entry.since < Self.longest * 2 else {
      entries[key] = Entry(delay: Self.first, since: now)
      return .zero
    }
    let rest = entry.since + entry.delay - now
    if rest > .zero { return rest }
    entries[key] = Entry(delay: min(entry.delay * 2, Self.longest), since: now)
    return .zero
  }

  /// Forgets a DaemonSet that is gone.
  func forget(_ daemon: String) { entries = entries.filter { !$0.key.hasPrefix(daemon + "/") } }
}
