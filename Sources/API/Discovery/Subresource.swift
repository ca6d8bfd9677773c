import Kinds

/// A part of an object with an address and rights of its own: `pods/log`, `deployments/scale`.
struct Subresource: Sendable {
  var name: String
  var kindName: String
  /// The group and version of its type, where they are not the kind's own.
  var foreignType: (group: String, version: String)?
  var verbs: [String]

  /// The kind's subresources, by name.
  static func all(of kind: Kind) -> [Subresource] {
    (kind.custom == nil ? kind.subresources.sorted() : kind.subresources).map { make($0, of: kind) }
  }

  /// What may be done with a subresource; nil where the kind has none of that name.
  static func verbs(of kind: Kind, _ name: String) -> [String]? {
    kind.subresources.contains(name) ? make(name, of: kind).verbs : nil
  }

  private static func make(_ name: String, of kind: Kind) -> Subresource {
    switch name {
    case "attach", "exec", "portforward":
      Subresource(name: name, kindName: optionsName(name, of: kind), verbs: ["create", "get"])
    case "binding": Subresource(name: name, kindName: "Binding", verbs: ["create"])
    case "eviction":
      Subresource(name: name, kindName: "Eviction", foreignType: ("policy", "v1"), verbs: ["create"])
    case "finalize": Subresource(name: name, kindName: kind.name, verbs: ["update"])
    case "log": Subresource(name: name, kindName: kind.name, verbs: ["get"])
    case "proxy":
      Subresource(
        name: name, kindName: optionsName(name, of: kind), verbs: ["create", "delete", "get", "patch", "update"])
    case "scale":
      Subresource(
        name: name, kindName: "Scale", foreignType: ("autoscaling", "v1"), verbs: ["get", "patch", "update"])
    case "token":
      Subresource(
        name: name, kindName: "TokenRequest", foreignType: ("authentication.k8s.io", "v1"), verbs: ["create"])
    default: Subresource(name: name, kindName: kind.name, verbs: ["get", "patch", "update"])
    }
  }

  /// `PodExecOptions`: what the query of a connection is called.
  private static func optionsName(_ name: String, of kind: Kind) -> String {
    let word = name == "portforward" ? "PortForward" : name.prefix(1).uppercased() + name.dropFirst()
    return kind.name + word + "Options"
  }
}
