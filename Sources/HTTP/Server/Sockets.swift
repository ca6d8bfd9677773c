import CMicroHTTPD
import Glibc

/// The few socket calls, with their errors as values.
enum Sockets {
  /// How many connections may wait to be accepted.
  private static let backlog: Int32 = 1024
  /// Linux's POLLRDHUP: the other end will send no more.
  private static let hangUp: Int16 = 0x2000

  /// A listening, non-blocking socket.
  static func listen(host: String, port: UInt16) throws(HTTPServerError) -> Int32 {
    let address = try resolve(host: host, port: port)
    defer { freeaddrinfo(address) }
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.pointee.ai_family, kind, 0)
    guard descriptor >= 0 else { throw .other(reason: message(errno)) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
      Glibc.listen(descriptor, backlog) == 0
    else {
      let code = errno
      close(descriptor)
      throw failure(code, host: host, port: port)
    }
    return descriptor
  }

  /// Lets the process open a descriptor for every connection and some for everything else, up to the system's bound.
  static func raiseDescriptorLimit(for connections: Int) {
    let others = 256
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, rlim_t(connections + others)))
    setrlimit(resource, &limit)
  }

  /// The port a listening socket got.
  static func port(of descriptor: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutableBytes(of: &storage) { bytes in
      guard let address = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        getsockname(descriptor, address, &length) == 0
      else { return 0 }
      return UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
    }
  }

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

  static func shutdown(_ descriptor: Int32) {
    _ = Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Writes what the socket takes without waiting.
  static func sendAtOnce(_ bytes: [UInt8], to descriptor: Int32) {
    _ = send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
  }

  /// Reads what has come, up to a bound, without waiting. A socket closed with unread bytes makes the system reset the
  /// connection, and the client may then never see the last answer.
  static func discardInput(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    for _ in 0..<16 where recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)) <= 0 { return }
  }

  /// Which of the sockets have been closed, or half closed, by the other end.
  static func closedByPeer(_ descriptors: [Int32]) -> [Bool] {
    var polls = descriptors.map { pollfd(fd: $0, events: hangUp, revents: 0) }
    guard poll(&polls, nfds_t(polls.count), 0) > 0 else { return descriptors.map { _ in false } }
    let gone = hangUp | Int16(POLLHUP) | Int16(POLLERR) | Int16(POLLNVAL)
    return polls.map { $0.revents & gone != 0 }
  }

  private static func resolve(host: String, port: UInt16) throws(HTTPServerError) -> UnsafeMutablePointer<addrinfo> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    guard !host.isEmpty, getaddrinfo(host, String(port), &hints, &found) == 0, let found
    else { throw .addressInvalid(host: host) }
    return found
  }

  private static func failure(_ code: Int32, host: String, port: UInt16) -> HTTPServerError {
    switch code {
    case EADDRINUSE: .addressInUse(host: host, port: port)
    case EACCES, EPERM: .notPermitted(host: host, port: port)
    case EADDRNOTAVAIL, EAFNOSUPPORT: .addressInvalid(host: host)
    default: .other(reason: message(code))
    }
  }

  private static func message(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
