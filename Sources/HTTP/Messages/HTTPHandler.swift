/// What the server asks: the program behind it.
package protocol HTTPHandler: Sendable {
  /// The answer to a request. Called on the thread of its connection, so on several at a time: the others' connections
  /// on that thread wait until it returns, so anything slow returns `later`.
  func respond(to request: HTTPRequest) -> Verdict

  /// How a request that the server itself refuses is worded. Called on any of the server's threads; must be quick.
  func refuse(_ refusal: HTTPRefusal) -> HTTPResponse
}

/// What becomes of a request.
package enum Verdict: Sendable {
  /// The answer, now.
  case answer(HTTPResponse)
  /// The connection waits, at no cost, until the answer is completed.
  case later(PendingAnswer)
  /// The connection changes its protocol.
  case upgrade(Upgrade)
}

/// A request that the server refuses before any handler sees it.
package struct HTTPRefusal: Sendable, Equatable {
  /// The status code: 413.
  package let status: Int
  /// What is wrong and what the limit is, one sentence without a full stop.
  package let reason: String

  /// A refusal.
  package init(status: Int, reason: String) {
    self.status = status
    self.reason = reason
  }
}
