import CMicroHTTPD
import Synchronization

/// A body that comes as it happens: watch events, server-sent events.
///
///     let stream = EventStream()
///     stream.onClose = { hub.unsubscribe(id) }
///     hub.subscribe(id) { stream.push($0) }
///     return .answer(HTTPResponse(status: 200, headers: [("Content-Type", "text/event-stream")], body: .stream(stream)))
///
/// Between events the connection is suspended and costs no thread. A client that reads too slowly is cut when more than
/// `limit` bytes wait for it. Every call is allowed from any thread.
package final class EventStream: Sendable {
  /// What may wait for a slow client, unless said otherwise: 8 MiB, so that a first state of many objects fits. Streams
  /// that were pushed the same arrays share them.
  package static let defaultLimit = 8 << 20

  private struct State {
    var queue = ByteQueue()
    var sent: UInt64 = 0
    var isEnded = false
    var isCut = false
    var isClosed = false
    var parked: ConnectionHandle?
    var descriptor: Int32?
    var onClose: (@Sendable () -> Void)?
  }

  private let limit: Int
  private let state = Mutex(State())

  /// A stream in which at most `limit` bytes wait for the client.
  package init(limit: Int = EventStream.defaultLimit) {
    self.limit = limit
  }

  /// Sends bytes after those sent before. Ignored once the stream is ended or closed.
  package func push(_ bytes: [UInt8]) {
    push([bytes])
  }

  /// Sends pieces one after the other, with nothing between them.
  package func push(_ pieces: [[UInt8]]) {
    state.withLock { state in
      guard !state.isEnded, !state.isCut, !state.isClosed else { return }
      for piece in pieces where !piece.isEmpty { state.queue.append(piece) }
      if state.queue.count > limit { Self.cut(&state) } else { Self.wake(&state) }
    }
  }

  /// Closes the body in order once everything pushed has been sent.
  package func end() {
    state.withLock { state in
      state.isEnded = true
      Self.wake(&state)
    }
  }

  /// Called once when the stream is over: ended and sent, the client gone, or cut. Set late, it is called at once.
  package var onClose: (@Sendable () -> Void)? {
    get { state.withLock { $0.onClose } }
    set {
      let isLate = state.withLock { state in
        if !state.isClosed { state.onClose = newValue }
        return state.isClosed
      }
      if isLate { newValue?() }
    }
  }

  /// Whether nothing pushed can reach a client any more.
  package var isClosed: Bool {
    state.withLock { $0.isClosed || $0.isCut }
  }

  /// Bytes handed to the connection so far.
  var bytesSent: UInt64 {
    state.withLock { $0.sent }
  }

  /// Ties the stream to its socket. False when the stream was closed before.
  func attach(descriptor: Int32) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.descriptor = descriptor
      return true
    }
  }

  /// What there is to send. The connection's thread, inside the content callback: suspends the connection when there is nothing.
  func read(into buffer: UnsafeMutableRawBufferPointer, for connection: ConnectionHandle) -> StreamRead {
    state.withLock { state in
      if state.isCut || state.isClosed { return .cut }
      let count = state.queue.drain(into: buffer)
      state.sent += UInt64(count)
      if count > 0 { return .bytes(count) }
      if state.isEnded { return .end }
      state.parked = connection
      MHD_suspend_connection(connection.raw)
      return .bytes(0)
    }
  }

  /// The answer is over. Called before the socket is closed, so that nobody touches a descriptor that is another's.
  func detach() {
    let onClose = state.withLock { state in
      guard !state.isClosed else { return nil as (@Sendable () -> Void)? }
      state.isClosed = true
      state.parked = nil
      state.descriptor = nil
      state.queue = ByteQueue()
      defer { state.onClose = nil }
      return state.onClose
    }
    onClose?()
  }

  private static func cut(_ state: inout State) {
    state.isCut = true
    state.queue = ByteQueue()
    if let descriptor = state.descriptor { Sockets.shutdown(descriptor) }
    wake(&state)
  }

  /// Under the lock, so that a connection is resumed exactly once per suspension.
  private static func wake(_ state: inout State) {
    guard let connection = state.parked else { return }
    state.parked = nil
    MHD_resume_connection(connection.raw)
  }
}

/// What a stream gives to its connection.
enum StreamRead {
  /// So many bytes; 0 when the connection was suspended.
  case bytes(Int)
  case end
  case cut
}

extension EventStream: Suspension {
  func peerHasLeft(at now: UInt64) {
    cut()
  }

  func drain(with refusal: HTTPResponse) {
    end()
  }

  func cut() {
    state.withLock { state in
      guard !state.isClosed, !state.isCut else { return }
      Self.cut(&state)
    }
  }
}
