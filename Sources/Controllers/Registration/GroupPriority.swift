import Kinds

/// Where a group stands among the groups, and a version in its group; the higher the earlier
/// (k8s.io/kubernetes, pkg/controlplane/apiserver/aggregator.go).
struct GroupPriority {
  var group: Int64
  var version: Int64

  /// Of the groups that CustomResourceDefinitions make.
  static let custom = GroupPriority(group: 1_000, version: 100)

  private static let groups: [String: Int64] = [
    "": 18_000, "apps": 17_800, "events.k8s.io": 17_750, "authentication.k8s.io": 17_700,
    "authorization.k8s.io": 17_600, "autoscaling": 17_500, "batch": 17_400, "certificates.k8s.io": 17_300,
    "networking.k8s.io": 17_200, "policy": 17_100, "rbac.authorization.k8s.io": 17_000, "storage.k8s.io": 16_800,
    "apiextensions.k8s.io": 16_700, "admissionregistration.k8s.io": 16_700, "scheduling.k8s.io": 16_600,
    "coordination.k8s.io": 16_500, "node.k8s.io": 16_300, "discovery.k8s.io": 16_200, "resource.k8s.io": 16_200,
    "flowcontrol.apiserver.k8s.io": 16_100, "podium.dev": 1_000,
  ]

  private static let versions: [String: Int64] = [
    "v1.": 1, "v2.autoscaling": 30, "v1.resource.k8s.io": 20, "v1.flowcontrol.apiserver.k8s.io": 21,
  ]

  /// The priorities of what is always served, by the names of its APIServices. The group of the APIServices themselves
  /// has none: it answers even where nothing is registered.
  static func table(of kinds: KindTable) -> [String: GroupPriority] {
    var table: [String: GroupPriority] = [:]
    for kind in kinds.kinds {
      guard kind.custom == nil, let group = groups[kind.group] else { continue }
      let name = kind.version + "." + kind.group
      table[name] = GroupPriority(group: group, version: versions[name] ?? 15)
    }
    return table
  }
}
