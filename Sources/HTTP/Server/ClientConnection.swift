import CMicroHTTPD
import Synchronization

/// One accepted socket and how far its present request is.
final class ClientConnection: Sendable {
  /// What the server waits for from this client.
  enum Stage {
    /// The header fields of the first request, or of one whose request line has come.
    case headers
    /// The next request of a connection kept alive.
    case nextRequest
    case body
    /// Nothing: the answer is being made or sent.
    case nothing
    /// Nothing any more: the deadline passed and the socket is shut down.
    case cut
  }

  struct Progress {
    var stage = Stage.headers
    var deadline: UInt64
    /// What a cut connection was told, for the access log.
    var refusedStatus = 0
  }

  let descriptor: Int32
  let address: PeerAddress
  let isEncrypted: Bool
  private let handler: any HTTPHandler
  /// Looked at once per connection, on its own thread only.
  nonisolated(unsafe) var identity: ClientIdentity?
  private let progress: Mutex<Progress>

  init(descriptor: Int32, address: PeerAddress, isEncrypted: Bool, headerDeadline: UInt64, handler: any HTTPHandler) {
    self.descriptor = descriptor
    self.address = address
    self.isEncrypted = isEncrypted
    self.handler = handler
    progress = Mutex(Progress(deadline: headerDeadline))
  }

  /// The status of a refusal that was written past libmicrohttpd; 0 when there was none.
  var refusedStatus: Int {
    progress.withLock { $0.refusedStatus }
  }

  /// Goes on to a stage. False when the deadline has passed meanwhile and the connection was cut.
  @discardableResult
  func enter(_ stage: Stage, deadline: UInt64 = .max) -> Bool {
    progress.withLock { progress in
      guard progress.stage != .cut else { return false }
      progress = Progress(stage: stage, deadline: deadline)
      return true
    }
  }

  /// The request line has come: what remains of the header fields must follow by the earlier of the two deadlines.
  func requestLineCame(headerDeadline: UInt64) {
    progress.withLock { progress in
      guard progress.stage == .headers || progress.stage == .nextRequest else { return }
      progress = Progress(stage: .headers, deadline: min(progress.deadline, headerDeadline))
    }
  }

  /// Shuts the socket down when its deadline has passed, after a last word where that is possible. The word is written
  /// under the lock, so that no answer can begin at the same time.
  func cut(at now: UInt64) {
    progress.withLock { progress in
      guard progress.stage != .cut, progress.deadline < now else { return }
      if !isEncrypted, progress.stage != .nextRequest {
        let refusal = HTTPRefusal(status: 408, reason: "the request took longer than the server's limit")
        Sockets.sendAtOnce(ResponseWriter.lastWord(handler.refuse(refusal)), to: descriptor)
        progress.refusedStatus = refusal.status
      }
      progress.stage = .cut
      Sockets.shutdown(descriptor)
    }
  }

  /// Answers in the handler's words and shuts the socket down, in the place of libmicrohttpd. The connection's thread.
  func refuse(_ refusal: HTTPRefusal, _ raw: OpaquePointer) {
    let bytes = ResponseWriter.lastWord(handler.refuse(refusal))
    progress.withLock { progress in
      guard progress.stage != .cut else { return }
      progress.stage = .cut
      progress.refusedStatus = refusal.status
      if let session = microhttpd_tls_session(raw) {
        TLSWriter.sendLast(bytes, session: session)
      } else {
        Sockets.sendAtOnce(bytes, to: descriptor)
        Sockets.discardInput(descriptor)
      }
      Sockets.shutdown(descriptor)
    }
  }
}

/// A client's numeric address.
struct PeerAddress: Sendable {
  let text: String
  let isLoopback: Bool
}

/// What a client proved by its certificate.
enum ClientIdentity: Sendable {
  case none
  case verified(PeerCertificate)
  /// It showed a certificate that the authority did not sign for clients.
  case refused
}
