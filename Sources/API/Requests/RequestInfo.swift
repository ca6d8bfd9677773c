/// What a request asks for: which verb on which resource, or which other address
/// (k8s.io/apiserver, endpoints/request RequestInfo).
struct RequestInfo: Equatable {
  /// `get`, `list`, `watch`, `create` …; of other addresses the method in lower case.
  var verb: String
  /// False for discovery, health and the like.
  var isResource: Bool
  var group = ""
  var version = ""
  var resource = ""
  var subresource = ""
  /// Empty: none is named.
  var namespace = ""
  var name = ""
  /// The whole address of what is no resource; empty of a resource.
  var path = ""

  init(method: String, path segments: [String], query: [(name: String, value: String)]) {
    guard let parts = Self.resourceParts(segments) else {
      isResource = false
      verb = method.lowercased()
      path = "/" + segments.joined(separator: "/")
      return
    }
    (group, version) = (parts.group, parts.version)
    isResource = true
    verb = Self.verb(method)
    setResource(parts.rest)
    refineVerb(query)
  }

  private static func resourceParts(_ path: [String]) -> (group: String, version: String, rest: ArraySlice<String>)? {
    if path.count >= 3, path[0] == "api" { return ("", path[1], path[2...]) }
    if path.count >= 4, path[0] == "apis" { return (path[1], path[2], path[3...]) }
    return nil
  }

  private static func verb(_ method: String) -> String {
    switch method {
    case "GET", "HEAD": "get"
    case "POST": "create"
    case "PUT": "update"
    case "PATCH": "patch"
    case "DELETE": "delete"
    default: method.lowercased()
    }
  }

  private mutating func setResource(_ rest: ArraySlice<String>) {
    var rest = rest
    if rest.first == "watch", rest.count > 1 {
      verb = "watch"
      rest.removeFirst()
    }
    if rest.first == "namespaces", rest.count > 1 {
      namespace = rest[rest.startIndex + 1]
      if rest.count > 2, !["finalize", "status"].contains(rest[rest.startIndex + 2]) { rest = rest.dropFirst(2) }
    }
    resource = rest.first ?? ""
    if rest.count > 1 { name = rest[rest.startIndex + 1] }
    if rest.count > 2 { subresource = rest[rest.startIndex + 2] }
    if resource == "namespaces", !name.isEmpty { namespace = name }
  }

  private mutating func refineVerb(_ query: [(name: String, value: String)]) {
    guard name.isEmpty || verb == "watch" else { return }
    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }
    if verb == "get" { verb = Self.isTrue(parameter("watch")) ? "watch" : "list" }
    if verb == "delete" { verb = "deletecollection" }
    if name.isEmpty, ["list", "watch", "deletecollection"].contains(verb),
      let selector = parameter("fieldSelector"), selector.hasPrefix("metadata.name="),
      !selector.contains(",")
    {
      selectedName = String(selector.dropFirst("metadata.name=".count))
    }
  }

  /// The one name that a list or watch is restricted to by its field selector: rules by name apply to it.
  var selectedName: String?

  /// A boolean parameter as Kubernetes takes it: there and neither `false` nor `0`.
  static func isTrue(_ parameter: String?) -> Bool {
    guard let parameter else { return false }
    return !["false", "0"].contains(parameter.lowercased())
  }
}
