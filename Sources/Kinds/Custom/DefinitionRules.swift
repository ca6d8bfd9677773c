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
      for message in Self.labelErrors(name.lowercased()) where field.lowercased() != field || name != name.lowercased()
      {
        errors.append(.invalid(path, .string(name), "may have mixed case, but should otherwise match: " + message))
      }
      guard field == "plural" || field == "singular", name == name.lowercased() else { continue }
      for message in Self.labelErrors(name) { errors.append(.invalid(path, .string(name), message)) }
    }
    if !names.text("kind").isEmpty, names["kind"] == names["listKind"] {
      errors.append(
        .invalid("spec.names.listKind", names["listKind"] ?? "", "kind and listKind may not be the same"))
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

/// The rules of structural schemas.
struct DefinitionSchemaRules {
  /// Where a schema stands in another.
  enum Place {
    case root, field, item
  }

  private(set) var errors: [FieldError] = []

  mutating func check(_ schema: Value, _ path: String, _ place: Place) {
    checkType(schema, path, place)
    checkUnsupported(schema, path)
    checkLists(schema, path)
    errors += Self.defaultErrors(schema, path)
    for member in schema["properties"]?.object ?? Members() {
      check(member.value, "\(path).properties[\(member.key)]", .field)
    }
    if let additional = schema["additionalProperties"], additional.object != nil {
      check(additional, path + ".additionalProperties", .field)
    }
    if let items = schema["items"] { check(items, path + ".items", .item) }
    checkExpressions(schema, path)
  }

  private mutating func checkType(_ schema: Value, _ path: String, _ place: Place) {
    let type = schema.text("type")
    if place == .root {
      if type.isEmpty {
        errors.append(.required(path + ".type", "must not be empty at the root"))
      } else if type != "object" {
        errors.append(.invalid(path + ".type", .string(type), "must be object at the root"))
      }
      return
    }
    if type.isEmpty {
      let isFree =
        schema["x-kubernetes-int-or-string"] == true || schema["x-kubernetes-preserve-unknown-fields"] == true
      let sort = place == .item ? "array items" : "object fields"
      if !isFree { errors.append(.required(path + ".type", "must not be empty for specified \(sort)")) }
    } else if !["array", "boolean", "integer", "number", "object", "string"].contains(type) {
      errors.append(
        .notSupported(path + ".type", type, ["array", "boolean", "integer", "number", "object", "string"]))
    }
  }

  private mutating func checkUnsupported(_ schema: Value, _ path: String) {
    if schema["uniqueItems"] == true {
      errors.append(
        .forbidden(
          path + ".uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"))
    }
    if schema["additionalProperties"] == false {
      errors.append(.forbidden(path + ".additionalProperties", "additionalProperties cannot be set to false"))
    }
    if let additional = schema["additionalProperties"], additional != false, schema["properties"] != nil {
      errors.append(
        .forbidden(path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"))
    }
    if !schema.text("$ref").isEmpty { errors.append(.forbidden(path + ".$ref", "$ref is not supported")) }
    for field in ["definitions", "patternProperties", "dependencies"] where schema[field]?.object?.isEmpty == false {
      errors.append(.forbidden(path + "." + field, "\(field) is not supported"))
    }
  }

  private mutating func checkLists(_ schema: Value, _ path: String) {
    if schema.text("type") == "array", schema["items"] == nil {
      errors.append(.required(path + ".items", "must be specified"))
    }
    let list = schema.text("x-kubernetes-list-type")
    guard !list.isEmpty else { return }
    if !["atomic", "map", "set"].contains(list) {
      errors.append(.notSupported(path + ".x-kubernetes-list-type", list, ["atomic", "map", "set"]))
    }
    let keys = schema["x-kubernetes-list-map-keys"]?.array ?? []
    if list == "map", keys.isEmpty {
      errors.append(
        .required(path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"))
    }
    let required = schema["items", "required"]?.array ?? []
    for key in keys where list == "map" && !required.contains(key) {
      let name = key.string ?? ""
      guard let property = schema["items", "properties", name], property["default"] == nil else { continue }
      errors.append(
        .required(
          "\(path).items.properties[\(name)].default",
          "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"))
    }
  }

  // MARK: Expressions

  private mutating func checkExpressions(_ schema: Value, _ path: String) {
    for (index, source) in (schema["x-kubernetes-validations"]?.array ?? []).enumerated() {
      let place = "\(path).x-kubernetes-validations[\(index)].rule"
      let rule = CustomRule(source)
      if rule.text.allSatisfy(\.isWhitespace) {
        errors.append(.required(place, "rule is not specified"))
      } else if let (message, column) = problem(of: rule, StructuralSchema(schema)) {
        let text = rule.text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let marker = String(repeating: ".", count: max(0, column - 1)) + "^"
        let shown = Self.goText(source)
        errors.append(
          FieldError(
            .invalid, field: place,
            message: "Invalid value: \(shown): compilation failed: ERROR: <input>:1:\(column): \(message)\n"
              + " | \(text)\n | \(marker)"))
      }
    }
  }

  /// Why an expression cannot be used, and at which column.
  private func problem(of rule: CustomRule, _ schema: StructuralSchema) -> (String, Int)? {
    if let problem = rule.problem { return (problem.message, problem.position?.column ?? 1) }
    for reference in rule.program?.references ?? [] where ["self", "oldSelf"].contains(reference.first) {
      var path = reference[0]
      var here: StructuralSchema? = schema
      for name in reference.dropFirst() {
        guard let present = here, present.isClosed else { break }
        if present.property(escaped: name) == nil {
          return ("undefined field '\(name)'", Self.column(of: path + "." + name, in: rule.text) + path.count)
        }
        here = present.property(escaped: name)
        path += "." + name
      }
    }
    return nil
  }

  /// Where a text first stands in another, counted from 1.
  private static func column(of part: String, in text: String) -> Int {
    let (part, text) = (Array(part.utf8), Array(text.utf8))
    guard part.count <= text.count else { return 1 }
    for start in 0...(text.count - part.count) where text[start..<start + part.count].elementsEqual(part) {
      return start + 1
    }
    return 1
  }

  /// A rule as Go's encoder writes Kubernetes' inner form, where some characters are escaped.
  private static func goText(_ source: Value) -> String {
    let shown: Value = [
      "Rule": source["rule"] ?? "", "Message": source["message"] ?? "",
      "MessageExpression": source["messageExpression"] ?? "", "Reason": source["reason"] ?? .null,
      "FieldPath": source["fieldPath"] ?? "", "OptionalOldSelf": source["optionalOldSelf"] ?? .null,
    ]
    var text = ""
    for character in shown.jsonText {
      switch character {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      default: text.append(character)
      }
    }
    return text
  }
}

extension StructuralSchema {
  /// Whether its members are known by name, so that another name is a mistake.
  fileprivate var isClosed: Bool {
    (type == "object" || type.isEmpty && !names.isEmpty) && additional == nil && !allowsAdditional && !isEmbedded
      && !isIntOrString && !(preservesUnknown && names.isEmpty)
  }
}
