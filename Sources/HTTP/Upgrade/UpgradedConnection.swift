import Glibc
import Synchronization

/// A connection after its change of protocol: bytes both ways, read and written by blocking calls with a deadline.
///
/// One thread reads and writes. `wake`, `close` and `cut` may be called from any thread, more than once. The bytes go through
/// a descriptor of its own, so that a connection that libmicrohttpd has closed meanwhile is at worst silent.
package final class UpgradedConnection: Sendable {
  /// What came of waiting for bytes.
  package enum Reading: Sendable, Equatable {
    case bytes([UInt8])
    /// The other end has closed, or this one has.
    case end
    case timedOut
    /// `wake` was called.
    case woken
    /// The server stops: say goodbye and return.
    case stopping
  }

  private struct State {
    var handle: UpgradeHandle?
    var descriptor: Int32 = -1
    /// The client's socket, until this is closed. Over TLS `descriptor` is not it, but leads to libmicrohttpd, which
    /// relays.
    var transport: Int32 = -1
    /// Bytes that came together with the request.
    var early: [UInt8] = []
    var hasBegun = false
    var isWoken = false
    var isStopping = false
    var isClosed = false
  }

  private static let blockSize = 64 << 10
  private let state = Mutex(State())
  private let wakeEnds: (output: Int32, input: Int32)
  private let suspensions: SuspensionRegistry

  /// Nil when the system has no descriptor left.
  init?(_ suspensions: SuspensionRegistry) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wakeEnds = (output: ends[0], input: ends[1])
    self.suspensions = suspensions
  }

  deinit {
    let (descriptor, transport) = state.withLock { ($0.descriptor, $0.transport) }
    if descriptor >= 0 { Glibc.close(descriptor) }
    if transport >= 0 { Glibc.close(transport) }
    Glibc.close(wakeEnds.output)
    Glibc.close(wakeEnds.input)
  }

  /// Whether the protocol has changed.
  var hasBegun: Bool { state.withLock { $0.hasBegun } }

  /// The protocol has changed. False when the connection was closed already, or the system has no descriptor left.
  func begin(handle: UpgradeHandle, socket: Int32, transport: Int32, early: [UInt8]) -> Bool {
    let copy = Sockets.copy(socket)
    let isOpen = state.withLock { state in
      state.hasBegun = true
      guard copy >= 0, !state.isClosed else { return false }
      state.handle = handle
      state.descriptor = copy
      state.transport = Sockets.copy(transport)
      state.early = early
      return true
    }
    if !isOpen {
      if copy >= 0 { Glibc.close(copy) }
      handle.close()
      suspensions.remove(self)
    }
    return isOpen
  }

  // MARK: Bytes

  /// Waits for bytes, for at most so many seconds.
  package func read(seconds: Double) -> Reading {
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(seconds)
    while true {
      if let reading = immediate() { return reading }
      let descriptor = state.withLock { $0.descriptor }
      let now = ServerTiming.now
      guard now < deadline else { return .timedOut }
      var polls = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeEnds.output, events: Int16(POLLIN), revents: 0),
      ]
      let patience = min((deadline - now) / ServerTiming.millisecond + 1, 60_000)
      guard poll(&polls, 2, Int32(patience)) > 0 else { continue }
      if polls[1].revents != 0 { Sockets.empty(wakeEnds.output) }
      guard polls[0].revents != 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: Self.blockSize)
      let count = buffer.withUnsafeMutableBytes { Sockets.receiveAtOnce($0, from: descriptor) }
      if count > 0 { return .bytes(Array(buffer[..<count])) }
      if count == 0 || (errno != EAGAIN && errno != EINTR) { return .end }
    }
  }

  /// What need not be waited for.
  private func immediate() -> Reading? {
    state.withLock { state in
      if state.isClosed { return .end }
      if state.isStopping { return .stopping }
      if !state.early.isEmpty {
        defer { state.early = [] }
        return .bytes(state.early)
      }
      guard state.isWoken else { return nil }
      state.isWoken = false
      return .woken
    }
  }

  /// Writes all bytes, waiting at most so many seconds for a slow reader. False when not all could be written; the
  /// connection is of no use then.
  package func write(_ bytes: [UInt8], seconds: Double) -> Bool {
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(seconds)
    var sent = 0
    while sent < bytes.count {
      let (descriptor, isClosed) = state.withLock { ($0.descriptor, $0.isClosed) }
      if isClosed { return false }
      let count = Sockets.sendAtOnce(bytes[sent...], to: descriptor)
      if count > 0 {
        sent += count
        continue
      }
      guard errno == EAGAIN || errno == EINTR else { return false }
      let now = ServerTiming.now
      guard now < deadline else { return false }
      var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&event, 1, Int32(min((deadline - now) / ServerTiming.millisecond + 1, 1_000)))
    }
    return true
  }

  // MARK: From other threads

  /// Makes a `read` that waits, or else the next one, return `woken`.
  package func wake() {
    signal { state in
      guard !state.isWoken else { return false }
      state.isWoken = true
      return true
    }
  }

  /// Closes the connection, once what was written has been sent.
  package func close() {
    let handle = state.withLock { state in
      guard !state.isClosed else { return nil as UpgradeHandle? }
      state.isClosed = true
      if state.descriptor >= 0 { Sockets.shutdown(state.descriptor) }
      if state.transport >= 0 { Glibc.close(state.transport) }
      state.transport = -1
      defer { state.handle = nil }
      return state.handle
    }
    // Without a lock: libmicrohttpd takes its own, under which it also calls back.
    guard let handle else { return }
    handle.close()
    suspensions.remove(self)
  }

  /// Closes the connection at once, whatever of what was written is still under way: what libmicrohttpd relays over TLS
  /// can stay open for as long as the client says nothing.
  package func cut() {
    state.withLock { state in
      if state.transport >= 0 { Sockets.shutdown(state.transport) }
    }
    close()
  }

  private func signal(_ change: (inout State) -> Bool) {
    guard state.withLock({ change(&$0) }) else { return }
    var byte: UInt8 = 0
    _ = Glibc.write(wakeEnds.input, &byte, 1)
  }
}

extension UpgradedConnection: Suspension {
  /// Its own thread notices.
  func peerHasLeft(at now: UInt64) {}

  func drain(with refusal: HTTPResponse) {
    signal { state in
      guard !state.isStopping else { return false }
      state.isStopping = true
      return true
    }
  }
}

extension Sockets {
  /// Another descriptor of the same socket; -1 when the system has none left.
  fileprivate static func copy(_ descriptor: Int32) -> Int32 {
    let copy = dup(descriptor)
    if copy >= 0 { _ = fcntl(copy, F_SETFD, FD_CLOEXEC) }
    return copy
  }

  /// Reads what a pipe that does not block holds.
  fileprivate static func empty(_ pipe: Int32) {
    var buffer = [UInt8](repeating: 0, count: 64)
    while read(pipe, &buffer, buffer.count) == buffer.count {}
  }

  /// Sends small pieces at once. libmicrohttpd relays what is written to an encrypted connection in pieces that would
  /// otherwise each wait 40 ms for the one before to be acknowledged.
  static func sendWithoutDelay(_ descriptor: Int32) {
    var isOn: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }
}
