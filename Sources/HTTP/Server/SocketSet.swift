import CMicroHTTPD
import Glibc

/// Sockets of which one wants to know when there is something to read: Linux's epoll.
struct SocketSet {
  private let epoll: Int32

  /// Nil when the system has no descriptor left.
  init?() {
    epoll = epoll_make()
    if epoll < 0 { return nil }
  }

  /// False when the system has no memory left.
  @discardableResult
  func watch(_ descriptor: Int32) -> Bool {
    epoll_watch(epoll, descriptor) == 0
  }

  func forget(_ descriptor: Int32) {
    epoll_forget(epoll, descriptor)
  }

  /// Waits for so many milliseconds, for ever when -1. Those that can be read, or are closed, are written to the array's
  /// beginning; says how many.
  func wait(_ ready: inout [Int32], milliseconds: Int32) -> Int {
    Int(max(0, epoll_readable(epoll, &ready, Int32(ready.count), milliseconds)))
  }

  func close() {
    Glibc.close(epoll)
  }
}
