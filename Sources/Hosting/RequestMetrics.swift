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

  /// What is counted under the same labels. Found once a request, and then counted in without looking for it again.
  fileprivate final class Series {
    let isChanging: Bool
    var totals: [Int: UInt64] = [:]
    var durations = Durations()
    /// nil: there never was one.
    var watches: Int?

    init(_ labels: RequestLabels) { isChanging = !["GET", "LIST", "WATCH", "HEAD"].contains(labels.verb) }
  }

  private struct State {
    var series: [RequestLabels: Series] = [:]
    var changing = 0
    var reading = 0

    mutating func add(_ number: Int, to series: Series) {
      if series.isChanging { changing += number } else { reading += number }
    }
  }

  private let state = Mutex(State())

  package var figures: Figures {
    state.withLock { state in
      var figures = Figures()
      (figures.changing, figures.reading) = (state.changing, state.reading)
      for (labels, series) in state.series {
        if !series.totals.isEmpty { figures.totals[labels] = series.totals }
        if series.durations.counts.contains(where: { $0 > 0 }) { figures.durations[labels] = series.durations }
        figures.watches[labels] = series.watches
      }
      return figures
    }
  }

  /// Notes that a request has come.
  package func begin(_ labels: RequestLabels) -> Count {
    let start = MonotonicClock.now
    return state.withLock { state in
      let series = state.series[labels] ?? Series(labels)
      if series.totals.isEmpty { state.series[labels] = series }
      state.add(1, to: series)
      return Count(metrics: self, series: series, start: start)
    }
  }

  /// One request that is being answered.
  package struct Count: @unchecked Sendable {
    fileprivate let metrics: RequestMetrics
    // Touched only under the lock of `metrics`.
    fileprivate let series: Series
    /// Nanoseconds.
    fileprivate let start: Int64

    /// Notes that it is answered.
    package func end(code: Int) {
      let seconds = Double(MonotonicClock.now - start) / 1e9
      metrics.state.withLock { state in
        state.add(-1, to: series)
        series.totals[code, default: 0] += 1
        series.durations.add(seconds)
      }
    }

    /// Notes that it is answered with a stream. Kubernetes does not count how long those take.
    package func beginStream() {
      metrics.state.withLock { state in
        state.add(-1, to: series)
        series.totals[200, default: 0] += 1
        series.watches = (series.watches ?? 0) + 1
      }
    }

    /// Notes that the stream is over.
    package func endStream() { metrics.state.withLock { _ in series.watches = (series.watches ?? 1) - 1 } }
  }
}
