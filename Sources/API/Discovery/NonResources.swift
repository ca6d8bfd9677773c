import Kinds
import Store
import Tree

extension APIServer {
  /// Whether `/readyz` says so.
  package var isReady: Bool {
    HealthChecks(endpoint: "readyz", snapshot: feed.snapshot, isStopped: isStopped()).isPassed
  }

  /// Answers the addresses that are no resources: discovery, health, version, OpenAPI.
  func nonResource(_ request: APIRequest) throws(Status) -> APIResponse {
    let path = request.path
    let isRouted = ["api", "apis", "version"].contains(path.first ?? "")
    guard request.method == "GET" || request.method == "HEAD" && !isRouted else {
      throw served(path) ? .methodNotAllowed : .unknownPath
    }
    if let document = issuerDocument(request) { return document }
    switch (path.first ?? "", path.count) {
    case ("", 0): return .json(["paths": .array(rootPaths.map(Value.string))])
    case ("healthz", _), ("livez", _), ("readyz", _):
      let checks = HealthChecks(endpoint: path[0], snapshot: feed.snapshot, isStopped: isStopped())
      guard let response = checks.answer(request) else { throw .unknownPath }
      return response
    case ("version", 1): return .json(versionInfo)
    case ("openapi", _):
      guard let response = documents.answer(request) else { throw .unknownPath }
      return response
    case ("api", 1):
      if Discovery.wantsAggregated(request) { return aggregated(core: true) }
      return try encode(request, discovery.coreVersions(serverAddress: request.header("Host") ?? "127.0.0.1:8080"))
    case ("apis", 1):
      if Discovery.wantsAggregated(request) { return aggregated(core: false) }
      return try encode(request, discovery.groupList)
    case ("api", 2):
      guard let resources = discovery.resources(group: "", version: path[1]) else { throw .unknownPath }
      return try encode(request, resources)
    case ("apis", 2):
      guard let group = discovery.group(path[1]) else { throw .unknownPath }
      return try encode(request, group)
    case ("apis", 3):
      guard let resources = discovery.resources(group: path[1], version: path[2]) else { throw .unknownPath }
      return try encode(request, resources)
    default: throw .unknownPath
    }
  }

  private func served(_ path: [String]) -> Bool {
    ["api", "apis", "healthz", "livez", "readyz", "version", "openapi", ".well-known", "openid"].contains(
      path.first ?? "")
  }

  private func encode(_ request: APIRequest, _ value: Value) throws(Status) -> APIResponse {
    try AnswerEncoder(request, now: now()).value(value)
  }

  private func aggregated(core: Bool) -> APIResponse {
    let bytes = AggregatedAnswers.shared.bytes(for: kinds.kinds, isCore: core) {
      discovery.aggregated(core: core).json + [UInt8(ascii: "\n")]
    }
    return APIResponse(status: 200, contentType: Discovery.aggregatedType, body: [bytes])
  }

  private var rootPaths: [String] {
    var paths = ["/api", "/apis"]
    for group in discovery.groups(core: true) { paths += group.versions.map { "/api/" + $0 } }
    for group in discovery.groups(core: false) {
      paths.append("/apis/" + group.name)
      paths += group.versions.map { "/apis/" + group.name + "/" + $0 }
    }
    if identity != nil { paths += ["/.well-known/openid-configuration", "/openid/v1/jwks"] }
    return (paths + ["/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version"]).sorted()
  }

  /// Says which Kubernetes this answers like, and in its git version that it is Podium.
  private var versionInfo: Value {
    [
      "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1",
      "minCompatibilityMinor": "35", "gitVersion": .string("v1.36.0+podium-\(version)"), "gitCommit": "",
      "gitTreeState": "clean", "buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "swiftc",
      "platform": "linux/amd64",
    ]
  }
}
