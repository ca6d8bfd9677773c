import Glibc

/// The socket a server accepts from. Made here and not by libmicrohttpd, which does not say why it could not.
enum ListeningSocket {
  /// How many connections may wait to be accepted.
  private static let backlog: Int32 = 1024
  /// Seconds of silence after which the system asks whether the other machine is still there.
  private static let probeAfter: Int32 = 60
  /// Seconds between such questions, and how many may stay unanswered.
  private static let probeEvery: Int32 = 15
  private static let probes: Int32 = 4
  /// Milliseconds that sent bytes may stay unacknowledged.
  private static let acknowledgeWithin: Int32 = 120_000

  /// Listens without blocking.
  static func open(host: String, port: UInt16) throws(HTTPServerError) -> Int32 {
    let addresses = try resolve(host: host, port: port)
    defer { freeaddrinfo(addresses) }
    let address = preferred(addresses).pointee
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, kind, 0)
    guard descriptor >= 0 else { throw failure(errno, host: host, port: port) }
    set(SOL_SOCKET, SO_REUSEADDR, 1, on: descriptor)
    noticeVanishedPeers(descriptor)
    guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, backlog) == 0 else {
      let code = errno
      close(descriptor)
      throw failure(code, host: host, port: port)
    }
    return descriptor
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

  /// Accepted sockets inherit this. Without it a stream to a machine that lost its network would stay open for ever.
  private static func noticeVanishedPeers(_ descriptor: Int32) {
    set(SOL_SOCKET, SO_KEEPALIVE, 1, on: descriptor)
    let level = Int32(IPPROTO_TCP)
    set(level, TCP_KEEPIDLE, probeAfter, on: descriptor)
    set(level, TCP_KEEPINTVL, probeEvery, on: descriptor)
    set(level, TCP_KEEPCNT, probes, on: descriptor)
    set(level, TCP_USER_TIMEOUT, acknowledgeWithin, on: descriptor)
  }

  private static func set(_ level: Int32, _ option: Int32, _ value: Int32, on descriptor: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
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

  /// A name such as localhost may stand for several addresses: every client tries the one of IPv4.
  private static func preferred(_ addresses: UnsafeMutablePointer<addrinfo>) -> UnsafeMutablePointer<addrinfo> {
    var candidate: UnsafeMutablePointer<addrinfo>? = addresses
    while let address = candidate {
      if address.pointee.ai_family == AF_INET { return address }
      candidate = address.pointee.ai_next
    }
    return addresses
  }

  private static func failure(_ code: Int32, host: String, port: UInt16) -> HTTPServerError {
    switch code {
    case EADDRINUSE: .addressInUse(host: host, port: port)
    case EACCES, EPERM: .notPermitted(host: host, port: port)
    case EADDRNOTAVAIL, EAFNOSUPPORT: .addressInvalid(host: host)
    default: .other(reason: String(cString: strerror(code)))
    }
  }
}
