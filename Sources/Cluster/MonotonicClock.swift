import Glibc

/// The machine's monotonic clock: what paces follow. The engine itself never reads it.
package enum MonotonicClock {
  /// Nanoseconds since some fixed moment.
  package static var now: Int64 {
    var reading = timespec()
    clock_gettime(CLOCK_MONOTONIC, &reading)
    return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
  }

  /// Nanoseconds since 1970, by the machine's calendar: what a new cluster's time starts from.
  package static var calendar: Int64 {
    var reading = timespec()
    clock_gettime(CLOCK_REALTIME, &reading)
    return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
  }
}
