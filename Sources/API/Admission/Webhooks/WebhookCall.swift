import Synchronization

/// A call of an admission webhook: an AdmissionReview to be posted to a web service.
package struct WebhookCall: Sendable, Hashable {
  /// Where to, without the query.
  package let address: WebhookAddress
  /// The certificates in PEM form by which the service is trusted; empty: those of the system.
  package let certificates: String
  package let timeoutSeconds: Int
  /// The review's identifier.
  let uid: String
  /// JSON.
  package let body: [UInt8]

  /// The address as failures name it, with what the service is told of its time.
  package var url: String { "\(address)?timeout=\(timeoutSeconds)s" }
}

/// What came of a webhook's call.
package enum WebhookReply: Sendable {
  case answer(status: Int, body: [UInt8])
  /// Why there is no answer, as Go's network library words it: `dial tcp 10.0.0.1:443: connect: connection refused`.
  case failure(String)
}

/// Makes webhooks' calls. An engine has no sockets: whoever hosts a cluster calls for it.
package protocol WebhookCaller: Sendable {
  /// Makes the call without blocking; `reply` hears the answer once, on any thread.
  func call(_ call: WebhookCall, reply: @escaping @Sendable (WebhookReply) -> Void)
}

extension WebhookReply {
  /// What a caller answers at once; one that takes time has failed.
  static func immediate(of call: WebhookCall, _ caller: any WebhookCaller) -> WebhookReply {
    let box = Mutex<WebhookReply?>(nil)
    caller.call(call) { reply in box.withLock { $0 = reply } }
    return box.withLock { $0 } ?? .failure("context deadline exceeded")
  }
}

/// Calls nobody.
package struct NoWebhooks: WebhookCaller {
  package init() {}

  package func call(_ call: WebhookCall, reply: @escaping @Sendable (WebhookReply) -> Void) {
    reply(.failure("webhooks are not called from here"))
  }
}
