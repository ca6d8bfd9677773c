package import Tree

/// One API request.
package struct Call: Sendable, Hashable {
  package var method: String
  /// The path, and behind a `?` the query, percent-encoded.
  package var path: String
  package var contentType: String?
  package var accept: String
  package var body: [UInt8]
  /// Whom to act as (`--as`), if not as the caller; the transport sends it as `Impersonate-User`.
  package var impersonatedUser: String?
  /// The groups of whom to act as (`--as-group`), sent as `Impersonate-Group`.
  package var impersonatedGroups: [String]

  package init(
    method: String = "GET", path: String, contentType: String? = nil, accept: String = "application/json",
    body: [UInt8] = [], impersonatedUser: String? = nil, impersonatedGroups: [String] = []
  ) {
    self.method = method
    self.path = path
    self.contentType = contentType
    self.accept = accept
    self.body = body
    self.impersonatedUser = impersonatedUser
    self.impersonatedGroups = impersonatedGroups
  }
}

/// The answer to one API request.
package struct Reply: Sendable, Hashable {
  package var status: Int
  package var contentType: String
  package var body: [UInt8]
  /// What the server warns of (the `Warning` headers' texts).
  package var warnings: [String]

  package init(status: Int, contentType: String = "application/json", body: [UInt8], warnings: [String] = []) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.warnings = warnings
  }
}

/// How kubectl reaches an API server: with one caller's rights, blocking.
package protocol Transport {
  func send(_ request: Call) -> Reply

  /// Hands over one JSON watch event (`{"type": …, "object": …}`) at a time until `each` says false, the caller cancels
  /// or the stream ends. The answer is nil if the watch was established, else what the server refused it with.
  func watch(_ request: Call, each: (Value) -> Bool) -> Reply?

  /// As `watch`, for answers that are no events: hands over pieces of a text stream, such as `log?follow=true`.
  func stream(_ request: Call, each: ([UInt8]) -> Bool) -> Reply?

  /// Runs the command of an `exec` request in its container, and hands over what it writes until `each` says false.
  /// Where there is input, the command reads it to its end.
  func execute(_ request: Call, input: String?, each: (Output) -> Bool) -> Execution

  /// The cluster's time, nanoseconds since 1970.
  var now: Int64 { get }

  /// Lets so much of the cluster's time pass; returns early when the caller cancels.
  func pause(seconds: Double)

  /// Whether the caller wants the command to end (Ctrl-C).
  var isCancelled: Bool { get }

  /// Where others reach the server, without a slash at the end: `https://podium.example.com:8443`.
  var serverAddress: String { get }
}

extension Transport {
  /// What a transport says that reaches its server without an address.
  package var serverAddress: String { "https://127.0.0.1" }

  /// The whole answer as one piece: what a transport without streams does.
  package func stream(_ request: Call, each: ([UInt8]) -> Bool) -> Reply? {
    let reply = send(request)
    guard (200..<300).contains(reply.status) else { return reply }
    _ = each(reply.body)
    return nil
  }

  /// Refused: what a transport does that reaches no containers.
  package func execute(_ request: Call, input: String?, each: (Output) -> Bool) -> Execution {
    let message: Value = ["kind": "Status", "message": "no containers can be reached from here"]
    return .refused(Reply(status: 501, body: message.json))
  }
}

/// What a command in a container came to.
package enum Execution: Sendable, Hashable {
  case exited(code: Int)
  /// The command was not started.
  case refused(Reply)

  /// The exit code of a command that was ended by Ctrl-C.
  package static let interrupted = 130
}

/// What a command says while it runs.
package enum Output: Sendable, Hashable {
  /// Text for the standard output, with its line ends.
  case out(String)
  /// Text for the standard error, with its line ends.
  case error(String)
  /// A request that was made, such as `GET /api/v1/pods`. Discovery and schema, which kubectl caches, are left out.
  case request(String)
}
