package import Loop
import Synchronization

/// A cluster's present moment, for any thread: what tables and the console show.
package final class TimeSignal: Sendable {
  private let pace: Mutex<Pace>

  package init(_ pace: Pace) { self.pace = Mutex(pace) }

  package func show(_ pace: Pace) { self.pace.withLock { $0 = pace } }

  package var now: Time { pace.withLock { $0 }.moment(at: MonotonicClock.now) }
}
