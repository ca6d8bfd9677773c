import Tree

extension Creators {
  private static let group = "rbac.authorization.k8s.io"

  private static let rules: [Flag] = [
    .list("verb", "What may be done: get,list,watch."), .list("resource", "With what: pods,deployments.apps,pods/log."),
    .array("resource-name", "With which of them only."),
  ]

  static let role = command(
    "role", "role", usage: "NAME --verb=verb --resource=resource.group/subresource", flags: rules
  ) { (invocation, name) throws(Failure) in
    object("\(group)/v1", "Role", name, [("rules", try rules(invocation))])
  }

  static let clusterRole = command(
    "clusterrole", "cluster role", usage: "NAME --verb=verb --resource=resource.group",
    flags: rules + [
      .list("non-resource-url", "Paths outside the API, such as /healthz."),
      .text("aggregation-rule", "Labels of cluster roles to join: key=value."),
    ]
  ) { (invocation, name) throws(Failure) in
    if !invocation.text("aggregation-rule").isEmpty {
      var labels = Members()
      for pair in invocation.text("aggregation-rule").split(separator: ",") {
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { labels[parts[0]] = .string(parts[1]) }
      }
      let rule: Value = ["clusterRoleSelectors": [["matchLabels": .object(labels)]]]
      return object("\(group)/v1", "ClusterRole", name, [("aggregationRule", rule), ("rules", [])])
    }
    return object("\(group)/v1", "ClusterRole", name, [("rules", try rules(invocation))])
  }

  /// One rule an API group, as the resources' groups are.
  private static func rules(_ invocation: Invocation) throws(Failure) -> Value {
    let verbs = invocation.list("verb")
    if verbs.isEmpty { throw .error("at least one verb must be specified") }
    let paths = invocation.list("non-resource-url")
    if invocation.list("resource").isEmpty, paths.isEmpty { throw .error("at least one resource must be specified") }
    var groups: [(group: String, resources: [Value])] = []
    for word in invocation.list("resource") {
      let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
      let resource = try invocation.session.discovery().resource(parts[0])
      let name: Value = .string(parts.count > 1 ? resource.name + "/" + parts[1] : resource.name)
      if let index = groups.firstIndex(where: { $0.group == resource.group }) {
        groups[index].resources.append(name)
      } else {
        groups.append((resource.group, [name]))
      }
    }
    var rules: [Value] = groups.map { group in
      var rule: Value = ["apiGroups": [.string(group.group)], "resources": .array(group.resources)]
      let names = invocation.list("resource-name")
      if !names.isEmpty { rule["resourceNames"] = .array(names.map { .string($0) }) }
      rule["verbs"] = .array(verbs.map { .string($0) })
      return rule
    }
    if !paths.isEmpty {
      rules.append(["nonResourceURLs": .array(paths.map { .string($0) }), "verbs": .array(verbs.map { .string($0) })])
    }
    return .array(rules)
  }

  private static let subjects: [Flag] = [
    .text("clusterrole", "The cluster role to bind."), .text("role", "The role to bind."),
    .list("user", "Users to bind it to."), .list("group", "Groups to bind it to."),
    .list("serviceaccount", "Service accounts to bind it to: namespace:name."),
  ]

  static let roleBinding = command(
    "rolebinding", "role binding",
    usage: "NAME --clusterrole=NAME|--role=NAME [--user=username] [--serviceaccount=ns:name]",
    flags: subjects
  ) { (invocation, name) throws(Failure) in
    let (role, cluster) = (invocation.text("role"), invocation.text("clusterrole"))
    if role.isEmpty == cluster.isEmpty { throw .error("exactly one of clusterrole or role must be specified") }
    return try binding(
      "RoleBinding", name, role.isEmpty ? "ClusterRole" : "Role", role.isEmpty ? cluster : role, invocation)
  }

  static let clusterRoleBinding = command(
    "clusterrolebinding", "cluster role binding",
    usage: "NAME --clusterrole=NAME [--user=username] [--group=groupname]",
    flags: subjects, required: ["clusterrole"]
  ) { (invocation, name) throws(Failure) in
    try binding("ClusterRoleBinding", name, "ClusterRole", invocation.text("clusterrole"), invocation)
  }

  private static func binding(
    _ kind: String, _ name: String, _ roleKind: String, _ role: String, _ invocation: Invocation
  ) throws(Failure) -> Value {
    var subjects: [Value] = []
    for (option, kind) in [("user", "User"), ("group", "Group")] {
      for name in invocation.list(option) {
        subjects.append(["apiGroup": .string(group), "kind": .string(kind), "name": .string(name)])
      }
    }
    for account in invocation.list("serviceaccount") {
      let parts = account.split(separator: ":").map(String.init)
      guard parts.count == 2 else { throw .error("serviceaccount must be <namespace>:<name>") }
      subjects.append(["kind": "ServiceAccount", "name": .string(parts[1]), "namespace": .string(parts[0])])
    }
    let reference: Value = ["apiGroup": .string(group), "kind": .string(roleKind), "name": .string(role)]
    return object("\(group)/v1", kind, name, [("roleRef", reference), ("subjects", .array(subjects))])
  }
}
