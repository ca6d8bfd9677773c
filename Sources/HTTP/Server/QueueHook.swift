import CMicroHTTPD
import Glibc

/// Takes the place of libmicrohttpd's own function of that name, also for its calls to itself.
///
/// libmicrohttpd answers a broken request with an HTML page of its own and offers no hook, and for a wrong
/// `Content-Length` or a missing `Host` it even sends the head twice. Those pages go through `MHD_queue_response`, which
/// the dynamic linker looks up in the program before the library. So here the handler's own wording is written to the
/// socket, and libmicrohttpd is told that its page cannot be sent, upon which it closes the connection. Answers of this
/// server go to the real function directly.
///
/// It is `package`, not internal, because a release build would otherwise hide it from the dynamic linker.
///
/// What remains: bytes that are no HTTP at all are closed without a word, and were the library linked statically, its
/// pages would be HTML again.
@c(MHD_queue_response)
package func queueOwnPage(_ raw: OpaquePointer?, _ status: UInt32, _ response: OpaquePointer?) -> UInt32 {
  guard let raw, let opaque = microhttpd_socket_context(raw) else { return QueueHook.queue(raw, status, response) }
  let connection = Unmanaged<ClientConnection>.fromOpaque(opaque).takeUnretainedValue()
  connection.refuse(QueueHook.refusal(status: Int(status), ConnectionHandle(raw: raw)), raw)
  return 0
}

/// The real function, and how the library's refusals are worded.
enum QueueHook {
  typealias Queue = @convention(c) (OpaquePointer?, UInt32, OpaquePointer?) -> UInt32

  /// libmicrohttpd's `MHD_queue_response`. The look-up cannot fail while the program is linked with the library.
  static let queue: Queue = {
    let next = UnsafeMutableRawPointer(bitPattern: -1)
    guard let found = dlsym(next, "MHD_queue_response") else { return { _, _, _ in 0 } }
    return unsafeBitCast(found, to: Queue.self)
  }()

  static func refusal(status: Int, _ handle: ConnectionHandle) -> HTTPRefusal {
    switch status {
    case 400 where RequestFields.read(handle)["Host"] == nil:
      HTTPRefusal(status: 400, reason: "the request is malformed, or has no Host field")
    case 400:
      HTTPRefusal(status: 400, reason: "the request line, a header field or the body's framing is malformed")
    case 413:
      HTTPRefusal(status: 413, reason: "the request is larger than the server's limit")
    case 414:
      HTTPRefusal(status: 414, reason: "the request target is larger than the server's limit")
    case 431:
      HTTPRefusal(status: 431, reason: "the header fields are larger than the server's limit")
    case 505:
      HTTPRefusal(status: 505, reason: "the only versions supported are HTTP/1.1 and HTTP/1.0")
    default:
      HTTPRefusal(status: status, reason: ResponseWriter.phrase(status))
    }
  }
}
