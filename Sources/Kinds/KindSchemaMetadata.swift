package import Tree

/// How objects of a kind may be called.
package enum NameRule: Sendable {
  /// A DNS subdomain (RFC 1123): most kinds.
  case subdomain
  /// A DNS label (RFC 1123): namespaces and services.
  case label
  /// Anything that fits into a path: roles and events.
  case pathSegment
}

extension Kind {
  /// What the names of its objects must look like.
  package var nameRule: NameRule {
    switch (group, name) {
    case ("", "Namespace"), ("", "Service"), ("apps", "StatefulSet"): .label
    case ("rbac.authorization.k8s.io", _), ("", "Event"), ("events.k8s.io", "Event"), ("policy", "PodDisruptionBudget"),
      ("certificates.k8s.io", _), ("networking.k8s.io", "IPAddress"), ("apiregistration.k8s.io", _):
      .pathSegment
    default: .subdomain
    }
  }
}

/// What is wrong with an object's metadata (k8s.io/apimachinery, api/validation/objectmeta.go).
struct MetadataRules {
  let kind: Kind
  /// Bytes in all of an object's annotations.
  static let annotationsLimit = 256 * 1024

  func validate(_ value: Value, old: Value?) -> [FieldError] {
    guard kind.isStored, let metadata = value["metadata"] ?? .some([:]) else { return [] }
    var errors: [FieldError] = []
    checkName(metadata, &errors)
    checkNamespace(metadata, &errors)
    checkLabels(metadata["labels"], &errors)
    checkAnnotations(metadata["annotations"], &errors)
    checkOwners(metadata["ownerReferences"]?.array ?? [], &errors)
    for (index, finalizer) in (metadata["finalizers"]?.array ?? []).enumerated() {
      checkFinalizer(finalizer.string ?? "", "metadata.finalizers[\(index)]", &errors)
    }
    let finalizers = metadata["finalizers"]?.array ?? []
    if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
      let why = "finalizer orphan and foregroundDeletion cannot be both set"
      errors.append(.invalid("metadata.finalizers", .array(finalizers), why))
    }
    return errors
  }

  private func checkName(_ metadata: Value, _ errors: inout [FieldError]) {
    let name = metadata["name"]?.string ?? ""
    let prefix = metadata["generateName"]?.string ?? ""
    if !prefix.isEmpty {
      for message in NameSyntax.errors(inPrefix: prefix, kind.nameRule) {
        errors.append(.invalid("metadata.generateName", .string(prefix), message))
      }
    }
    if name.isEmpty {
      if prefix.isEmpty {
        errors.append(
          FieldError(
            .required, field: "metadata.name", message: "Required value: name or generateName is required"))
      }
      return
    }
    for message in NameSyntax.errors(in: name, kind.nameRule) {
      errors.append(.invalid("metadata.name", .string(name), message))
    }
  }

  private func checkNamespace(_ metadata: Value, _ errors: inout [FieldError]) {
    let namespace = metadata["namespace"]?.string ?? ""
    if kind.isNamespaced {
      guard !namespace.isEmpty else {
        errors.append(FieldError(.required, field: "metadata.namespace", message: "Required value"))
        return
      }
      for message in NameSyntax.labelErrors(namespace) {
        errors.append(.invalid("metadata.namespace", .string(namespace), message))
      }
    } else if !namespace.isEmpty {
      errors.append(
        FieldError(.forbidden, field: "metadata.namespace", message: "Forbidden: not allowed on this type"))
    }
  }

  private func checkLabels(_ labels: Value?, _ errors: inout [FieldError]) {
    for label in labels?.object ?? Members() {
      for message in NameSyntax.qualifiedNameErrors(label.key) {
        errors.append(.invalid("metadata.labels", .string(label.key), message))
      }
      for message in NameSyntax.labelValueErrors(label.value.string ?? "") {
        errors.append(.invalid("metadata.labels", label.value, message))
      }
    }
  }

  private func checkAnnotations(_ annotations: Value?, _ errors: inout [FieldError]) {
    var size = 0
    for annotation in annotations?.object ?? Members() {
      for message in NameSyntax.qualifiedNameErrors(annotation.key.lowercased()) {
        errors.append(.invalid("metadata.annotations", .string(annotation.key), message))
      }
      size += annotation.key.utf8.count + (annotation.value.string?.utf8.count ?? 0)
    }
    if size > Self.annotationsLimit {
      errors.append(
        FieldError(
          .tooLong, field: "metadata.annotations",
          message: "Too long: may not be more than \(Self.annotationsLimit) bytes"))
    }
  }

  private func checkOwners(_ owners: [Value], _ errors: inout [FieldError]) {
    let path = "metadata.ownerReferences"
    for owner in owners {
      let version = owner["apiVersion"]?.string ?? ""
      if version.isEmpty {
        errors.append(.invalid(path + ".apiVersion", .string(version), "version must not be empty"))
      }
      for field in ["kind", "name", "uid"] where (owner[field]?.string ?? "").isEmpty {
        errors.append(.invalid(path + "." + field, "", "must not be empty"))
      }
      if version == "v1", owner["kind"] == "Event" {
        errors.append(.invalid(path, Self.shown(owner), "/v1, Kind=Event is disallowed from being an owner"))
      }
    }
    let controllers = owners.filter { $0["controller"]?.boolean == true }
    if controllers.count > 1 {
      let names = controllers.prefix(2).map { $0["name"]?.string ?? "" }
      errors.append(
        .invalid(
          path, .array(owners.map(Self.shown)),
          "Only one reference can have Controller set to true. "
            + "Found \"true\" in references for \(names[0]) and \(names[1])"
        ))
    }
  }

  /// An owner with its fields in the order in which Kubernetes writes them.
  private static func shown(_ owner: Value) -> Value {
    let fields = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"]
    return .object(Members(fields.compactMap { field in owner[field].map { (field, $0) } }))
  }

  private func checkFinalizer(_ finalizer: String, _ path: String, _ errors: inout [FieldError]) {
    let messages = NameSyntax.qualifiedNameErrors(finalizer)
    for message in messages { errors.append(.invalid(path, .string(finalizer), message)) }
    let standard = ["orphan", "foregroundDeletion", "kubernetes"]
    if messages.isEmpty, !finalizer.contains("/"), !standard.contains(finalizer) {
      errors.append(
        .invalid(
          path, .string(finalizer), "name is neither a standard finalizer name nor is it fully qualified"))
    }
  }
}

extension FieldError {
  /// `Invalid value: "x": why`; without the last part where there is no more to say.
  package static func invalid(_ field: String, _ value: Value, _ message: String) -> FieldError {
    let why = message.isEmpty ? "" : ": " + message
    return FieldError(.invalid, field: field, message: "Invalid value: \(shown(value))\(why)")
  }

  /// A value as JSON; Go's encoder escapes some characters, but not those of a text that stands by itself.
  private static func shown(_ value: Value) -> String {
    guard let text = value.string, text.utf8.contains(where: { "<>&".utf8.contains($0) }) else { return value.jsonText }
    let pieces = text.map { character -> String in
      let piece = String(character)
      return "<>&".contains(character) ? piece : String(Value.string(piece).jsonText.dropFirst().dropLast())
    }
    return "\"" + pieces.joined() + "\""
  }
}
