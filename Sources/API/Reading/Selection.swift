import Kinds
import Store
import Tree

/// Which of a kind's objects a request means: label and field selectors.
struct Selection: Sendable {
  let labels: LabelSelector?
  let fields: FieldSelector?

  init(labels: LabelSelector? = nil, fields: FieldSelector? = nil) {
    self.labels = labels
    self.fields = fields
  }

  var isEverything: Bool { labels == nil && fields == nil }

  func matches(_ object: StoredObject) -> Bool {
    if let labels, !labels.matches(object.value["metadata", "labels"].map { TextMap($0) } ?? .empty) { return false }
    if let fields, !fields.matches(object.value) { return false }
    return true
  }
}
