import Tree

/// The rules of Events (k8s.io/kubernetes, pkg/apis/core/validation/events.go).
struct EventValidation: KindRules {
  static let wordLimit = 128
  static let noteLimit = 1_024

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let namespace = value["metadata", "namespace"]?.string ?? ""
    let involved = value["involvedObject", "namespace"]?.string ?? ""
    let mismatch = FieldError.invalid("involvedObject.namespace", .string(involved), "does not match event.namespace")
    guard value["eventTime"]?.string == nil else {
      // What has no namespace is told of in one of these.
      let isRight = !involved.isEmpty || ["default", "kube-system"].contains(namespace)
      return (isRight ? [] : [mismatch]) + reporterErrors(value) + wordErrors(value)
    }
    let isRight = involved.isEmpty ? namespace.isEmpty || namespace == "default" : namespace == involved
    return isRight ? [] : [mismatch]
  }

  private func reporterErrors(_ value: Value) -> [FieldError] {
    let controller = value.text("reportingComponent")
    var errors: [FieldError] = controller.isEmpty ? [.required("reportingController")] : []
    errors += FieldError.invalid(
      "reportingController", .string(controller), NameSyntax.qualifiedNameErrors(controller))
    return errors
  }

  private func wordErrors(_ value: Value) -> [FieldError] {
    var errors: [FieldError] = []
    for field in ["reportingInstance", "action", "reason"] {
      let word = value.text(field)
      if word.isEmpty { errors.append(.required(field)) }
      if word.utf8.count > Self.wordLimit { errors.append(tooLong(field, Self.wordLimit)) }
    }
    if value.text("message").utf8.count > Self.noteLimit { errors.append(tooLong("message", Self.noteLimit)) }
    return errors
  }

  private func tooLong(_ field: String, _ limit: Int) -> FieldError {
    .invalid(field, "", "can have at most \(limit) characters")
  }
}

/// What events.k8s.io/v1 asks of Events besides; they are checked as they are stored.
struct NewEventValidation: KindRules {
  /// What the newer form no longer sets.
  private static let old = ["firstTimestamp", "lastTimestamp", "count", "source"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard let old else { return creationErrors(value) }
    var errors = value["series"] == old["series"] ? [] : seriesErrors(value)
    for (field, name) in [
      ("involvedObject", "involvedObject"), ("reason", "reason"), ("message", "message"), ("source", "source"),
      ("firstTimestamp", "firstTimestamp"), ("lastTimestamp", "lastTimestamp"), ("count", "count"), ("type", "type"),
      ("eventTime", "eventTime"), ("action", "action"), ("related", "related"),
      ("reportingComponent", "reportingController"), ("reportingInstance", "reportingInstance"),
    ] where !same(value[field], old[field]) {
      errors.append(.invalid(name, value[field] ?? "", "field is immutable"))
    }
    return errors
  }

  private func same(_ one: Value?, _ other: Value?) -> Bool {
    let nothing: [Value] = ["", .null, 0, [:]]
    return one == other || nothing.contains(one ?? .null) && nothing.contains(other ?? .null)
  }

  private func creationErrors(_ value: Value) -> [FieldError] {
    let name = value["metadata", "name"] ?? ""
    var errors = FieldError.invalid("metadata.name", name, NameSyntax.subdomainErrors(name.string ?? ""))
    errors += seriesErrors(value)
    if value["eventTime"]?.string == nil { errors.append(.required("eventTime")) }
    let type = value.text("type")
    if type != "Normal", type != "Warning" { errors.append(.invalid("type", "", "has invalid value: \(type)")) }
    for field in Self.old where !same(value[field], nil) {
      errors.append(.invalid(field, "", "needs to be unset"))
    }
    return errors
  }

  private func seriesErrors(_ value: Value) -> [FieldError] {
    guard let series = value["series"] else { return [] }
    var errors: [FieldError] = []
    if series["count"]?.integer ?? 0 < 2 { errors.append(.invalid("series.count", "", "should be at least 2")) }
    if series["lastObservedTime"]?.string == nil { errors.append(.required("series.lastObservedTime")) }
    return errors
  }
}
