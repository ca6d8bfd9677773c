import Tree

/// One rule of a Role or ClusterRole (API reference, PolicyRule v1 rbac.authorization.k8s.io).
struct PolicyRule: Sendable, Equatable {
  var verbs: [String]
  var groups: [String]
  var resources: [String]
  var names: [String]
  var paths: [String]

  init(
    verbs: [String], groups: [String] = [], resources: [String] = [], names: [String] = [], paths: [String] = []
  ) {
    self.verbs = verbs
    self.groups = groups
    self.resources = resources
    self.names = names
    self.paths = paths
  }

  init(_ value: Value) {
    func texts(_ field: String) -> [String] { value[field]?.array?.compactMap(\.string) ?? [] }
    self.init(
      verbs: texts("verbs"), groups: texts("apiGroups"), resources: texts("resources"), names: texts("resourceNames"),
      paths: texts("nonResourceURLs"))
  }

  /// The rules of a Role or ClusterRole.
  static func rules(of role: Value) -> [PolicyRule] { (role["rules"]?.array ?? []).map { PolicyRule($0) } }

  var value: Value {
    func texts(_ list: [String]) -> Value { .array(list.map(Value.string)) }
    var value: Value = ["verbs": texts(verbs)]
    if !groups.isEmpty { value["apiGroups"] = texts(groups) }
    if !resources.isEmpty { value["resources"] = texts(resources) }
    if !names.isEmpty { value["resourceNames"] = texts(names) }
    if !paths.isEmpty { value["nonResourceURLs"] = texts(paths) }
    return value
  }

  func allows(_ attributes: Attributes) -> Bool {
    guard verbs.contains("*") || verbs.contains(attributes.verb) else { return false }
    if let path = attributes.path { return paths.contains { Self.path($0, covers: path) } }
    return (groups.contains("*") || groups.contains(attributes.group))
      && (resources.contains { Self.resource($0, covers: attributes.resource, attributes.subresource) })
      && (names.isEmpty || names.contains(attributes.name))
  }

  static func path(_ pattern: String, covers path: String) -> Bool {
    pattern == "*" || pattern == path || pattern.hasSuffix("*") && path.hasPrefix(pattern.dropLast())
  }

  static func resource(_ pattern: String, covers resource: String, _ subresource: String) -> Bool {
    if pattern == "*" || pattern == (subresource.isEmpty ? resource : resource + "/" + subresource) { return true }
    return !subresource.isEmpty && pattern == "*/" + subresource
  }

  /// The rule cut into pieces of one verb on one resource (or path) of one name each.
  var pieces: [PolicyRule] {
    var pieces: [PolicyRule] = []
    for verb in verbs {
      for path in paths { pieces.append(PolicyRule(verbs: [verb], paths: [path])) }
      for group in groups {
        for resource in resources {
          if names.isEmpty { pieces.append(PolicyRule(verbs: [verb], groups: [group], resources: [resource])) }
          for name in names {
            pieces.append(PolicyRule(verbs: [verb], groups: [group], resources: [resource], names: [name]))
          }
        }
      }
    }
    return pieces
  }

  /// Whether whoever has this rule has that piece of a rule too.
  func covers(_ piece: PolicyRule) -> Bool {
    guard verbs.contains("*") || piece.verbs.allSatisfy(verbs.contains) else { return false }
    if !piece.paths.isEmpty {
      return piece.paths.allSatisfy { wanted in
        paths.contains { $0 == wanted || $0.hasSuffix("*") && wanted.hasPrefix($0.dropLast()) }
      }
    }
    return (groups.contains("*") || piece.groups.allSatisfy(groups.contains))
      && piece.resources.allSatisfy(coversResource)
      && (names.isEmpty || !piece.names.isEmpty && piece.names.allSatisfy(names.contains))
  }

  private func coversResource(_ wanted: String) -> Bool {
    if resources.contains("*") || resources.contains(wanted) { return true }
    guard let slash = wanted.firstIndex(of: "/") else { return false }
    return resources.contains("*" + wanted[slash...])
  }
}
