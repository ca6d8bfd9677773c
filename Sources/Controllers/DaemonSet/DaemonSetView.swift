import Kinds
import Tree

/// A DaemonSet (API reference, DaemonSet v1 apps).
struct DaemonSetView: ObjectView {
  var value: Value
  init(_ value: Value) { self.value = value }

  var minReadySeconds: Int { value["spec", "minReadySeconds"]?.integer.map { Int($0) } ?? 0 }
  var revisionHistoryLimit: Int { value["spec", "revisionHistoryLimit"]?.integer.map { Int($0) } ?? 10 }
  var isRolling: Bool { (value["spec", "updateStrategy", "type"]?.string ?? "RollingUpdate") == "RollingUpdate" }

  /// The count of templates that older clients know it by.
  var templateGeneration: String? { metadata.annotations["deprecated.daemonset.template.generation"] }

  /// How many nodes may have two pods during an update.
  func maxSurge(of nodes: Int) -> Int { amount("maxSurge", nodes, default: 0) }

  /// How many nodes may be without an available pod during an update; one where neither this nor surge says any.
  func maxUnavailable(of nodes: Int) -> Int {
    let count = amount("maxUnavailable", nodes, default: 1)
    return count == 0 && maxSurge(of: nodes) == 0 ? 1 : count
  }

  private func amount(_ field: String, _ nodes: Int, default fallback: Int) -> Int {
    Share.count(value["spec", "updateStrategy", "rollingUpdate", field], of: nodes, roundingUp: true) ?? fallback
  }
}
