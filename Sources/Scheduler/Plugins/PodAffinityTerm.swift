import API
import Kinds
import Store
import Tree

/// One term of a pod's affinity or anti-affinity to other pods.
struct PodAffinityTerm {
  let topologyKey: String
  let weight: Int64
  private let selector: LabelSelector
  private let namespaces: Set<String>
  private let namespaceSelector: LabelSelector?

  init(_ value: Value, of pod: PodSummary, weight: Int64 = 0) {
    topologyKey = value["topologyKey"]?.string ?? ""
    self.weight = weight
    var requirements =
      value["labelSelector"].flatMap { LabelSelector($0) }?.requirements ?? [.init(key: "", .isIn, values: [])]
    for (list, operation) in [("matchLabelKeys", LabelSelector.Operator.isIn), ("mismatchLabelKeys", .notIn)] {
      for key in value[list]?.array ?? [] {
        guard let key = key.string, let label = pod.labels[key] else { continue }
        requirements.append(.init(key: key, operation, values: [label]))
      }
    }
    selector = LabelSelector(requirements)
    namespaceSelector = value["namespaceSelector"].flatMap { LabelSelector($0) }
    let stated = (value["namespaces"]?.array ?? []).compactMap(\.string)
    namespaces = stated.isEmpty && namespaceSelector == nil ? [pod.namespace] : Set(stated)
  }

  /// The terms that must hold.
  static func required(_ rule: String, of pod: PodSummary) -> [PodAffinityTerm] {
    (pod.affinity?[rule, "requiredDuringSchedulingIgnoredDuringExecution"]?.array ?? [])
      .map { PodAffinityTerm($0, of: pod) }
  }

  /// The terms that should hold, with their weights.
  static func preferred(_ rule: String, of pod: PodSummary) -> [PodAffinityTerm] {
    (pod.affinity?[rule, "preferredDuringSchedulingIgnoredDuringExecution"]?.array ?? [])
      .map { PodAffinityTerm($0["podAffinityTerm"] ?? .null, of: pod, weight: $0["weight"]?.integer ?? 0) }
  }

  func matches(_ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    guard selector.matches(pod.labels) else { return false }
    if namespaces.contains(pod.namespace) { return true }
    guard let namespaceSelector else { return false }
    let namespace = cluster.store[Kind.namespace.key(namespace: "", name: pod.namespace)]
    return namespaceSelector.matches(AnyObjectView(namespace?.value ?? .null).metadata.labels)
  }
}
