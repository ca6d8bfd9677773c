import API
import Cluster
import HTTP
import Synchronization

/// Counts a cluster's requests, as Kubernetes' API server does (k8s.io/apiserver, endpoints/metrics).
final class RequestMetrics: Sendable {
  /// Upper bounds, in seconds, of the durations that are told apart.
  static let bounds: [Double] = [
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
  ]

  /// How many requests took how long.
  struct Durations {
    /// For each bound those at or below it and above the one before; then those above all.
    var counts = [UInt64](repeating: 0, count: RequestMetrics.bounds.count + 1)
    var seconds = 0.0

    mutating func add(_ time: Double) {
      counts[RequestMetrics.bounds.firstIndex { time <= $0 } ?? RequestMetrics.bounds.count] += 1
      seconds += time
    }
  }

  struct Figures {
    /// By labels, then by status code.
    var totals: [RequestLabels: [Int: UInt64]] = [:]
    var durations: [RequestLabels: Durations] = [:]
    /// Requests that change something and are not answered yet; the others.
    var changing = 0
    var reading = 0
    /// Open watches.
    var watches: [RequestLabels: Int] = [:]
  }

  private let state = Mutex(Figures())

  var figures: Figures { state.withLock { $0 } }

  /// Notes that a request has come.
  func begin(_ labels: RequestLabels) -> Count {
    let count = Count(metrics: self, labels: labels, start: MonotonicClock.now)
    state.withLock { state in
      if count.isChanging { state.changing += 1 } else { state.reading += 1 }
    }
    return count
  }

  /// One request that is being answered.
  struct Count: Sendable {
    fileprivate let metrics: RequestMetrics
    fileprivate let labels: RequestLabels
    /// Nanoseconds.
    fileprivate let start: Int64

    fileprivate var isChanging: Bool { !["GET", "LIST", "WATCH", "HEAD"].contains(labels.verb) }

    /// Notes that it is answered.
    func end(code: Int) {
      let seconds = Double(MonotonicClock.now - start) / 1e9
      metrics.state.withLock { state in
        if isChanging { state.changing -= 1 } else { state.reading -= 1 }
        state.totals[labels, default: [:]][code, default: 0] += 1
        state.durations[labels, default: Durations()].add(seconds)
      }
    }

    /// Notes that it is answered with a stream, and when that is over. Kubernetes does not count how long those take.
    func follow(_ stream: EventStream) {
      metrics.state.withLock { state in
        state.reading -= 1
        state.totals[labels, default: [:]][200, default: 0] += 1
        state.watches[labels, default: 0] += 1
      }
      let close = stream.onClose
      stream.onClose = { [metrics, labels] in
        close?()
        metrics.state.withLock { $0.watches[labels, default: 1] -= 1 }
      }
    }
  }
}
