import Kinds
import Tree

/// The flow schemas and priority levels that a cluster has from its birth on (Kubernetes documentation, "API Priority and
/// Fairness", defaults).
enum FlowBootstrap {
  static var objects: [Value] { levels + schemas }

  // MARK: Priority levels

  private static let levels: [Value] = [
    object(
      .priorityLevelConfiguration, "exempt",
      ["type": "Exempt", "exempt": ["nominalConcurrencyShares": 0, "lendablePercent": 0]]),
    level("catch-all", shares: 5, lends: 0, queues: 0, hand: 0),
    level("global-default", shares: 20, lends: 50, queues: 128, hand: 6),
    level("leader-election", shares: 10, lends: 0, queues: 16, hand: 4),
    level("node-high", shares: 40, lends: 25, queues: 64, hand: 6),
    level("system", shares: 30, lends: 33, queues: 64, hand: 6),
    level("workload-high", shares: 40, lends: 50, queues: 128, hand: 6),
    level("workload-low", shares: 100, lends: 90, queues: 128, hand: 6),
  ]

  /// A level with a limit; without queues it rejects what goes beyond.
  private static func level(_ name: String, shares: Int64, lends: Int64, queues: Int64, hand: Int64) -> Value {
    var response: Value = ["type": "Reject"]
    if queues > 0 {
      response = [
        "type": "Queue",
        "queuing": ["queues": .integer(queues), "handSize": .integer(hand), "queueLengthLimit": 50],
      ]
    }
    return object(
      .priorityLevelConfiguration, name,
      [
        "type": "Limited",
        "limited": [
          "nominalConcurrencyShares": .integer(shares), "limitResponse": response, "lendablePercent": .integer(lends),
        ],
      ])
  }

  // MARK: Flow schemas

  private static let everybody = [group("system:unauthenticated"), group("system:authenticated")]
  private static let everything: Value = [
    "verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "clusterScope": true, "namespaces": ["*"],
  ]
  private static let everywhere: Value = ["verbs": ["*"], "nonResourceURLs": ["*"]]

  private static let schemas: [Value] = [
    schema("exempt", 1, "exempt", by: nil, [group("system:masters")], [everything], [everywhere]),
    schema(
      "probes", 2, "exempt", by: nil, everybody, [],
      [["verbs": ["get"], "nonResourceURLs": ["/healthz", "/readyz", "/livez"]]]),
    schema(
      "system-leader-election", 100, "leader-election", by: "ByUser",
      [user("system:kube-controller-manager"), user("system:kube-scheduler"), systemAccounts],
      [resources(["get", "create", "update"], "coordination.k8s.io", ["leases"])], []),
    schema(
      "system-node-high", 400, "node-high", by: "ByUser", [group("system:nodes")],
      [nodes, resources(["*"], "coordination.k8s.io", ["leases"])], []),
    schema("system-nodes", 500, "system", by: "ByUser", [group("system:nodes")], [everything], [everywhere]),
    schema(
      "kube-controller-manager", 800, "workload-high", by: "ByNamespace", [user("system:kube-controller-manager")],
      [everything], [everywhere]),
    schema(
      "kube-scheduler", 800, "workload-high", by: "ByNamespace", [user("system:kube-scheduler")], [everything],
      [everywhere]),
    schema(
      "kube-system-service-accounts", 900, "workload-high", by: "ByNamespace", [systemAccounts], [everything],
      [everywhere]),
    schema(
      "service-accounts", 9000, "workload-low", by: "ByUser", [group("system:serviceaccounts")], [everything],
      [everywhere]),
    schema("global-default", 9900, "global-default", by: "ByUser", everybody, [everything], [everywhere]),
    schema("catch-all", 10000, "catch-all", by: "ByUser", everybody, [everything], [everywhere]),
  ]

  private static func group(_ name: String) -> Value { ["kind": "Group", "group": ["name": .string(name)]] }
  private static func user(_ name: String) -> Value { ["kind": "User", "user": ["name": .string(name)]] }
  private static let systemAccounts: Value = [
    "kind": "ServiceAccount", "serviceAccount": ["namespace": "kube-system", "name": "*"],
  ]

  private static let nodes: Value = [
    "verbs": ["*"], "apiGroups": [""], "resources": ["nodes", "nodes/status"], "clusterScope": true,
    "namespaces": ["*"],
  ]

  private static func resources(_ verbs: [Value], _ group: String, _ names: [Value]) -> Value {
    [
      "verbs": .array(verbs), "apiGroups": [.string(group)], "resources": .array(names), "namespaces": ["*"],
    ]
  }

  private static func schema(
    _ name: String, _ precedence: Int64, _ level: String, by method: String?, _ subjects: [Value],
    _ resources: [Value], _ addresses: [Value]
  ) -> Value {
    var rule: Value = ["subjects": .array(subjects)]
    if !resources.isEmpty { rule["resourceRules"] = .array(resources) }
    if !addresses.isEmpty { rule["nonResourceRules"] = .array(addresses) }
    var spec: Value = [
      "priorityLevelConfiguration": ["name": .string(level)], "matchingPrecedence": .integer(precedence),
    ]
    spec["distinguisherMethod"] = method.map { ["type": .string($0)] }
    spec["rules"] = [rule]
    return object(.flowSchema, name, spec)
  }

  private static func object(_ kind: Kind, _ name: String, _ spec: Value) -> Value {
    [
      "kind": .string(kind.name), "apiVersion": .string(kind.apiVersion),
      "metadata": ["name": .string(name), "annotations": ["apf.kubernetes.io/autoupdate-spec": "true"]], "spec": spec,
    ]
  }
}
