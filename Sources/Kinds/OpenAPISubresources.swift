/// What is served under an object's address: which kind goes in and out, and by which verbs.
struct Subresource {
  let name: String
  /// The kind of the bodies; the object's own for `status`.
  let kind: Kind
  let verbs: [String]
  /// Whether it answers text instead of an object.
  var isText = false

  /// The subresource of that name; nil for one that documents need not show.
  init?(of kind: Kind, named name: String) {
    self.name = name
    switch name {
    case "status", "ephemeralcontainers", "resize":
      self.kind = kind
      verbs = ["get", "put", "patch"]
    case "scale":
      self.kind = Kind.scale
      verbs = ["get", "put", "patch"]
    case "finalize":
      self.kind = kind
      verbs = ["put"]
    case "binding":
      self.kind = Subresource.binding
      verbs = ["post"]
    case "eviction":
      self.kind = Subresource.eviction
      verbs = ["post"]
    case "token":
      self.kind = Subresource.tokenRequest
      verbs = ["post"]
    case "log":
      self.kind = kind
      verbs = ["get"]
      isText = true
    default: return nil
    }
  }

  static let binding = Kind("Binding", plural: "bindings", verbs: ["create"])
  static let eviction = Kind(group: "policy", "Eviction", plural: "evictions", verbs: [])
  static let tokenRequest = Kind(group: "authentication.k8s.io", "TokenRequest", plural: "tokenrequests", verbs: [])
}
