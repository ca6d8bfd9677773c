import CMicroHTTPD

/// One request and its answer, from the request line until libmicrohttpd says it is over. Its connection's thread only.
final class Exchange {
  enum Phase {
    case headers
    case body
    case waiting(PendingAnswer)
    case answered
  }

  let connection: ClientConnection
  let handle: ConnectionHandle
  let target: String?
  /// The target's path and query; nil when it is neither a path nor an absolute address.
  let targetParts: RequestTarget?
  let started = ServerTiming.now
  var phase = Phase.headers
  var method = ""
  var headers = HTTPHeaders()
  var body: RequestBody
  /// Bytes of the server's budget for bodies that are set aside for this one.
  var reserved = 0
  var status = 0
  var bytesSent: UInt64 = 0
  var stream: EventStream?
  /// The change of protocol that was agreed to.
  var upgrade: (upgrade: Upgrade, connection: UpgradedConnection)?

  init(connection: ClientConnection, handle: ConnectionHandle, target: String?, bodyLimit: Int) {
    self.connection = connection
    self.handle = handle
    self.target = target
    targetParts = target.flatMap { RequestTarget($0) }
    body = RequestBody(limit: bodyLimit)
  }

  /// The record for the access log.
  var record: AccessRecord {
    AccessRecord(
      method: method,
      path: targetParts?.path ?? "",
      status: status == 0 ? connection.refusedStatus : status,
      bytes: method == "HEAD" ? 0 : stream?.bytesSent ?? bytesSent,
      nanoseconds: ServerTiming.now - started,
      peer: connection.address.text,
      userAgent: headers["User-Agent"] ?? "")
  }
}
