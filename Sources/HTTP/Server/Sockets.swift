import CMicroHTTPD
import Glibc

/// What is done to connected sockets past libmicrohttpd.
enum Sockets {
  /// Linux's POLLRDHUP: the other end will send no more.
  private static let hangUp: Int16 = 0x2000
  // Linux's MSG_PEEK, MSG_DONTWAIT and MSG_NOSIGNAL. Whether Swift knows these names depends on which of two C modules it
  // meets first.
  private static let peek: Int32 = 0x2
  private static let atOnce: Int32 = 0x40
  private static let noSignal: Int32 = 0x4000

  static func peerAddress(_ address: UnsafePointer<sockaddr>?) -> PeerAddress {
    guard let address else { return PeerAddress(text: "", isLoopback: false) }
    let length =
      address.pointee.sa_family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard getnameinfo(address, socklen_t(length), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0
    else { return PeerAddress(text: "", isLoopback: false) }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let plain = text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    return PeerAddress(text: plain, isLoopback: plain == "::1" || plain.hasPrefix("127."))
  }

  /// The next connection, whose socket does not block; -1 with `errno` when there is none.
  static func accept(_ listening: Int32, _ address: inout sockaddr_storage, _ length: inout socklen_t) -> Int32 {
    withUnsafeMutableBytes(of: &address) { bytes in
      accept_at_once(listening, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
    }
  }

  static func shutdown(_ descriptor: Int32) {
    _ = Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Writes what the socket takes without waiting.
  static func sendAtOnce(_ bytes: [UInt8], to descriptor: Int32) {
    _ = sendAtOnce(bytes[...], to: descriptor)
  }

  /// Writes what the socket takes without waiting, and answers how many bytes that were; -1 where `errno` says why not.
  static func sendAtOnce(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int {
    bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, atOnce | noSignal)
    }
  }

  /// Reads what has come without waiting, and answers how many bytes that were: 0 at the end, -1 where `errno` says why
  /// not. With `leaving` the bytes stay to be read again.
  static func receiveAtOnce(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, leaving: Bool = false)
    -> Int
  {
    recv(descriptor, buffer.baseAddress, buffer.count, leaving ? atOnce | peek : atOnce)
  }

  /// Reads what has come, up to a bound, without waiting. A socket closed with unread bytes makes the system reset the
  /// connection, and the client may then never see the last answer.
  static func discardInput(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    for _ in 0..<16 where recv(descriptor, &buffer, buffer.count, atOnce) <= 0 { return }
  }

  /// Which of the sockets have been closed, or half closed, by the other end.
  static func closedByPeer(_ descriptors: [Int32]) -> [Bool] {
    var polls = descriptors.map { pollfd(fd: $0, events: hangUp, revents: 0) }
    guard poll(&polls, nfds_t(polls.count), 0) > 0 else { return descriptors.map { _ in false } }
    let gone = hangUp | Int16(POLLHUP) | Int16(POLLERR) | Int16(POLLNVAL)
    return polls.map { $0.revents & gone != 0 }
  }

  // MARK: Connecting

  /// An address that a host's name stands for.
  struct Address {
    /// Without the port.
    let text: String
    fileprivate let storage: sockaddr_storage
    fileprivate let length: socklen_t
  }

  enum Connection {
    case connected(Int32)
    case timeout
    /// In Go's words: `connection refused`.
    case refused(String)
  }

  static var monotonicMilliseconds: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
  }

  /// The addresses of a host, in the order in which they are to be tried.
  static func resolve(_ host: String, _ port: UInt16) -> [Address] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var addresses: [Address] = []
    var next = list
    while let entry = next?.pointee {
      if let address = entry.ai_addr {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { bytes in
          bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
        }
        addresses.append(Address(text: peerAddress(address).text, storage: storage, length: entry.ai_addrlen))
      }
      next = entry.ai_next
    }
    return addresses
  }

  /// Connects to an address, waiting no longer than that.
  static func connect(_ address: Address, milliseconds: Int) -> Connection {
    let descriptor = Glibc.socket(Int32(address.storage.ss_family), Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return .refused("too many open files") }
    let flags = fcntl(descriptor, F_GETFL, 0)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    var storage = address.storage
    let code = withUnsafeBytes(of: &storage) { bytes -> Int32 in
      guard let base = bytes.baseAddress else { return -1 }
      return Glibc.connect(descriptor, base.assumingMemoryBound(to: sockaddr.self), address.length)
    }
    var problem = code == 0 ? 0 : errno
    if problem == EINPROGRESS {
      var polls = [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
      guard poll(&polls, 1, Int32(clamping: milliseconds)) > 0 else {
        close(descriptor)
        return .timeout
      }
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &problem, &size)
    }
    guard problem == 0 else {
      close(descriptor)
      return .refused(String(cString: strerror(problem)).lowercased())
    }
    _ = fcntl(descriptor, F_SETFL, flags)
    return .connected(descriptor)
  }

  /// How long one reading or writing may wait.
  static func setTimeout(_ descriptor: Int32, milliseconds: Int) {
    var time = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }
}
