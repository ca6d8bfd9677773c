package import Kinds
import Loop
import Store
package import Tree

/// What a cluster has from its birth on.
package enum Bootstrap {
  /// The objects in the order in which they are to be made, each with its kind, apiVersion and namespace; only of kinds
  /// that are served.
  package static func objects(_ kinds: KindTable) -> [Value] {
    let all = namespaces + priorityClasses + [kubernetesService] + FlowBootstrap.objects + roles + learner + [clock]
    return all.filter { object in
      kinds.kind(apiVersion: object["apiVersion"]?.string ?? "", name: object["kind"]?.string ?? "") != nil
    }
  }

  /// Makes the objects that are not there yet.
  package static func create(with writer: ObjectWriter, kinds: KindTable) throws(Status) {
    let cause = Cause(actor: "kube-apiserver", request: "bootstrap")
    for object in objects(kinds) + authenticationMaps(writer) {
      guard let kind = kinds.kind(apiVersion: object["apiVersion"]?.string ?? "", name: object["kind"]?.string ?? "")
      else { continue }
      let namespace = object["metadata", "namespace"]?.string ?? ""
      let key = kind.key(namespace: namespace, name: object["metadata", "name"]?.string ?? "")
      guard writer.store[key] == nil else { continue }
      _ = try writer.create(kind, object, namespace: namespace, cause: cause)
    }
  }

  /// What the API server tells others about how it knows who asks: whom it believes, and since when it notes the use of
  /// tokens in Secrets (k8s.io/kubernetes, pkg/controlplane).
  private static func authenticationMaps(_ writer: ObjectWriter) -> [Value] {
    var facts: [(name: String, data: Value)] = [
      (
        "kube-apiserver-legacy-service-account-token-tracking",
        ["since": .string(String(writer.loop.now.timestamp.prefix(10)))]
      )
    ]
    if let authority = writer.certificates?.authorityCertificate {
      facts.append(("extension-apiserver-authentication", ["client-ca-file": .string(authority)]))
    }
    return facts.map { fact in
      [
        "kind": "ConfigMap", "apiVersion": "v1",
        "metadata": ["name": .string(fact.name), "namespace": "kube-system"], "data": fact.data,
      ]
    }
  }

  private static let namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"].map { name -> Value in
    ["kind": "Namespace", "apiVersion": "v1", "metadata": ["name": .string(name)]]
  }

  /// The classes of what a cluster cannot do without; the descriptions are Kubernetes' own, because clients see them.
  static let priorityClasses: [Value] = [
    priorityClass(
      "system-node-critical", 2_000_001_000,
      "Used for system critical pods that must not be moved from their current node."),
    priorityClass(
      "system-cluster-critical", 2_000_000_000,
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
  ]

  private static func priorityClass(_ name: String, _ value: Int64, _ description: String) -> Value {
    [
      "kind": "PriorityClass", "apiVersion": .string(Kind.priorityClass.apiVersion),
      "metadata": ["name": .string(name)], "value": .integer(value), "description": .string(description),
      "preemptionPolicy": "PreemptLowerPriority",
    ]
  }

  /// The API server's own address, first of the service network.
  private static let kubernetesService: Value = [
    "kind": "Service", "apiVersion": "v1",
    "metadata": [
      "name": "kubernetes", "namespace": "default",
      "labels": ["component": "apiserver", "provider": "kubernetes"],
    ],
    "spec": [
      "type": "ClusterIP", "clusterIP": "10.96.0.1",
      "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443]],
    ],
  ]

  private static let roles: [Value] =
    BootstrapTable.objects(BootstrapTable.controllerRoles + "\n" + BootstrapTable.generalRoles).map(versioned)

  /// Roles and their bindings: what a cluster of an earlier version is given, too.
  package static let rights: [Value] = roles + learner

  private static func versioned(_ object: Value) -> Value {
    var object = object
    object["apiVersion"] = .string(Kind.role.apiVersion)
    return object
  }

  /// Brought up to date at every start, as Kubernetes' own roles are.
  private static let kept: Value = ["rbac.authorization.kubernetes.io/autoupdate": "true"]

  /// User `learner` may edit in namespace `default`, look at nodes, namespaces and what is used, and use what is Podium's own.
  private static let learner: [Value] = [
    versioned([
      "kind": "ClusterRole", "metadata": ["name": "podium:learner", "annotations": kept],
      "rules": [
        ["apiGroups": [""], "resources": ["namespaces", "nodes"], "verbs": ["get", "list", "watch"]],
        ["apiGroups": ["metrics.k8s.io"], "resources": ["nodes", "pods"], "verbs": ["get", "list"]],
        [
          "apiGroups": ["podium.dev"],
          "resources": ["bookmarks", "clocks", "explanations", "faults", "forks", "images", "rewinds"],
          "verbs": ["*"],
        ],
      ],
    ]),
    versioned([
      "kind": "ClusterRoleBinding", "metadata": ["name": "podium:learner", "annotations": kept],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "podium:learner"],
      "subjects": [["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "learner"]],
    ]),
    versioned([
      "kind": "RoleBinding", "metadata": ["name": "learner", "namespace": "default", "annotations": kept],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"],
      "subjects": [["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "learner"]],
    ]),
  ]

  private static let clock: Value = [
    "kind": "Clock", "apiVersion": "podium.dev/v1", "metadata": ["name": "cluster"],
    "spec": ["speed": 1, "paused": false],
  ]
}
