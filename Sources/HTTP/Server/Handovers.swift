import Synchronization

/// Sockets given to libmicrohttpd that it has not opened yet, with the time by which their header fields have to be
/// there.
final class Handovers: Sendable {
  private let deadlines = Mutex<[Int32: UInt64]>([:])

  var count: Int {
    deadlines.withLock { $0.count }
  }

  func add(_ descriptor: Int32, deadline: UInt64) {
    deadlines.withLock { $0[descriptor] = deadline }
  }

  /// The deadline of a socket that is opened now, or given up; nil when it was not handed over.
  @discardableResult
  func take(_ descriptor: Int32) -> UInt64? {
    deadlines.withLock { $0.removeValue(forKey: descriptor) }
  }
}
