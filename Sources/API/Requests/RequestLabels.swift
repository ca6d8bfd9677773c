package import Kinds

/// What a request is counted under (k8s.io/apiserver, endpoints/metrics): few values each, whatever clients send.
package struct RequestLabels: Hashable, Sendable {
  /// `GET`, `LIST`, `WATCH`, `POST`, `PUT`, `PATCH`, `APPLY`, `DELETE`, `DELETECOLLECTION`, `CONNECT`
  package var verb: String
  package var group = ""
  package var version = ""
  package var resource = ""
  /// Of a request for no resource its address.
  package var subresource = ""
  /// `resource`, `namespace`, `cluster`; empty of a request for no resource.
  package var scope = ""
  package var isDryRun = false
}

extension APIServer {
  /// What the request is counted under. Only what is served has a name of its own.
  package func labels(of request: APIRequest) -> RequestLabels {
    let info = request.info
    guard info.isResource, let kind = kind(of: info) else {
      let path = request.path.first.flatMap { Self.countedPaths.contains($0) ? "/" + $0 : nil }
      return RequestLabels(
        verb: Self.countedMethods.contains(request.method) ? request.method : "other",
        subresource: path ?? "")
    }
    let subresource = kind.subresources.contains(info.subresource) ? info.subresource : ""
    var labels = RequestLabels(
      verb: Self.verb(of: request, info), group: kind.group, version: kind.version, resource: kind.plural,
      subresource: subresource)
    labels.scope = !info.name.isEmpty ? "resource" : info.namespace.isEmpty ? "cluster" : "namespace"
    labels.isDryRun = !["GET", "HEAD"].contains(request.method) && request.parameter("dryRun") == "All"
    return labels
  }

  private static let countedPaths: Set<String> = [
    "api", "apis", "healthz", "livez", "readyz", "version", "openapi", "metrics", "openid", ".well-known",
  ]
  private static let countedMethods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

  private static func verb(of request: APIRequest, _ info: RequestInfo) -> String {
    if ["attach", "exec", "portforward", "proxy"].contains(info.subresource) { return "CONNECT" }
    switch info.verb {
    case "get", "list", "watch", "delete", "deletecollection": return info.verb.uppercased()
    case "create": return "POST"
    case "update": return "PUT"
    case "patch": return Patch.isApply(request) ? "APPLY" : "PATCH"
    default: return "other"
    }
  }

  /// Refuses a caller who may not read an address that is no resource.
  package func checkMayRead(_ request: APIRequest) throws(Status) { try authorize(request, request.info) }
}
