import API
import Classroom
import Cluster
import Hosting
import HTTP
import Kinds
import Loop
import Store
import Synchronization
import Tree

/// The Kubernetes API over HTTP.
extension Site {
  func api(_ request: HTTPRequest, _ path: [String], in cluster: HostedCluster) throws(Status) -> Verdict {
    var call = APIRequest(
      method: request.method, path: path, query: request.query,
      headers: request.headers.fields, body: request.body, caller: try caller(of: request, in: cluster))
    call.endsInSlash = request.path.hasSuffix("/")
    if cluster.api.isConnection(call) { return try connect(call, request, in: cluster) }
    if path == ["metrics"] { return metrics(call, in: cluster) }
    let count = cluster.metrics.begin(cluster.api.labels(of: call))
    guard cluster.api.isWrite(call) else { return read(call, request, in: cluster, count) }
    let answer = PendingAnswer()
    cluster.write(call) { response in
      count.end(code: response.status)
      answer.complete(HTTPResponse(response))
    }
    return .later(answer)
  }

  private func read(
    _ call: APIRequest, _ request: HTTPRequest, in cluster: HostedCluster, _ count: RequestMetrics.Count
  ) -> Verdict {
    switch cluster.api.read(call) {
    case .response(let response):
      count.end(code: response.status)
      return .answer(HTTPResponse(response))
    case .watch(let plan):
      let stream = WatchSession.start(plan, on: cluster.feed, ticker: ticker)
      count.beginStream()
      let close = stream.onClose
      stream.onClose = {
        close?()
        count.endStream()
      }
      return .answer(HTTPResponse(status: 200, headers: Self.streamHeaders(plan.contentType), body: .stream(stream)))
    case .log(let plan):
      count.end(code: 200)
      let signIn = signIn(of: request)
      return log(plan, in: cluster, gauge(of: request)) { [self] stream in
        if let signIn { tie(stream, to: signIn, of: request) }
        bound(stream, by: cluster)
      }
    case .proxy(let plan):
      count.end(code: 200)
      return proxy(plan, in: cluster)
    }
  }

  /// What simulated containers answer is known on the cluster's loop.
  private func proxy(_ plan: ProxyPlan, in cluster: HostedCluster) -> Verdict {
    let answer = PendingAnswer()
    let isAccepted = cluster.door.submit { world in
      let response = world.answer(plan)
      return { answer.complete(HTTPResponse(response)) }
    }
    if !isAccepted { answer.complete(HTTPResponse(APIResponse(cluster.stopped))) }
    return .later(answer)
  }

  static func streamHeaders(_ contentType: String) -> [(String, String)] {
    [("Content-Type", contentType), ("Cache-Control", "no-cache, private"), ("X-Accel-Buffering", "no")]
  }

  /// Who asks: by token, certificate or session, in Kubernetes' order, and on whose behalf.
  func caller(of request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Caller {
    if let classroom {
      let credentials = try credentials(of: request, in: cluster.name, of: classroom)
      return try cluster.api.authenticate(credentials, headers: request.headers.fields)
    }
    var credentials = Self.credentials(of: request)
    if credentials.bearerToken == nil, credentials.certificate == nil, let session = sessions.caller(of: request) {
      try checkOrigin(request)
      credentials.session = session
    }
    return try cluster.api.authenticate(credentials, headers: request.headers.fields)
  }

  /// The token and the certificate that a request brings.
  static func credentials(of request: HTTPRequest) -> Credentials {
    var token = request.headers["Authorization"].flatMap(bearerToken)
    if token == nil, WebSocketHandshake.isAsked(request) {
      token = Credentials.bearerToken(inSubprotocols: WebSocketHandshake.offered(by: request))
    }
    return Credentials(
      bearerToken: token,
      certificate: request.peer.certificate.map(Credentials.Certificate.init))
  }

  /// `Bearer TOKEN` (RFC 6750 section 2.1); nil for another scheme.
  private static func bearerToken(_ header: String) -> String? {
    guard let space = header.utf8.firstIndex(of: UInt8(ascii: " ")),
      header[..<space].utf8.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 })
    else { return nil }
    return header.utf8[space...].firstIndex { $0 != UInt8(ascii: " ") }.map { String(header[$0...]) }
  }

  /// A browser sends the cookie along with whatever page asks it to; only our own page adds this header
  /// (OWASP, "Cross-Site Request Forgery Prevention", custom request headers).
  func checkOrigin(_ request: HTTPRequest) throws(Status) {
    guard !["GET", "HEAD", "OPTIONS"].contains(request.method), request.headers["X-Podium-Console"] == nil else {
      return
    }
    throw Status(
      code: 403, reason: "Forbidden",
      message: "a change by session cookie needs the header X-Podium-Console: 1; other programs use a bearer token")
  }

  /// A container's log is no object: it is read where the simulated kubelets are, on the cluster's loop.
  private func log(
    _ plan: LogPlan, in cluster: HostedCluster, _ gauge: LearnerGauge?,
    hold: @escaping @Sendable (EventStream) -> Void
  ) -> Verdict {
    let answer = PendingAnswer()
    let isAccepted = cluster.door.submit { world in
      do throws(Status) {
        let kept = try plan.answer(from: world.logs, now: world.loop.now)
        guard plan.follows else { return { answer.complete(HTTPResponse(kept)) } }
        let stream = Self.follow(plan, kept: kept, on: world, hosted: cluster)
        if let gauge { try Self.count(stream, gauge) }
        hold(stream)
        return {
          answer.complete(
            HTTPResponse(status: 200, headers: Self.streamHeaders(plan.contentType), body: .stream(stream)))
        }
      } catch {
        return { answer.complete(HTTPResponse(APIResponse(error))) }
      }
    }
    if !isAccepted { answer.complete(HTTPResponse(APIResponse(cluster.stopped))) }
    return .later(answer)
  }

  /// The stream holds the hosted cluster: a log that is followed keeps it awake.
  private static func follow(
    _ plan: LogPlan, kept: APIResponse, on world: Cluster, hosted: HostedCluster
  ) -> EventStream {
    let stream = EventStream()
    stream.push(kept.body)
    let id = world.logs.follow(namespace: plan.namespace, pod: plan.pod, container: plan.container) { line in
      if let line { stream.push(plan.encode(line)) } else { stream.end() }
    }
    stream.onClose = {
      _ = hosted.door.submit { world in
        world.logs.unfollow(id)
        return nil
      }
    }
    return stream
  }
}

extension Credentials.Certificate {
  fileprivate init(_ certificate: PeerCertificate) {
    let validity = certificate.validity
    self.init(
      commonName: certificate.commonName, organizations: certificate.organizations, uid: certificate.userIdentifier,
      validity: Time(seconds: validity.lowerBound)...Time(seconds: validity.upperBound),
      fingerprint: certificate.fingerprint.hexadecimal, cluster: certificate.cluster)
  }
}
