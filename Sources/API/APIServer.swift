package import Kinds
package import Loop
package import Store
import Schema
import Tree

/// One cluster's API: a request in, a response out. Sockets, sessions and streams are others' business.
///
/// Reads may come on any thread and are answered from the feed's last snapshot; what `isWrite` says needs the cluster's
/// loop goes to `write` there, and its answer is to be sent when the turn is committed.
package final class APIServer: Sendable {
  package let kinds: KindTable
  package let feed: Feed
  package let clusterName: String
  /// Of the product: `0.1.0`.
  package let version: String
  package let authorizer: Authorizer
  let tokens: any TokenAuthenticator
  /// What signs; nil for a server that issues no tokens.
  let identity: ClusterIdentity?
  let accounts: ServiceAccountTokens?
  let now: @Sendable () -> Time
  /// Makes webhooks' calls.
  package let webhooks: any WebhookCaller
  /// Whether the cluster runs no more.
  let isStopped: @Sendable () -> Bool
  let reader: Reader
  let discovery: Discovery
  let documents: OpenAPIDocuments

  /// `now` tells the cluster's time on any thread (tables show ages); `isStopped` whether it runs no more.
  package init(
    kinds: KindTable, feed: Feed, tokens: any TokenAuthenticator, clusterName: String, version: String,
    identity: ClusterIdentity? = nil, webhooks: any WebhookCaller = NoWebhooks(),
    isStopped: @escaping @Sendable () -> Bool = { false }, now: @escaping @Sendable () -> Time
  ) {
    self.webhooks = webhooks
    let custom = CustomKinds(feed: feed)
    let kinds = kinds.adding { custom.kinds + MetricsAPI.kinds(feed.snapshot) }
    self.kinds = kinds
    self.feed = feed
    self.tokens = tokens
    self.identity = identity
    accounts = identity.map { ServiceAccountTokens($0, feed: feed) }
    self.clusterName = clusterName
    self.version = version
    self.now = now
    self.isStopped = isStopped
    authorizer = Authorizer(feed: feed)
    reader = Reader(feed: feed, now: now)
    discovery = Discovery(kinds: kinds, version: version)
    documents = OpenAPIDocuments(kinds: kinds)
  }

  // MARK: Requests

  /// Whether the request goes to `write` on the cluster's loop (else to `read`, on any thread).
  package func isWrite(_ request: APIRequest) -> Bool {
    let info = request.info
    guard info.isResource else { return false }
    // What is measured is asked of the kubelets.
    if info.group == MetricsAPI.group, let kind = kind(of: info) { return kind.verbs.contains(info.verb) }
    guard !["get", "list", "watch"].contains(info.verb), let kind = kind(of: info) else { return false }
    if kind.isAnsweredOnLoop { return true }
    return kind.isStored && !isConnection(info) && info.subresource != "proxy"
  }

  /// Answers what only reads: on any thread.
  package func read(_ request: APIRequest) -> Outcome {
    let outcome = outcome(of: request)
    guard case .response(let response) = outcome else { return outcome }
    return .response(warn(of: request, response))
  }

  private func outcome(of request: APIRequest) -> Outcome {
    do throws(Status) {
      let info = request.info
      try authorize(request, info)
      guard info.isResource else {
        return .response(try nonResource(request))
      }
      return try readResource(request, info)
    } catch {
      return .response(refusal(error, to: request))
    }
  }

  /// Answers what writes: on the cluster's loop. The changes are in the writer's store, uncommitted.
  ///
  /// Webhooks are asked at once, where they answer at once; a host whose webhooks take time uses `attempt`.
  package func write(_ request: APIRequest, with writer: ObjectWriter) -> APIResponse {
    var attempt = WriteAttempt(request)
    for _ in 0..<Self.waitsLimit {
      switch self.attempt(attempt, with: writer) {
      case .response(let response): return response
      case .waits(let next, let calls):
        attempt = next.knowing(calls.map { ($0, WebhookReply.immediate(of: $0, webhooks)) })
      }
    }
    return refusal(.webhooksWithoutEnd, to: request)
  }

  /// How often one request may wait for webhooks.
  package static let waitsLimit = 100

  /// Runs a request that writes, as far as the known answers of webhooks take it: on the cluster's loop. Of a request
  /// that waits nothing is written.
  package func attempt(_ attempt: WriteAttempt, with writer: ObjectWriter) -> WriteOutcome {
    writer.listener?.note(attempt)
    var attempt = attempt
    guard Admission.hasWebhooks(writer.store) else {
      return .response(warn(of: attempt.request, answer(attempt, Sender(attempt), with: writer)))
    }
    if attempt.moment == nil { attempt.moment = writer.loop.now }
    let tape = Tape(attempt.draws)
    writer.loop.tape = tape
    defer { writer.loop.tape = nil }
    let sender = Sender(attempt)
    let response = answer(attempt, sender, with: writer)
    guard !sender.missing.isEmpty else { return .response(warn(of: attempt.request, response)) }
    attempt.draws = tape.draws
    return .waits(attempt, sender.missing)
  }

  /// Says in the answer that what was asked for is deprecated.
  private func warn(of request: APIRequest, _ response: APIResponse) -> APIResponse {
    var response = Deprecation.warn(of: request, response)
    let info = request.info
    guard info.isResource, let text = kind(of: info)?.custom?.deprecation else { return response }
    response.headers.append(("Warning", "299 - \(Value.string(text).jsonText)"))
    return response
  }

  private func answer(_ attempt: WriteAttempt, _ sender: Sender, with writer: ObjectWriter) -> APIResponse {
    let request = attempt.request
    do throws(Status) {
      let info = request.info
      try authorize(request, info)
      guard let kind = kind(of: info) else { throw unknown(info) }
      try checkMethod(info, kind)
      if kind.group == MetricsAPI.group {
        return try MetricsRequest(request: request, info: info, kind: kind, writer: writer).answer()
      }
      return try WriteRequest(request, info, kind, server: self, writer: writer).answer(sender)
    } catch {
      return refusal(error, to: request)
    }
  }

  /// A refusal in the form that the client asked for.
  package func refusal(_ status: Status, to request: APIRequest) -> APIResponse {
    if status == .unknownPath { return .text("404 page not found\n", status: 404) }
    var response = APIResponse(status)
    let representation = Representation.negotiateOrJSON(request)
    if representation.encoding == .yaml {
      response.contentType = MediaType.yaml
      response.body = [Array(YAML.encode(status.value).utf8)]
    } else if representation.encoding == .protobuf, let bytes = BuiltInSchema.protobuf.encode(status.value) {
      response.contentType = MediaType.protobuf
      response.body = [bytes]
    } else if representation.isPretty {
      response.body = [Array((JSON.encode(status.value, indentation: 2) + "\n").utf8)]
    }
    return response
  }

  // MARK: Reading

  private func readResource(_ request: APIRequest, _ info: RequestInfo) throws(Status) -> Outcome {
    guard let kind = kind(of: info) else { throw unknown(info) }
    try checkMethod(info, kind)
    // Kubernetes' router knows no HEAD; custom kinds are not behind it.
    if request.method == "HEAD", kind.custom == nil { throw .methodNotAllowed }
    switch (info.verb, info.subresource) {
    case (_, "proxy"): return .proxy(try proxyPlan(request, info, kind))
    case (_, "exec"), (_, "attach"), (_, "portforward"): throw Self.upgradeRequired
    case ("create", _): return .response(try review(request, info, kind))
    case ("get", "log") where kind == .pod: return .log(try logPlan(request, info))
    case ("get", "scale"): return .response(try Scale.get(request, info, kind, feed: feed, now: now()))
    case ("get", _): return .response(try reader.get(request, info, kind))
    case ("list", _): return .response(try reader.list(request, info, kind))
    case ("watch", _): return .watch(try reader.watch(request, info, kind))
    default: throw .methodNotAllowed
    }
  }

  func kind(of info: RequestInfo) -> Kind? {
    kinds.kind(group: info.group, version: info.version, plural: info.resource)
  }

  func unknown(_ info: RequestInfo) -> Status {
    kinds.kinds.contains { $0.group == info.group && $0.version == info.version } ? .unknownResource : .unknownPath
  }

  private func checkMethod(_ info: RequestInfo, _ kind: Kind) throws(Status) {
    if info.subresource.isEmpty {
      if kind.isNamespaced, info.namespace.isEmpty, !["list", "watch"].contains(info.verb) {
        throw info.name.isEmpty ? .methodNotAllowed : .unknownResource
      }
      if !kind.isNamespaced, !info.namespace.isEmpty, kind != .namespace { throw .unknownResource }
      // One creates in a list and changes in an object.
      let isMisplaced = info.name.isEmpty ? ["update", "patch"].contains(info.verb) : info.verb == "create"
      guard kind.verbs.contains(info.verb), !isMisplaced else { throw .methodNotAllowed }
    } else {
      guard let verbs = Subresource.verbs(of: kind, info.subresource) else { throw .unknownResource }
      guard verbs.contains(info.verb) else { throw .methodNotAllowed }
    }
  }
}

extension Status {
  /// What a request asks webhooks about changes under it again and again.
  package static let webhooksWithoutEnd = Status(
    code: 504, reason: "Timeout",
    message:
      "Timeout: request did not complete within the allotted number of \(APIServer.waitsLimit) rounds of webhooks",
    details: Details())

  /// An address that nothing serves: answered as text, as Kubernetes does.
  static let unknownPath = Status(code: 404, reason: "NotFound", message: "404 page not found")
}
