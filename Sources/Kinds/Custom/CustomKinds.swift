package import Tree

extension Kind {
  /// The kinds that a CustomResourceDefinition makes the cluster serve: one a version, the preferred first; none before
  /// it is established.
  package static func custom(of definition: Value) -> [Kind] {
    guard let spec = definition["spec"], isEstablished(definition) else { return [] }
    let names = definition["status", "acceptedNames"] ?? spec["names"] ?? [:]
    let versions = spec["versions"]?.array ?? []
    let storage = versions.first { $0["storage"] == true }?["name"]?.string ?? ""
    return versions.filter { $0["served"] == true }
      .sorted { VersionPriority($0["name"]?.string ?? "") > VersionPriority($1["name"]?.string ?? "") }
      .map { kind(spec, $0, names, storage) }
  }

  private static func kind(_ spec: Value, _ version: Value, _ names: Value, _ storage: String) -> Kind {
    func texts(_ field: String) -> [String] { (names[field]?.array ?? []).compactMap(\.string) }
    let subresources = ["status", "scale"].filter { version["subresources", $0] != nil }
    return Kind(
      group: spec["group"]?.string ?? "", version: version["name"]?.string ?? "", names["kind"]?.string ?? "",
      plural: names["plural"]?.string ?? "", shortNames: texts("shortNames"), categories: texts("categories"),
      isNamespaced: spec["scope"] == "Namespaced", verbs: customVerbs, subresources: subresources,
      singular: names["singular"]?.string, listName: names["listKind"]?.string,
      custom: CustomSchema(definition: spec, version: version, names: names, storageVersion: storage))
  }

  private static let customVerbs = [
    "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch",
  ]

  private static func isEstablished(_ definition: Value) -> Bool {
    (definition["status", "conditions"]?.array ?? []).contains {
      $0["type"] == "Established" && $0["status"] == "True"
    }
  }
}

/// The order of versions: v2 before v1, those before v1beta1, that before v1alpha1, and all before other names
/// (Kubernetes documentation, "Version priority").
struct VersionPriority: Comparable {
  private let rank: [Int]
  private let name: String

  init(_ name: String) {
    self.name = name
    rank = Self.rank(of: name) ?? [0]
  }

  private static func rank(of name: String) -> [Int]? {
    guard name.first == "v" else { return nil }
    let rest = name.dropFirst()
    let major = rest.prefix { $0.isNumber }
    guard let number = Int(major) else { return nil }
    let end = rest.dropFirst(major.count)
    if end.isEmpty { return [3, number] }
    for (word, stability) in [("beta", 2), ("alpha", 1)] where end.hasPrefix(word) {
      guard let minor = Int(end.dropFirst(word.count)) else { return nil }
      return [stability, number, minor]
    }
    return nil
  }

  static func < (left: VersionPriority, right: VersionPriority) -> Bool {
    left.rank == right.rank ? left.name > right.name : left.rank.lexicographicallyPrecedes(right.rank)
  }
}
