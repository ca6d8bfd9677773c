import Kinds
import Tree

/// One term of a node selector: all of its expressions must hold.
struct NodeSelectorTerm: Sendable {
  private let labels: LabelSelector
  private let fields: [LabelSelector.Requirement]
  private let isEmpty: Bool

  init(_ value: Value) {
    labels = LabelSelector(["matchExpressions": value["matchExpressions"] ?? []]) ?? LabelSelector([])
    fields = (LabelSelector(["matchExpressions": value["matchFields"] ?? []]) ?? LabelSelector([])).requirements
    isEmpty = labels.isEmpty && fields.isEmpty
  }

  /// Whether the node meets the term; an empty term meets none.
  func matches(_ node: NodeSummary) -> Bool {
    guard !isEmpty else { return false }
    return labels.matches(node.labels) && fields.allSatisfy { $0.matches($0.key == "metadata.name" ? node.name : nil) }
  }
}
