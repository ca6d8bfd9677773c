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
}
