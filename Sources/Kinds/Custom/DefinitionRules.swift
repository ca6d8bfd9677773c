import CEL
import Tree

/// What Kubernetes does with a CustomResourceDefinition (k8s.io/apiextensions-apiserver, registry and validation).
struct DefinitionRules: KindRules {
  func defaults(_ value: inout Value) {
    if value["spec", "conversion"] == nil { value["spec", "conversion"] = ["strategy": "None"] }
    let kind = value["spec", "names", "kind"]?.string ?? ""
    guard !kind.isEmpty else { return }
    if (value["spec", "names", "listKind"]?.string ?? "").isEmpty {
      value["spec", "names", "listKind"] = .string(kind + "List")
    }
    if (value["spec", "names", "singular"]?.string ?? "").isEmpty {
      value["spec", "names", "singular"] = .string(kind.lowercased())
    }
  }

  func prepareForCreation(_ value: inout Value) {
    let storage = (value["spec", "versions"]?.array ?? []).first { $0["storage"] == true }?["name"]
    value["status"] = [
      "conditions": .null, "acceptedNames": ["plural": "", "kind": ""],
      "storedVersions": storage.map { .array([$0]) } ?? .null,
    ]
  }

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    checkName(value, spec, &errors)
    checkGroup(spec.text("group"), &errors)
    checkScope(spec.text("scope"), &errors)
    checkVersions(spec, &errors)
    checkNames(spec["names"] ?? [:], &errors)
    checkConversion(spec["conversion"] ?? [:], &errors)
    if spec["preserveUnknownFields"] == true {
      errors.append(.invalid("spec.preserveUnknownFields", true, "must be false"))
    }
    checkStored(value, &errors)
    if let old { checkChange(value, old, &errors) }
    return errors
  }

  private func checkName(_ value: Value, _ spec: Value, _ errors: inout [FieldError]) {
    let name = value["metadata", "name"]?.string ?? ""
    let expected = (spec["names", "plural"]?.string ?? "") + "." + spec.text("group")
    if name != expected {
      errors.append(.invalid("metadata.name", .string(name), #"must be spec.names.plural+"."+spec.group"#))
    }
  }

  private func checkGroup(_ group: String, _ errors: inout [FieldError]) {
    if group.isEmpty { return errors.append(.required("spec.group")) }
    let wrong = NameSyntax.subdomainErrors(group)
    for message in wrong { errors.append(.invalid("spec.group", .string(group), message)) }
    if wrong.isEmpty, !group.contains(".") {
      errors.append(.invalid("spec.group", .string(group), "should be a domain with at least one dot"))
    }
  }

  private func checkScope(_ scope: String, _ errors: inout [FieldError]) {
    if scope.isEmpty { return errors.append(.required("spec.scope")) }
    if scope != "Cluster", scope != "Namespaced" {
      errors.append(.notSupported("spec.scope", scope, ["Cluster", "Namespaced"]))
    }
  }

  // MARK: Versions

  private func checkVersions(_ spec: Value, _ errors: inout [FieldError]) {
    let versions = spec["versions"]?.array ?? []
    let schemas = versions.map { $0["schema"] }
    // Kubernetes keeps what all versions share once, and names that place.
    let isShared = !schemas.contains { $0 == nil } && Set(schemas).count == 1
    var names: Set<String> = []
    for (index, version) in versions.enumerated() {
      let path = "spec.versions[\(index)]"
      let name = version.text("name")
      for message in Self.labelErrors(name) { errors.append(.invalid(path + ".name", .string(name), message)) }
      if !names.insert(name).inserted {
        errors.append(.invalid(path + ".name", .string(name), "contains duplicate names"))
      }
    }
    if versions.count(where: { $0["storage"] == true }) != 1 {
      let shown = spec["versions"].map { _ in Value.array(versions.map { Self.shown($0, isShared) }) } ?? .null
      errors.append(
        .invalid(
          "spec.versions", versions.isEmpty ? .null : shown, "must have exactly one version marked as storage version"))
    }
    for (index, version) in versions.enumerated() {
      errors += DefinitionVersionRules.errors(version, "spec.versions[\(index)]")
    }
    for (index, version) in versions.enumerated() where index == 0 || !isShared {
      let path = isShared ? "spec.validation.openAPIV3Schema" : "spec.versions[\(index)].schema.openAPIV3Schema"
      guard let schema = version["schema", "openAPIV3Schema"] else {
        errors.append(.required("spec.versions[\(index)].schema.openAPIV3Schema", "schemas are required"))
        continue
      }
      var check = DefinitionSchemaRules()
      check.check(schema, path, .root)
      errors += check.errors
    }
  }

  /// A version as Go's encoder writes Kubernetes' inner form.
  private static func shown(_ version: Value, _ isShared: Bool) -> Value {
    [
      "Name": version["name"] ?? "", "Served": version["served"] ?? false, "Storage": version["storage"] ?? false,
      "Deprecated": version["deprecated"] ?? false, "DeprecationWarning": version["deprecationWarning"] ?? .null,
      "Schema": isShared ? .null : version["schema"] ?? .null, "Subresources": version["subresources"] ?? .null,
      "AdditionalPrinterColumns": version["additionalPrinterColumns"] ?? .null,
      "SelectableFields": version["selectableFields"] ?? .null,
    ]
  }

  /// A DNS label of RFC 1035.
  static func labelErrors(_ name: String) -> [String] {
    let rest = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    let isGood = rest && name.first?.isLetter == true && name.last != "-" && name.utf8.count <= 63
    return isGood
      ? []
      : [
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
          + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
          + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
      ]
  }

  // MARK: Names and status

  private func checkNames(_ names: Value, _ errors: inout [FieldError]) {
    for field in ["plural", "singular", "kind", "listKind"] {
      let name = names.text(field)
      let path = "spec.names." + field
      if name.isEmpty {
        errors.append(.required(path))
        continue
      }
      if field == "plural" || field == "singular" {
        errors += FieldError.invalid(path, .string(name), Self.labelErrors(name))
      } else {
        errors += Self.labelErrors(name.lowercased())
          .map { .invalid(path, .string(name), "may have mixed case, but should otherwise match: " + $0) }
      }
    }
    if !names.text("kind").isEmpty, names["kind"] == names["listKind"] {
      errors.append(
        .invalid("spec.names.listKind", names["listKind"] ?? "", "kind and listKind may not be the same"))
    }
    for list in ["shortNames", "categories"] {
      for (path, name) in names.elements(list, in: "spec.names") {
        errors += FieldError.invalid(path, name, Self.labelErrors(name.string ?? ""))
      }
    }
  }

  private func checkConversion(_ conversion: Value, _ errors: inout [FieldError]) {
    let (path, strategy) = ("spec.conversion", conversion.text("strategy"))
    let (webhook, versions) = (conversion["webhook"], conversion["webhook", "conversionReviewVersions"]?.array ?? [])
    // Kubernetes names the fields as they were called before.
    switch strategy {
    case "": errors.append(.required(path + ".strategy"))
    case "Webhook":
      if webhook?["clientConfig"] == nil {
        errors.append(.required(path + ".webhookClientConfig", "required when strategy is set to Webhook"))
      }
      if versions.isEmpty { errors.append(.required(path + ".conversionReviewVersions")) }
    case "None":
      if webhook?["clientConfig"] != nil {
        let why = "should not be set when strategy is not set to Webhook"
        errors.append(.forbidden(path + ".webhookClientConfig", why))
      }
    default: errors.append(.notSupported(path + ".strategy", strategy, ["None", "Webhook"]))
    }
  }

  private func checkStored(_ value: Value, _ errors: inout [FieldError]) {
    let path = "status.storedVersions"
    let stored = value["status", "storedVersions"] ?? .null
    let versions = value["spec", "versions"]?.array ?? []
    let names = (stored.array ?? []).compactMap(\.string)
    if names.isEmpty {
      return errors.append(.invalid(path, stored, "must have at least one stored version"))
    }
    for (index, name) in names.enumerated() where !versions.contains(where: { $0.text("name") == name }) {
      let why =
        "missing from spec.versions; \(name) was previously a storage version, and must remain in spec.versions "
        + "until a storage migration ensures no data remains persisted in \(name) "
        + "and removes \(name) from status.storedVersions"
      errors.append(.invalid("\(path)[\(index)]", .string(name), why))
    }
    let storage = versions.last { $0["storage"] == true }?.text("name") ?? ""
    if !storage.isEmpty, !names.contains(storage) {
      errors.append(.invalid(path, stored, "must have the storage version \(storage)"))
    }
  }

  private func checkChange(_ value: Value, _ old: Value, _ errors: inout [FieldError]) {
    for path in [["spec", "group"], ["spec", "scope"], ["spec", "names", "kind"], ["spec", "names", "plural"]] {
      let (next, before) = (path.reduce(value) { $0?[$1] }, path.reduce(old) { $0?[$1] })
      if next != before {
        errors.append(.invalid(path.joined(separator: "."), next ?? .null, "field is immutable"))
      }
    }
  }
}
