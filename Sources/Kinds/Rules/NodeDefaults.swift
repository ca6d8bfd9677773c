import Tree

/// A node that says only what it has can give all of it to pods.
struct NodeDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard let capacity = value["status", "capacity"], value["status", "allocatable"] == nil else { return }
    value["status", "allocatable"] = capacity
  }
}
