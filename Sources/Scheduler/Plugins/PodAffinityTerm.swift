import Kinds
import Tree

/// A pod's affinity and anti-affinity to other pods.
struct PodAffinity: Sendable {
  let required: [PodAffinityTerm]
  let preferred: [PodAffinityTerm]
  let requiredAnti: [PodAffinityTerm]
  let preferredAnti: [PodAffinityTerm]

  /// Nil where the pod has neither.
  init?(_ affinity: Value, labels: TextMap, namespace: String) {
    func terms(_ rule: String, _ field: String, _ sort: PodAffinityTerm.Sort) -> [PodAffinityTerm] {
      (affinity[rule, field]?.array ?? []).map { value in
        let inner = sort.isPreferred ? value["podAffinityTerm"] ?? .null : value
        let weight = sort.isPreferred ? value["weight"]?.integer ?? 0 : 0
        return PodAffinityTerm(inner, sort, weight: weight, labels: labels, namespace: namespace)
      }
    }
    let must = "requiredDuringSchedulingIgnoredDuringExecution"
    let should = "preferredDuringSchedulingIgnoredDuringExecution"
    required = terms("podAffinity", must, .required)
    preferred = terms("podAffinity", should, .preferred)
    requiredAnti = terms("podAntiAffinity", must, .requiredAnti)
    preferredAnti = terms("podAntiAffinity", should, .preferredAnti)
    if all.isEmpty { return nil }
  }

  var all: [PodAffinityTerm] { required + preferred + requiredAnti + preferredAnti }
}

/// One term of a pod's affinity or anti-affinity to other pods.
struct PodAffinityTerm: Sendable {
  enum Sort: String, Sendable {
    case required
    case preferred
    case requiredAnti
    case preferredAnti

    var isPreferred: Bool { self == .preferred || self == .preferredAnti }
  }

  let sort: Sort
  let topologyKey: String
  let weight: Int64
  let selection: PodSelection
  /// Tells terms apart.
  let identity: String

  init(_ value: Value, _ sort: Sort, weight: Int64, labels: TextMap, namespace: String) {
    self.sort = sort
    topologyKey = value["topologyKey"]?.string ?? ""
    self.weight = weight
    // A term without a selector is about no pods.
    var requirements =
      value["labelSelector"].flatMap { LabelSelector($0) }?.requirements ?? [.init(key: "", .isIn, values: [])]
    for (list, operation) in [("matchLabelKeys", LabelSelector.Operator.isIn), ("mismatchLabelKeys", .notIn)] {
      for key in value[list]?.array ?? [] {
        guard let key = key.string, let label = labels[key] else { continue }
        requirements.append(.init(key: key, operation, values: [label]))
      }
    }
    let namespaceSelector = value["namespaceSelector"].flatMap { LabelSelector($0) }
    let stated = (value["namespaces"]?.array ?? []).compactMap(\.string)
    selection = PodSelection(
      LabelSelector(requirements), namespaces: stated.isEmpty && namespaceSelector == nil ? [namespace] : stated,
      namespaceSelector: namespaceSelector, countsDeleting: true)
    identity = [sort.rawValue, topologyKey, String(weight), selection.identity].joined(separator: "|")
  }
}
