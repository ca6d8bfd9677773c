import Kinds
import Tree

/// ClusterRoles that are the sum of others, chosen by labels (Kubernetes documentation, "Aggregated ClusterRoles").
enum RoleAggregation {
  private static let depthLimit = 8

  /// The role's rules: of an aggregated one those of the roles that it selects, in the order of their names.
  static func rules(of role: Value, among roles: [Value], depth: Int = 0) -> [Value] {
    guard let selectors = role["aggregationRule", "clusterRoleSelectors"]?.array, depth < depthLimit else {
      return role["rules"]?.array ?? []
    }
    let wanted = selectors.compactMap { LabelSelector($0) }
    let chosen = roles.filter { other in
      let labels = other["metadata", "labels"].map { TextMap($0) } ?? .empty
      return other["metadata", "name"] != role["metadata", "name"] && wanted.contains { $0.matches(labels) }
    }
    let sorted = chosen.sorted { ($0["metadata", "name"]?.string ?? "") < ($1["metadata", "name"]?.string ?? "") }
    var rules: [Value] = []
    for rule in sorted.flatMap({ Self.rules(of: $0, among: roles, depth: depth + 1) }) where !rules.contains(rule) {
      rules.append(rule)
    }
    return rules
  }
}
