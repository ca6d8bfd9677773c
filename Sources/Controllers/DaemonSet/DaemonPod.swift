import Kinds
import Store
import Tree

/// A DaemonSet's pod for one node, and whether it belongs there.
struct DaemonPod {
  private static let generationLabel = "pod-template-generation"
  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"

  let owner: StoredObject
  let hash: String

  private var template: Value { owner.value["spec", "template"] ?? [:] }

  /// What daemons bear with beyond their template: they stay on nodes that are not ready, short of something or closed
  /// (kubernetes/pkg/controller/daemon/util, AddOrUpdateDaemonPodTolerations).
  private var tolerations: [Value] {
    func bears(_ key: String, _ effect: String) -> Value {
      ["key": .string("node.kubernetes.io/" + key), "operator": "Exists", "effect": .string(effect)]
    }
    var all = [bears("not-ready", "NoExecute"), bears("unreachable", "NoExecute")]
    all += ["disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"].map { bears($0, "NoSchedule") }
    if template["spec", "hostNetwork"]?.boolean == true { all.append(bears("network-unavailable", "NoSchedule")) }
    return all
  }

  private var allTolerations: [Value] {
    var all = template["spec", "tolerations"]?.array ?? []
    for toleration in tolerations where !all.contains(toleration) { all.append(toleration) }
    return all
  }

  /// The pod: its node affinity names the node, so that the scheduler puts it there and nowhere else.
  func value(on node: String) -> Value {
    var pod = PodFromTemplate(owner: owner, kind: .daemonSet).pod
    pod["metadata", "labels", RevisionHistory.podLabel] = .string(hash)
    if let generation = DaemonSetView(owner.value).templateGeneration {
      pod["metadata", "labels", Self.generationLabel] = .string(generation)
    }
    let field: Value = ["key": "metadata.name", "operator": "In", "values": [.string(node)]]
    let present = pod["spec", "affinity", "nodeAffinity", Self.required, "nodeSelectorTerms"]?.array ?? []
    // Each of the template's terms would do; each has to name the node, too.
    let terms = present.isEmpty ? [["matchFields": [field]]] : present.map { Self.adding(field, to: $0) }
    pod["spec", "affinity", "nodeAffinity", Self.required] = ["nodeSelectorTerms": .array(terms)]
    pod["spec", "tolerations"] = .array(allTolerations)
    return pod
  }

  private static func adding(_ field: Value, to term: Value) -> Value {
    var term = term
    term["matchFields"] = [field]
    return term
  }

  /// The node that a pod runs on or is meant for.
  static func node(of pod: Pod) -> String? {
    if let name = pod.spec.nodeName, !name.isEmpty { return name }
    let terms = pod.value["spec", "affinity", "nodeAffinity", required, "nodeSelectorTerms"]?.array ?? []
    for term in terms {
      for field in term["matchFields"]?.array ?? [] where field["key"]?.string == "metadata.name" {
        if let name = field["values"]?.array?.first?.string { return name }
      }
    }
    return nil
  }

  /// Whether a node should run the daemon, and whether one that is there may stay.
  func belongs(on node: Node) -> (shouldRun: Bool, mayStay: Bool) {
    if let name = template["spec", "nodeName"]?.string, !name.isEmpty, name != node.name { return (false, false) }
    guard NodeChoice(template["spec"] ?? [:]).matches(node) else { return (false, false) }
    let bearing = Tolerations(tolerations: allTolerations)
    let untolerated = node.spec.taints.filter { bearing.patience(with: [$0]) == .none }
    return (
      !untolerated.contains { ["NoSchedule", "NoExecute"].contains($0.effect) },
      !untolerated.contains { $0.effect == "NoExecute" }
    )
  }
}

/// What a pod's node selector and required node affinity ask of a node.
struct NodeChoice {
  private let labels: LabelSelector
  private let terms: [Value]?

  init(_ podSpec: Value) {
    labels = LabelSelector(labels: podSpec["nodeSelector"].map { TextMap($0) } ?? .empty)
    terms =
      podSpec["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"]?.array
  }

  func matches(_ node: Node) -> Bool {
    guard labels.matches(node.metadata.labels) else { return false }
    return terms?.contains { Self.matches($0, node) } ?? true
  }

  /// A term without requirements matches nothing.
  private static func matches(_ term: Value, _ node: Node) -> Bool {
    let expressions = term["matchExpressions"]?.array ?? []
    let fields = term["matchFields"]?.array ?? []
    if expressions.isEmpty, fields.isEmpty { return false }
    return expressions.allSatisfy { matches($0, node.metadata.labels[$0["key"]?.string ?? ""]) }
      && fields.allSatisfy { $0["key"]?.string == "metadata.name" && matches($0, node.name) }
  }

  private static func matches(_ requirement: Value, _ value: String?) -> Bool {
    guard let operation = requirement["operator"]?.string.flatMap(LabelSelector.Operator.init(rawValue:)) else {
      return false
    }
    let values = (requirement["values"]?.array ?? []).compactMap(\.string)
    return LabelSelector.Requirement(key: requirement["key"]?.string ?? "", operation, values: values).matches(value)
  }
}
