import Glibc

/// The server's own times, in nanoseconds of the monotonic clock.
enum ServerTiming {
  static let second: UInt64 = 1_000_000_000
  static let millisecond: UInt64 = 1_000_000
  /// Between two looks at deadlines and vanished clients.
  static let sweep: UInt64 = second / 4
  /// How long nothing is accepted when there are too many connections, or too few descriptors.
  static let acceptPause: UInt64 = second / 100
  /// How long an answer may still come after the client has closed its sending half.
  static let halfCloseGrace: UInt64 = 2 * second
  /// How long `stop` lets streams end in order before it cuts them.
  static let drain: UInt64 = second
  /// After cutting, how long `stop` waits for the connections to be let go.
  static let cut: UInt64 = second / 2

  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * second + UInt64(time.tv_nsec)
  }

  static func nanoseconds(_ seconds: Double) -> UInt64 {
    UInt64(max(0, seconds) * Double(second))
  }
}
