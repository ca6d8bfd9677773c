import Tree

/// The rules of Namespaces (k8s.io/kubernetes, pkg/apis/core/validation).
struct NamespaceValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    switch subresource {
    case "status": statusErrors(value)
    case "finalize": finalizerErrors(value) { "spec.finalizers[\($0)]" }
    case nil where old == nil: finalizerErrors(value) { _ in "spec.finalizers" }
    default: []
    }
  }

  /// A namespace ends when somebody has asked for that, and not before.
  private func statusErrors(_ value: Value) -> [FieldError] {
    let phase = value["status", "phase"]?.string ?? ""
    let isEnding = value["metadata", "deletionTimestamp"] != nil
    let expected = isEnding ? "Terminating" : "Active"
    if phase == expected { return [] }
    let why = "may only be '\(expected)' if `deletionTimestamp` is \(isEnding ? "not empty" : "empty")"
    return [.invalid("status.Phase", .string(phase), why)]
  }

  private func finalizerErrors(_ value: Value, at path: (Int) -> String) -> [FieldError] {
    (value["spec", "finalizers"]?.array ?? []).enumerated().flatMap { index, finalizer -> [FieldError] in
      let name = finalizer.string ?? ""
      let syntax = NameSyntax.qualifiedNameErrors(name)
      if !syntax.isEmpty { return FieldError.invalid(path(index), finalizer, syntax) }
      let why = "name is neither a standard finalizer name nor is it fully qualified"
      return name.contains("/") || ["kubernetes", "orphan", "foregroundDeletion"].contains(name)
        ? [] : [.invalid(path(index), finalizer, why)]
    }
  }
}
