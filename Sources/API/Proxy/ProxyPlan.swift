package import Kinds
import Store
import Tree

/// A request that the API server passes on to a pod, a Service's endpoint or a node's kubelet: `pods/proxy`,
/// `services/proxy`, `nodes/proxy` (k8s.io/apimachinery, util/proxy).
package struct ProxyPlan: Sendable {
  struct Endpoint: Sendable, Equatable {
    var address: String
    var port: Int
  }

  enum Target: Sendable {
    /// One of them is asked.
    case endpoints([Endpoint])
    /// What the kubelet itself answers, where its node can be reached.
    case kubelet(node: String, Endpoint, KubeletQuestion)
    /// An address without its last slash.
    case redirect(String)
  }

  enum KubeletQuestion: Sendable {
    case answer(APIResponse)
    case log(LogPlan)
  }

  var target: Target
  var request: PortRequest
  var isEncrypted: Bool

  /// The answer, from where the ports are.
  package func answer(from ports: any PodPorts, log: (LogPlan) throws(Status) -> APIResponse) throws(Status)
    -> APIResponse
  {
    switch target {
    case .redirect(let location):
      return APIResponse(status: 301, contentType: "text/plain; charset=utf-8", headers: [("Location", location)])
    case .endpoints(let endpoints):
      let endpoint = endpoints[ports.choose(below: endpoints.count)]
      return try Self.response(
        ports.ask(request, address: endpoint.address, port: endpoint.port), endpoint, isEncrypted: isEncrypted)
    case .kubelet(let node, let endpoint, let question):
      if let problem = ports.obstacle(before: node)?.problem(endpoint.address, endpoint.port) {
        throw Self.unreachable(problem)
      }
      switch question {
      case .answer(let response): return response
      case .log(let plan): return try log(plan)
      }
    }
  }

  private static func response(
    _ outcome: PortOutcome, _ endpoint: Endpoint, isEncrypted: Bool
  ) throws(Status) -> APIResponse {
    guard case .answered(let answer) = outcome else {
      throw unreachable(outcome.problem(endpoint.address, endpoint.port) ?? "EOF")
    }
    if isEncrypted { throw unreachable("tls: first record does not look like a TLS handshake") }
    guard answer.status > 0 else { throw unreachable("EOF") }
    return APIResponse(status: answer.status, contentType: answer.contentType, body: [answer.body])
  }

  private static func unreachable(_ problem: String) -> Status {
    .unavailable("error trying to reach service: \(problem)")
  }
}

extension Status {
  fileprivate static func unavailable(_ message: String) -> Status {
    Status(code: 503, reason: "ServiceUnavailable", message: message)
  }
}

extension APIServer {
  /// Finds out where a request to a `proxy` subresource goes.
  func proxyPlan(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> ProxyPlan {
    guard let target = ProxyTarget(info.name) else {
      throw .badRequest("invalid \(kind.name.lowercased()) request \"\(info.name)\"")
    }
    let tail = request.path.dropFirst(info.proxyDepth)
    let path = "/" + tail.joined(separator: "/") + (request.endsInSlash && !tail.isEmpty ? "/" : "")
    let query = request.query.map { $0.value.isEmpty ? $0.name : "\($0.name)=\($0.value)" }.joined(separator: "&")
    let forwarded = PortRequest(
      method: request.method, path: query.isEmpty ? path : path + "?" + query, host: request.header("Host") ?? "",
      userAgent: request.header("User-Agent"))
    var plan = ProxyPlan(target: .endpoints([]), request: forwarded, isEncrypted: target.scheme == "https")
    switch kind {
    case .pod: plan.target = .endpoints([try podEndpoint(target, info)])
    case .service: plan.target = .endpoints(try serviceEndpoints(target, info))
    case .node: try aim(&plan, atNode: target, tail: Array(tail), request)
    default: throw .unknownResource
    }
    if tail.isEmpty, !request.endsInSlash, ["GET", "HEAD"].contains(request.method) {
      plan.target = .redirect(request.pathText + "/" + (query.isEmpty ? "" : "?" + query))
    }
    return plan
  }

  private func podEndpoint(_ target: ProxyTarget, _ info: RequestInfo) throws(Status) -> ProxyPlan.Endpoint {
    guard let object = feed.snapshot[Kind.pod.key(namespace: info.namespace, name: target.name)] else {
      throw .notFound(.pod, target.name)
    }
    let pod = Pod(object.value)
    guard let address = pod.status.podIP, !address.isEmpty else { throw .badRequest("address not allowed") }
    var port = Int(target.port)
    if target.port.isEmpty {
      let ports = pod.spec.containers.lazy.compactMap { $0.ports.first?["containerPort"]?.integer }
      port = ports.first.map { Int($0) } ?? (target.scheme == "https" ? 443 : 80)
    }
    guard let port, (1...65_535).contains(port) else {
      throw Status(
        code: 503, reason: "ServiceUnavailable",
        message: "error trying to reach service: dial tcp: lookup tcp/\(target.port): unknown port")
    }
    return ProxyPlan.Endpoint(address: address, port: port)
  }

  /// The addresses that are ready behind the Service's port; not none.
  private func serviceEndpoints(_ target: ProxyTarget, _ info: RequestInfo) throws(Status) -> [ProxyPlan.Endpoint] {
    var portName = target.port
    if let number = Int64(target.port) {
      guard let service = feed.snapshot[Kind.service.key(namespace: info.namespace, name: target.name)] else {
        throw .notFound(.service, target.name)
      }
      let ports = service.value["spec", "ports"]?.array ?? []
      guard let port = ports.first(where: { $0["port"]?.integer == number }) else {
        throw .unavailable("no service port \(number) found for service \"\(target.name)\"")
      }
      portName = port["name"]?.string ?? ""
    }
    guard let stored = feed.snapshot[Kind.endpoints.key(namespace: info.namespace, name: target.name)] else {
      throw .notFound(.endpoints, target.name)
    }
    var found: [ProxyPlan.Endpoint] = []
    for subset in stored.value["subsets"]?.array ?? [] {
      let port = (subset["ports"]?.array ?? []).first { ($0["name"]?.string ?? "") == portName }
      guard let number = port?["port"]?.integer else { continue }
      for address in subset["addresses"]?.array ?? [] {
        guard let ip = address["ip"]?.string else { continue }
        found.append(ProxyPlan.Endpoint(address: ip, port: Int(number)))
      }
    }
    guard !found.isEmpty else {
      let isEmpty = stored.value["subsets"]?.array?.isEmpty ?? true
      throw .unavailable("no endpoints available for service \"\(isEmpty ? target.name : info.name)\"")
    }
    return found
  }

  // MARK: Nodes

  private static let kubeletPort = 10_250

  private func aim(
    _ plan: inout ProxyPlan, atNode target: ProxyTarget, tail: [String], _ request: APIRequest
  ) throws(Status) {
    guard let node = feed.snapshot[Kind.node.key(namespace: "", name: target.name)] else {
      throw .notFound(.node, target.name)
    }
    let addresses = node.value["status", "addresses"]?.array ?? []
    guard let address = addresses.first(where: { $0["type"]?.string == "InternalIP" })?["address"]?.string else {
      throw .badRequest("no preferred addresses found; known addresses: []")
    }
    let port = target.port.isEmpty ? Self.kubeletPort : Int(target.port)
    guard let port, (1...65_535).contains(port) else {
      throw .badRequest("invalid node request \"\(target.name):\(target.port)\"")
    }
    let endpoint = ProxyPlan.Endpoint(address: address, port: port)
    guard port == Self.kubeletPort else { return plan.target = .endpoints([endpoint]) }
    plan.isEncrypted = false
    plan.target = .kubelet(node: target.name, endpoint, try kubeletQuestion(target.name, tail, request))
  }

  /// What the kubelet's own server knows: `healthz`, `pods`, `containerLogs`. Commands in containers have the API
  /// server's own addresses.
  private func kubeletQuestion(
    _ node: String, _ tail: [String], _ request: APIRequest
  ) throws(Status) -> ProxyPlan.KubeletQuestion {
    let notFound = APIResponse.text("404 page not found\n", status: 404)
    guard request.method == "GET" else { return .answer(notFound) }
    switch tail.first {
    case "healthz" where tail.count == 1: return .answer(.text("ok"))
    case "pods" where tail.count == 1:
      let pods = feed.snapshot.list(Kind.pod.groupResource).map(\.value).filter {
        $0["spec", "nodeName"]?.string == node
      }
      return .answer(.json(["kind": "PodList", "apiVersion": "v1", "metadata": [:], "items": .array(pods)]))
    case "containerLogs" where tail.count == 4:
      let log = APIRequest(
        method: "GET", path: ["api", "v1", "namespaces", tail[1], "pods", tail[2], "log"],
        query: request.query.filter { $0.name != "follow" } + [("container", tail[3])], headers: request.headers,
        caller: request.caller)
      return .log(try logPlan(log, log.info))
    default: return .answer(notFound)
    }
  }
}

extension RequestInfo {
  /// How many of the address's segments lead up to what is passed on.
  fileprivate var proxyDepth: Int {
    (group.isEmpty ? 2 : 3) + (namespace.isEmpty || resource == "namespaces" ? 0 : 2) + 3
  }
}
