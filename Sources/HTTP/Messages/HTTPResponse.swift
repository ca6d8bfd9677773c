/// An answer. `Content-Length`, `Transfer-Encoding`, `Date` and `Connection` are the server's own work.
package struct HTTPResponse: Sendable {
  /// The status code: 200.
  package var status: Int
  /// Header fields, in order. A field whose value has a line break is not sent.
  package var headers: [(String, String)]
  /// What follows the headers; left out by the server when the request was a HEAD.
  package var body: Body

  /// An answer.
  package init(status: Int, headers: [(String, String)] = [], body: Body = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// What can follow the headers.
  package enum Body: Sendable {
    /// Nothing.
    case empty
    /// Bytes, sent from where they are; compressed when large and the client asks.
    case bytes([UInt8])
    /// Pieces sent one after the other without joining them; joined only to be compressed.
    case pieces([ArraySlice<UInt8>])
    /// A file with its validator: answers `If-None-Match`, and comes compressed when asked.
    case file(StaticFile)
    /// Bytes that come as they happen, until the stream is ended.
    case stream(EventStream)
  }

  /// Lets go of an answer that will never be sent, so that a stream's owner learns of it.
  package func abandon() {
    if case .stream(let stream) = body { stream.detach() }
  }
}
