import Tree

/// A namespace carries its name as a label, so that selectors can find it.
struct NamespaceDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard let name = value["metadata", "name"]?.string, !name.isEmpty else { return }
    value["metadata", "labels", "kubernetes.io/metadata.name"] = .string(name)
  }
}
