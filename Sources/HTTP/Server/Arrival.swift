import Glibc

/// A socket just accepted.
struct Arrival {
  let descriptor: Int32
  let address: sockaddr_storage
  let addressLength: socklen_t
  /// When the header fields have to be there.
  let deadline: UInt64

  /// What a client speaks, by its first byte.
  enum Speech {
    case plain
    case encrypted
    /// It has said nothing yet.
    case silent
    /// It has closed without a word.
    case gone
  }

  /// The content type of a TLS record that holds a handshake (RFC 8446 section 5.1), which is how every client begins.
  private static let handshake: UInt8 = 0x16

  /// Looks at the first byte, and leaves it there.
  var speech: Speech {
    var byte: UInt8 = 0
    let count = withUnsafeMutableBytes(of: &byte) { Sockets.receiveAtOnce($0, from: descriptor, leaving: true) }
    if count > 0 { return byte == Self.handshake ? .encrypted : .plain }
    return count < 0 && [EAGAIN, EINTR].contains(errno) ? .silent : .gone
  }
}

/// What came of asking a listening socket for the next connection.
enum Acceptance {
  case arrival(Arrival)
  /// Nobody waits.
  case nobody
  /// The client has gone meanwhile: ask again.
  case gone
  /// The system has no descriptor or no memory left: ask later.
  case exhausted

  static func next(on listening: Int32, deadline: UInt64) -> Acceptance {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let descriptor = Sockets.accept(listening, &address, &length)
    if descriptor >= 0 {
      return .arrival(
        Arrival(descriptor: descriptor, address: address, addressLength: length, deadline: deadline))
    }
    switch errno {
    case EAGAIN: return .nobody
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
    default: return .gone
    }
  }
}
