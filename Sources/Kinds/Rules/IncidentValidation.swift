import Tree

/// The rules of Incidents: the fault says where, and the selector can be read.
struct IncidentValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = LabelValidation.errors(selector: spec["selector"], at: "spec.selector")
    let fault = spec["fault"] ?? [:]
    switch fault.text("type") {
    case "NodeDown" where fault.text("node").isEmpty:
      errors.append(.required("spec.fault.node", "the node that is to fail, as in node-2"))
    case "ContainerCrash" where (fault["pod"] ?? [:]).text("name").isEmpty:
      errors.append(.required("spec.fault.pod.name", "the pod whose container is to end"))
    default: break
    }
    // The fault's own name in the clusters is longer.
    let name = value["metadata"]?.text("name") ?? ""
    if name.utf8.count > Self.nameLimit {
      errors.append(.invalid("metadata.name", .string(name), "must have at most \(Self.nameLimit) characters"))
    }
    return errors
  }

  private static let nameLimit = 200
}
