package import Tree

/// What Kubernetes does with a kind beyond its declaration: defaults that depend on other fields, and rules across
/// fields. One file for each kind that needs it; `RulesTable` says which belong to a kind.
package protocol KindRules: Sendable {
  /// Fills in what depends on other fields. The static defaults are there already.
  func defaults(_ value: inout Value)

  /// Sets what the server decides when an object is created and has its name and uid: labels, annotations, status.
  func prepareForCreation(_ value: inout Value)

  /// What is wrong beyond single fields; `old` is nil on creation. Defaults have been applied.
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError]
}

extension KindRules {
  /// No defaults, where the rules are about validation only.
  package func defaults(_ value: inout Value) {}

  /// Nothing that the server decides.
  package func prepareForCreation(_ value: inout Value) {}

  /// No rules, where the defaults are all.
  package func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] { [] }
}
