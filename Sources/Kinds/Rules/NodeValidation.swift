import Tree

/// The rules of Nodes across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct NodeValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    var errors: [FieldError] = []
    var seen: Set<String> = []
    for (path, taint) in (value["spec"] ?? [:]).elements("taints", in: "spec") {
      let text = taint.text("value")
      errors += LabelValidation.keyErrors(taint.text("key"), at: path + ".key")
      errors += FieldError.invalid(path + ".value", .string(text), NameSyntax.labelValueErrors(text))
      if taint.text("effect").isEmpty { errors.append(.required(path + ".effect")) }
      if !seen.insert(taint.text("key") + ":" + taint.text("effect")).inserted {
        errors.append(
          FieldError(
            .duplicate, field: path,
            message: "Duplicate value: \(taint.jsonText): taints must be unique by key and effect pair"))
      }
    }
    if let old, let before = old["spec", "podCIDR"]?.string, !before.isEmpty,
      before != value["spec", "podCIDR"]?.string
    {
      errors.append(
        .forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid"))
    }
    return errors
  }
}
