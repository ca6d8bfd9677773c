package import Kinds
package import Tree

/// The answer to one request, as a value.
package struct APIResponse: Sendable {
  package var status: Int
  package var contentType: String
  /// Without Content-Type and Content-Length.
  package var headers: [(name: String, value: String)]
  /// The body's pieces in their order. Nobody joins them: they are the store's own bytes where possible.
  package var pieces: [ArraySlice<UInt8>]

  package init(
    status: Int, contentType: String, headers: [(name: String, value: String)] = [], body: [[UInt8]] = []
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    pieces = body.map { $0[...] }
  }

  /// An answer made of parts of what is there already.
  init(status: Int, contentType: String, pieces: [ArraySlice<UInt8>]) {
    self.status = status
    self.contentType = contentType
    headers = []
    self.pieces = pieces
  }

  /// The body's pieces as arrays of their own.
  package var body: [[UInt8]] {
    get { pieces.map(Array.init) }
    set { pieces = newValue.map { $0[...] } }
  }

  /// A refusal as JSON, for whoever has no request to negotiate with.
  package init(_ status: Status) {
    self.init(status: status.code, contentType: MediaType.json, body: [status.value.json, [UInt8(ascii: "\n")]])
    if let seconds = status.details?.retryAfterSeconds { headers.append(("Retry-After", String(seconds))) }
  }

  package static func text(_ text: String, status: Int = 200) -> APIResponse {
    APIResponse(status: status, contentType: "text/plain; charset=utf-8", body: [Array(text.utf8)])
  }

  package static func json(_ value: Value, status: Int = 200) -> APIResponse {
    APIResponse(status: status, contentType: MediaType.json, body: [value.json, [UInt8(ascii: "\n")]])
  }

  /// The body in one piece, for tests and for small answers.
  package var joinedBody: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for piece in pieces { bytes += piece }
    return bytes
  }
}

/// The names of the encodings that the API speaks.
package enum MediaType {
  package static let json = "application/json"
  package static let yaml = "application/yaml"
  package static let protobuf = "application/vnd.kubernetes.protobuf"
  package static let eventStream = "text/event-stream"
}
