import Tree

/// Facts about a pod that its containers see, in their environment or in files (the downward API).
enum PodFactValidation {
  /// The fields of a pod that a container can see in its environment.
  private static let environmentFields = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
    "status.hostIPs", "status.podIP", "status.podIPs",
  ]
  /// Those that it can see in files.
  private static let fileFields = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid",
  ]
  /// Fields that have a name there and yet cannot be seen.
  private static let knownFields =
    environmentFields + fileFields + ["spec.restartPolicy", "spec.schedulerName", "status.phase", "spec.hostNetwork"]

  private static let amounts = [
    "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage",
    "requests.memory",
  ]
  private static let sizes = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]

  /// A file with a fact in it; errors stand at the volume, as in Kubernetes.
  static func fileErrors(_ file: Value, at path: String) -> [FieldError] {
    let name = file.text("path")
    var errors: [FieldError] = name.isEmpty ? [.required(path + ".path")] : []
    errors += FilePath.localErrors(name, at: path + ".path")
    let resource = file["resourceFieldRef"]
    if let field = file["fieldRef"] {
      errors += fieldErrors(field, at: path + ".fieldRef", isInFile: true)
      if resource != nil {
        errors.append(.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"))
      }
    } else if let resource {
      errors += amountErrors(resource, at: path + ".resourceFieldRef", isInFile: true)
    } else {
      errors.append(.required(path, "one of fieldRef and resourceFieldRef is required"))
    }
    return errors + FilePath.modeErrors(file["mode"], at: path + ".mode")
  }

  /// A field of the pod.
  static func fieldErrors(_ reference: Value, at path: String, isInFile: Bool) -> [FieldError] {
    let (version, field) = (reference.text("apiVersion"), reference.text("fieldPath"))
    if version.isEmpty { return [.required(path + ".apiVersion")] }
    if field.isEmpty { return [.required(path + ".fieldPath")] }
    if version != "v1" { return [unreadable(field, "unsupported pod version: \(version)", at: path)] }
    if let subscripted = subscriptErrors(field, at: path) { return subscripted }
    guard knownFields.contains(field) else {
      return [unreadable(field, "field label not supported: \(field)", at: path)]
    }
    let visible = isInFile ? fileFields : environmentFields
    return visible.contains(field) ? [] : [.notSupported(path + ".fieldPath", field, visible)]
  }

  private static func unreadable(_ field: String, _ why: String, at path: String) -> FieldError {
    .invalid(path + ".fieldPath", .string(field), "error converting fieldPath: \(why)")
  }

  /// What is wrong with `metadata.labels['key']`; nil where the field has no such key.
  private static func subscriptErrors(_ field: String, at path: String) -> [FieldError]? {
    guard field.hasSuffix("']"), let bracket = field.firstIndex(of: "["), field[bracket...].hasPrefix("['") else {
      return nil
    }
    let key = String(field[bracket...].dropFirst(2).dropLast(2))
    switch field[..<bracket] {
    case "metadata.annotations": return LabelValidation.keyErrors(key.lowercased(), at: path)
    case "metadata.labels": return LabelValidation.keyErrors(key, at: path)
    default: return [unreadable(field, "field label does not support subscript: \(field)", at: path)]
    }
  }

  /// An amount of a container's resources.
  static func amountErrors(_ reference: Value, at path: String, isInFile: Bool) -> [FieldError] {
    let resource = reference.text("resource")
    var errors: [FieldError] = []
    let isOfPages = ["limits.hugepages-", "requests.hugepages-"].contains { resource.hasPrefix($0) }
    if isInFile, reference.text("containerName").isEmpty {
      errors.append(.required(path + ".containerName"))
    } else if resource.isEmpty {
      errors.append(.required(path + ".resource"))
    } else if !amounts.contains(resource), !isOfPages {
      errors.append(.notSupported(path + ".resource", resource, amounts))
    }
    guard let divisor = reference["divisor"]?.string, let amount = Quantity(divisor), amount != .zero else {
      return errors
    }
    return errors + divisorErrors(amount.description, resource, isOfPages, at: path + ".divisor")
  }

  private static func divisorErrors(_ divisor: String, _ resource: String, _ isOfPages: Bool, at path: String)
    -> [FieldError]
  {
    let kind = resource.split(separator: ".").last.map(String.init) ?? ""
    if kind == "cpu", !["1m", "1"].contains(divisor) {
      return [
        .invalid(path, .string(resource), "only divisor's values 1m and 1 are supported with the cpu resource")
      ]
    }
    let names = ["memory": "memory", "ephemeral-storage": "local ephemeral storage"]
    guard let name = names[kind] ?? (isOfPages ? "hugepages" : nil), !sizes.contains(divisor) else { return [] }
    return [
      .invalid(
        path, .string(resource),
        "only divisor's values \(sizes.joined(separator: ", ")) are supported with the \(name) resource")
    ]
  }
}
