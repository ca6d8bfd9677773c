import Glibc

/// How connections come to a server: one daemon that accepts by itself where one protocol is served, else an acceptor
/// before a daemon for each.
enum Entrance: Sendable {
  case single(Daemon)
  case both(acceptor: ServerThread, plain: Daemon, encrypted: Daemon)

  /// Takes the listening socket over, and closes it on failure.
  static func open(_ core: ServerCore, listening: Int32) throws(HTTPServerError) -> Entrance {
    let options = core.options
    guard let tls = options.tls, options.plain != .refused else {
      if let daemon = Daemon(core, tls: options.tls, listening: listening) { return .single(daemon) }
      close(listening)
      throw .other(reason: "libmicrohttpd refused its options")
    }
    guard let plain = Daemon(core, tls: nil, listening: nil) else {
      close(listening)
      throw .other(reason: "libmicrohttpd refused its options")
    }
    guard let encrypted = Daemon(core, tls: tls, listening: nil) else {
      close(listening)
      plain.stop()
      throw .other(reason: "libmicrohttpd refused its options for HTTPS")
    }
    guard let acceptor = Acceptor.start(core, listening: listening, plain: plain, encrypted: encrypted) else {
      close(listening)
      plain.stop()
      encrypted.stop()
      throw .other(reason: "the system has no thread or no descriptor left")
    }
    return .both(acceptor: acceptor, plain: plain, encrypted: encrypted)
  }

  /// Takes no more connections; those that are there go on.
  func shut() {
    switch self {
    case .single(let daemon): daemon.stopListening()
    case .both(let acceptor, _, _): acceptor.stop()
    }
  }

  /// Closes every connection, of which none may be suspended.
  func stop() {
    switch self {
    case .single(let daemon):
      daemon.stop()
    case .both(_, let plain, let encrypted):
      plain.stop()
      encrypted.stop()
    }
  }
}
