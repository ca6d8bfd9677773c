import API
import Hosting
import HTTP
import Kinds
import Store
import Tree

/// `/clusters/NAME/stream`: many kinds in one stream of server-sent events.
extension Site {
  /// What a console needs where the request names nothing.
  private static let defaultResources =
    "pods,nodes,deployments.apps,replicasets.apps,services,endpointslices.discovery.k8s.io,events,clocks.podium.dev,faults.podium.dev"

  func stream(_ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    guard request.method == "GET" else {
      throw Status(code: 405, reason: "MethodNotAllowed", message: "\(request.method) is not for a stream: use GET")
    }
    let caller = try caller(of: request, in: cluster)
    let parameter = { (name: String) in request.query.first { $0.name == name }?.value }
    var subscription = MultiplexSession.Subscription(kinds: [], refused: [], namespace: parameter("namespace"))
    for name in (parameter("resources") ?? Self.defaultResources).split(separator: ",") {
      let kind = try Self.kind(String(name), in: cluster)
      let namespace = kind.isNamespaced ? subscription.namespace ?? "" : ""
      let wish = Attributes(
        caller: caller, verb: "watch", group: kind.group, resource: kind.plural, namespace: namespace)
      if cluster.api.authorizer.allows(wish) {
        if !subscription.kinds.contains(kind) { subscription.kinds.append(kind) }
      } else {
        subscription.refused.append(kind.groupResource.name)
      }
    }
    if let text = request.headers["Last-Event-ID"] ?? parameter("resourceVersion") {
      guard let revision = Int64(text) else {
        throw Status(code: 400, reason: "BadRequest", message: "\"\(text)\" is no resource version: give a number")
      }
      subscription.after = revision
    }
    let stream = MultiplexSession.start(subscription, on: cluster, ticker: ticker)
    return .answer(
      HTTPResponse(status: 200, headers: Self.streamHeaders(MediaType.eventStream), body: .stream(stream)))
  }

  private static func kind(_ name: String, in cluster: HostedCluster) throws(Status) -> Kind {
    guard let kind = cluster.api.kinds.collections.first(where: { $0.groupResource.name == name }) else {
      throw Status(
        code: 400, reason: "BadRequest",
        message: "the server has no resource \"\(name)\" to stream: name it as in pods or deployments.apps")
    }
    return kind
  }
}
