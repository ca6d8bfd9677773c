import Synchronization

/// What one learner takes of the server: requests a second, open streams, running commands. Each learner has one, so that
/// one who floods is refused and the others feel nothing.
package final class LearnerGauge: Sendable {
  /// What is counted at one time.
  package enum Resource: String, Sendable {
    case streams = "open streams"
    case commands = "running commands"
  }

  private struct State {
    /// Requests that may still come at once.
    var tokens: Double
    var moment: Int64
    var counts: [Resource: Int] = [:]
  }

  private let limits: ClassroomLimits
  private let state: Mutex<State>

  /// `now` is a monotonic clock's reading in nanoseconds, here and below.
  package init(_ limits: ClassroomLimits, now: Int64) {
    self.limits = limits
    state = Mutex(State(tokens: Double(limits.requestBurst), moment: now))
  }

  /// Takes one request; false if they come too fast.
  package func takeRequest(now: Int64) -> Bool {
    state.withLock { state in
      let gained = Double(now - state.moment) / 1e9 * Double(limits.requestsPerSecond)
      state.tokens = min(Double(limits.requestBurst), state.tokens + max(0, gained))
      state.moment = max(now, state.moment)
      guard state.tokens >= 1 else { return false }
      state.tokens -= 1
      return true
    }
  }

  package func limit(of resource: Resource) -> Int {
    switch resource {
    case .streams: limits.streamsPerLearner
    case .commands: limits.commandsPerLearner
    }
  }

  /// Takes one of something until it is given back; false if all are taken.
  package func take(_ resource: Resource) -> Bool {
    state.withLock { state in
      guard state.counts[resource, default: 0] < limit(of: resource) else { return false }
      state.counts[resource, default: 0] += 1
      return true
    }
  }

  package func giveBack(_ resource: Resource) { state.withLock { $0.counts[resource, default: 1] -= 1 } }

  /// Requests a second, for messages.
  package var requestsPerSecond: Int { limits.requestsPerSecond }
}
