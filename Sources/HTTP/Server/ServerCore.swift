import CMicroHTTPD
import Synchronization

/// What happens to a request, step by step. libmicrohttpd calls `DaemonCallbacks`, and those call this.
final class ServerCore: Sendable {
  let options: HTTPServerOptions
  let handler: any HTTPHandler
  let connections = ConnectionRegistry()
  let suspensions = SuspensionRegistry()
  let handovers = Handovers()
  /// Bytes set aside for bodies being read.
  private let reserved = Atomic(0)
  /// Connections that have changed their protocol.
  private let upgrades = Atomic(0)

  init(options: HTTPServerOptions, handler: any HTTPHandler) {
    self.options = options
    self.handler = handler
  }

  func opened(_ handle: ConnectionHandle) -> ClientConnection {
    let descriptor = microhttpd_connection_socket(handle.raw)
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(options.limits.headerSeconds)
    let connection = ClientConnection(
      descriptor: descriptor,
      address: Sockets.peerAddress(microhttpd_client_address(handle.raw)),
      isEncrypted: microhttpd_tls_session(handle.raw) != nil,
      headerDeadline: handovers.take(descriptor) ?? deadline,
      handler: handler)
    connections.add(connection)
    return connection
  }

  func closed(_ connection: ClientConnection) {
    connections.remove(connection)
  }

  func requestLineCame(target: String?, on connection: ClientConnection, handle: ConnectionHandle) -> Exchange {
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(options.limits.headerSeconds)
    connection.requestLineCame(headerDeadline: deadline)
    return Exchange(connection: connection, handle: handle, target: target, bodyLimit: options.limits.body)
  }

  /// One call of libmicrohttpd: first with the header fields, then with body bytes, last with none. False closes the
  /// connection.
  func step(_ exchange: Exchange, method: String, version: String, chunk: UnsafeRawBufferPointer) -> Bool {
    switch exchange.phase {
    case .headers:
      exchange.method = method
      return headersCame(exchange, version: version)
    case .body where !chunk.isEmpty:
      return exchange.body.append(chunk)
    case .body:
      return exchange.connection.enter(.nothing) && requestCame(exchange)
    case .waiting(let pending):
      guard let response = pending.take() else { return false }
      return send(response, for: exchange)
    case .answered:
      return true
    }
  }

  func finished(_ exchange: Exchange) {
    reserved.subtract(exchange.reserved, ordering: .relaxed)
    if case .waiting(let pending) = exchange.phase {
      suspensions.remove(pending)
      pending.detach()
    }
    if let stream = exchange.stream {
      suspensions.remove(stream)
      stream.detach()
    }
    endUpgrade(exchange)
    let limits = options.limits
    let wait = Double(limits.idleSeconds) + limits.headerSeconds
    exchange.connection.enter(.nextRequest, deadline: ServerTiming.now + ServerTiming.nanoseconds(wait))
    options.accessLog?(exchange.record)
  }

  /// Everything that can be refused is refused before a body is read.
  private func headersCame(_ exchange: Exchange, version: String) -> Bool {
    exchange.headers = RequestFields.read(exchange.handle)
    let connection = exchange.connection
    if options.tls != nil,
      let refusal = options.plain.refusal(peer: connection.address, isSecure: connection.isEncrypted)
    {
      return refuse(refusal, exchange)
    }
    if let refusal = RequestRules.refusal(
      method: exchange.method, version: version, target: exchange.targetParts, headers: exchange.headers)
    {
      return refuse(refusal, exchange)
    }
    exchange.phase = .body
    switch RequestBody.plan(headers: exchange.headers, limit: options.limits.body) {
    case .none:
      return connection.enter(.nothing)
    case .read, .discard:
      return bodyComes(exchange)
    case .refuse:
      return refuse(tooLarge, exchange)
    }
  }

  private func bodyComes(_ exchange: Exchange) -> Bool {
    let limits = options.limits
    let demand = RequestBody.demand(headers: exchange.headers, limit: limits.body)
    guard reserved.add(demand, ordering: .relaxed).newValue <= limits.bodiesTogether else {
      reserved.subtract(demand, ordering: .relaxed)
      let reason = "the server is reading as many request bodies as its limit of \(limits.bodiesTogether) bytes allows"
      return refuse(HTTPRefusal(status: 503, reason: reason), exchange)
    }
    exchange.reserved = demand
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(limits.bodySeconds)
    return exchange.connection.enter(.body, deadline: deadline)
  }

  private var tooLarge: HTTPRefusal {
    HTTPRefusal(status: 413, reason: "the request body is larger than the limit of \(options.limits.body) bytes")
  }

  private func requestCame(_ exchange: Exchange) -> Bool {
    if exchange.body.isOverLimit { return refuse(tooLarge, exchange) }
    let identity = identify(exchange)
    if case .refused = identity {
      let reason = "the client certificate was not signed for clients by this server's authority"
      return refuse(HTTPRefusal(status: 401, reason: reason), exchange)
    }
    guard let parts = exchange.targetParts else {
      return refuse(HTTPRefusal(status: 400, reason: "the request target is not a path"), exchange)
    }
    switch handler.respond(to: request(exchange, parts, identity: identity)) {
    case .answer(let response): return send(response, for: exchange)
    case .later(let pending): return wait(for: pending, exchange)
    case .upgrade(let upgrade): return change(upgrade, exchange)
    }
  }

  private func identify(_ exchange: Exchange) -> ClientIdentity {
    if let known = exchange.connection.identity { return known }
    let session = options.tls?.clientAuthority == nil ? nil : microhttpd_tls_session(exchange.handle.raw)
    let identity = session.map(ClientCertificates.identity(ofSession:)) ?? .none
    exchange.connection.identity = identity
    return identity
  }

  private func request(_ exchange: Exchange, _ parts: RequestTarget, identity: ClientIdentity) -> HTTPRequest {
    var certificate: PeerCertificate?
    if case .verified(let verified) = identity { certificate = verified }
    let connection = exchange.connection
    return HTTPRequest(
      method: exchange.method, target: exchange.target ?? "", parts: parts, headers: exchange.headers,
      body: exchange.body.bytes,
      peer: Peer(
        address: connection.address.text, isLoopback: connection.address.isLoopback,
        isSecure: connection.isEncrypted, certificate: certificate))
  }

  private func wait(for pending: PendingAnswer, _ exchange: Exchange) -> Bool {
    exchange.phase = .waiting(pending)
    if !suspensions.add(pending, descriptor: exchange.connection.descriptor) { pending.drain(with: stopping) }
    guard let response = pending.suspend(exchange.handle) else { return true }
    return send(response, for: exchange)
  }

  /// What a pending answer becomes when the server stops.
  var stopping: HTTPResponse {
    handler.refuse(HTTPRefusal(status: 503, reason: "the server is stopping"))
  }

  /// Counts one more connection with a changed protocol; false when there are as many as are allowed.
  func takeUpgrade() -> Bool {
    guard upgrades.add(1, ordering: .relaxed).newValue <= options.limits.upgrades else {
      giveBackUpgrade()
      return false
    }
    return true
  }

  func giveBackUpgrade() {
    upgrades.subtract(1, ordering: .relaxed)
  }

  func refuse(_ refusal: HTTPRefusal, _ exchange: Exchange) -> Bool {
    exchange.connection.enter(.nothing) && send(PlainHTTP.completed(handler.refuse(refusal)), for: exchange)
  }

  private func send(_ response: HTTPResponse, for exchange: Exchange) -> Bool {
    if case .waiting(let pending) = exchange.phase { suspensions.remove(pending) }
    exchange.phase = .answered
    exchange.status = response.status
    let prepared = PreparedResponse(
      response, method: exchange.method, requestHeaders: exchange.headers, threshold: options.compressionThreshold)
    if case .stream(let stream) = prepared.payload { open(stream, exchange) }
    return ResponseWriter.queue(prepared, for: exchange)
  }

  private func open(_ stream: EventStream, _ exchange: Exchange) {
    exchange.stream = stream
    let descriptor = exchange.connection.descriptor
    guard stream.attach(descriptor: descriptor) else { return }
    if !suspensions.add(stream, descriptor: descriptor) { stream.end() }
  }
}
