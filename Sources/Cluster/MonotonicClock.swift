import Glibc

/// The machine's monotonic clock: what paces follow. The engine itself never reads it.
package enum MonotonicClock {
  /// Nanoseconds since some fixed moment.
  package static var now: Int64 { read(CLOCK_MONOTONIC) }

  /// Nanoseconds that the calling thread has had the processor.
  package static var ofThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

  /// Nanoseconds since 1970, by the machine's calendar: what a new cluster's time starts from.
  package static var calendar: Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var reading = timespec()
    clock_gettime(clock, &reading)
    return Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec)
  }
}
