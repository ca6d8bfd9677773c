import Tree

/// A container's environment: names that can be, one source for a value.
struct EnvironmentValidation {
  let container: Value
  let path: String

  private static let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]

  /// The fields of a pod that a container can see in its environment.
  private static let visibleFields = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
    "status.hostIPs", "status.podIP", "status.podIPs",
  ]

  /// Fields that have a name there and yet cannot be seen.
  private static let knownFields = [
    "metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase",
    "spec.hostNetwork",
  ]

  var errors: [FieldError] {
    var errors: [FieldError] = []
    for (path, variable) in container.elements("env", in: path) {
      let name = variable.text("name")
      errors += FieldError.invalid(path + ".name", .string(name), FieldSyntax.environmentNameErrors(name))
      if let source = variable["valueFrom"] {
        errors += sourceErrors(source, at: path + ".valueFrom", value: variable.text("value"))
      }
    }
    for (path, source) in container.elements("envFrom", in: path) { errors += envFromErrors(source, path) }
    return errors
  }

  private func sourceErrors(_ source: Value, at path: String, value: String) -> [FieldError] {
    let present = Self.sources.filter { source[$0]?.isNull == false }
    var errors = present.flatMap { referenceErrors($0, source[$0] ?? [:], at: path + "." + $0) }
    if present.isEmpty {
      errors.append(
        .invalid(
          path, "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
    } else if !value.isEmpty {
      errors.append(.invalid(path, "", "may not be specified when `value` is not empty"))
    } else if present.count > 1 {
      errors.append(.invalid(path, "", "may not have more than one field specified at a time"))
    }
    return errors
  }

  private func referenceErrors(_ kind: String, _ reference: Value, at path: String) -> [FieldError] {
    switch kind {
    case "fieldRef": return fieldErrors(reference.text("fieldPath"), at: path + ".fieldPath")
    case "configMapKeyRef", "secretKeyRef":
      let key = reference.text("key")
      let absent: [FieldError] = reference.text("name").isEmpty ? [.required(path + ".name")] : []
      return key.isEmpty
        ? absent : absent + FieldError.invalid(path + ".key", .string(key), FieldSyntax.configKeyErrors(key))
    case "resourceFieldRef":
      return reference.text("resource").isEmpty ? [.required(path + ".resource")] : []
    default: return []
    }
  }

  private func fieldErrors(_ field: String, at path: String) -> [FieldError] {
    if field.isEmpty { return [.required(path)] }
    let isSubscripted =
      ["metadata.labels['", "metadata.annotations['"].contains { field.hasPrefix($0) } && field.hasSuffix("']")
    if Self.visibleFields.contains(field) || isSubscripted { return [] }
    if Self.knownFields.contains(field) { return [.notSupported(path, field, Self.visibleFields)] }
    return [
      .invalid(path, .string(field), "error converting fieldPath: field label not supported: \(field)")
    ]
  }

  private func envFromErrors(_ source: Value, _ path: String) -> [FieldError] {
    let present = ["configMapRef", "secretRef"].filter { source[$0]?.isNull == false }
    guard let first = present.first else {
      return [.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`")]
    }
    if present.count > 1 { return [.invalid(path, "", "may not have more than one field specified at a time")] }
    return source[first]?.text("name").isEmpty == true ? [.required(path + "." + first + ".name")] : []
  }
}
