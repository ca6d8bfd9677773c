package import API
import Cluster
import Synchronization

/// Counts a cluster's requests, as Kubernetes' API server does (k8s.io/apiserver, endpoints/metrics).
package final class RequestMetrics: Sendable {
  /// Upper bounds, in seconds, of the durations that are told apart.
  package static let bounds: [Double] = [
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
  ]

  /// How many requests took how long.
  package struct Durations {
    /// For each bound those at or below it and above the one before; then those above all.
    package fileprivate(set) var counts = [UInt64](repeating: 0, count: RequestMetrics.bounds.count + 1)
    package fileprivate(set) var seconds = 0.0

    mutating func add(_ time: Double) {
      counts[RequestMetrics.bounds.firstIndex { time <= $0 } ?? RequestMetrics.bounds.count] += 1
      seconds += time
    }
  }

  package struct Figures {
    /// By labels, then by status code.
    package fileprivate(set) var totals: [RequestLabels: [Int: UInt64]] = [:]
    package fileprivate(set) var durations: [RequestLabels: Durations] = [:]
    /// Requests that change something and are not answered yet; the others.
    package fileprivate(set) var changing = 0
    package fileprivate(set) var reading = 0
    /// Open watches.
    package fileprivate(set) var watches: [RequestLabels: Int] = [:]
  }

  private let state = Mutex(Figures())

  package var figures: Figures { state.withLock { $0 } }

  /// Notes that a request has come.
  package func begin(_ labels: RequestLabels) -> Count {
    let count = Count(metrics: self, labels: labels, start: MonotonicClock.now)
    state.withLock { state in
      if count.isChanging { state.changing += 1 } else { state.reading += 1 }
    }
    return count
  }

  /// One request that is being answered.
  package struct Count: Sendable {
    fileprivate let metrics: RequestMetrics
    fileprivate let labels: RequestLabels
    /// Nanoseconds.
    fileprivate let start: Int64

    fileprivate var isChanging: Bool { !["GET", "LIST", "WATCH", "HEAD"].contains(labels.verb) }

    /// Notes that it is answered.
    package func end(code: Int) {
      let seconds = Double(MonotonicClock.now - start) / 1e9
      metrics.state.withLock { state in
        if isChanging { state.changing -= 1 } else { state.reading -= 1 }
        state.totals[labels, default: [:]][code, default: 0] += 1
        state.durations[labels, default: Durations()].add(seconds)
      }
    }

    /// Notes that it is answered with a stream. Kubernetes does not count how long those take.
    package func beginStream() {
      metrics.state.withLock { state in
        state.reading -= 1
        state.totals[labels, default: [:]][200, default: 0] += 1
        state.watches[labels, default: 0] += 1
      }
    }

    /// Notes that the stream is over.
    package func endStream() { metrics.state.withLock { $0.watches[labels, default: 1] -= 1 } }
  }
}
