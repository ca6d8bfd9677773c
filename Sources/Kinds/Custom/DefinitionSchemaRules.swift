import CEL
import Tree

/// The rules of structural schemas (k8s.io/apiextensions-apiserver, schema and validation).
struct DefinitionSchemaRules {
  /// Where a schema stands in another.
  enum Place {
    case root, field, item
  }

  private(set) var errors: [FieldError] = []

  private static let types = ["array", "boolean", "integer", "number", "object", "string"]

  mutating func check(_ schema: Value, _ path: String, _ place: Place) {
    checkType(schema, path, place)
    checkUnsupported(schema, path)
    if place == .root, schema["additionalProperties"] != nil {
      errors.append(.forbidden(path + ".additionalProperties", "must not be used at the root"))
    }
    checkEmbedded(schema, path, place)
    errors += SchemaListRules.errors(schema, path)
    errors += Self.defaultErrors(schema, path)
    for member in schema["properties"]?.object ?? Members() {
      check(member.value, "\(path).properties[\(member.key)]", .field)
    }
    if let additional = schema["additionalProperties"], additional.object != nil {
      check(additional, path + ".additionalProperties", .field)
    }
    if let items = schema["items"] { check(items, path + ".items", .item) }
    errors += NestedSchemaRules.errors(schema, path)
    checkExpressions(schema, path)
  }

  private mutating func checkType(_ schema: Value, _ path: String, _ place: Place) {
    let type = schema.text("type")
    if type.isEmpty {
      if isFree(schema) { return }
      let why =
        switch place {
        case .root: "must not be empty at the root"
        case .item: "must not be empty for specified array items"
        case .field: "must not be empty for specified object fields"
        }
      errors.append(.required(path + ".type", why))
    } else if place == .root, type != "object" {
      errors.append(.invalid(path + ".type", .string(type), "must be object at the root"))
    } else if !Self.types.contains(type) {
      errors.append(.notSupported(path + ".type", type, Self.types))
    }
  }

  /// Whether a schema needs no type: it takes numbers and words, or says with what else it is.
  private func isFree(_ schema: Value) -> Bool {
    ["int-or-string", "preserve-unknown-fields", "embedded-resource"].contains {
      schema["x-kubernetes-" + $0] == true
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
    if schema["x-kubernetes-preserve-unknown-fields"] == false {
      let why = "must be true or undefined"
      errors.append(.invalid(path + ".x-kubernetes-preserve-unknown-fields", false, why))
    }
  }

  /// What a schema says of objects of the API: the root is one, and those embedded in it.
  private mutating func checkEmbedded(_ schema: Value, _ path: String, _ place: Place) {
    let isEmbedded = schema["x-kubernetes-embedded-resource"] == true
    if schema["x-kubernetes-int-or-string"] == true {
      let why = "must be false if x-kubernetes-int-or-string is true"
      for field in ["preserve-unknown-fields", "embedded-resource"] where schema["x-kubernetes-" + field] == true {
        errors.append(.invalid(path + ".x-kubernetes-" + field, true, why))
      }
    }
    let properties = schema["properties"] ?? [:]
    if isEmbedded {
      checkEmbeddedObject(schema, path)
    } else if place != .root {
      return
    }
    for field in ["kind", "apiVersion"] {
      guard let property = properties[field], property["type"] != "string" else { continue }
      errors.append(
        .invalid("\(path).properties[\(field)].type", .string(property.text("type")), "must be string"))
    }
    guard let metadata = properties["metadata"] else { return }
    let inner = path + ".properties[metadata]"
    if metadata["type"] != "object" {
      errors.append(.invalid(inner + ".type", .string(metadata.text("type")), "must be object"))
    }
    let named = Set((metadata["properties"]?.object ?? Members()).map(\.key))
    let others = (metadata.object ?? Members()).map(\.key).filter { $0 != "type" && $0 != "properties" }
    if place == .root, !named.isSubset(of: ["name", "generateName"]) || !others.isEmpty {
      let why = "must not specify anything other than name and generateName, but metadata is implicitly specified"
      errors.append(.forbidden(inner, why))
    }
  }

  private mutating func checkEmbeddedObject(_ schema: Value, _ path: String) {
    let type = schema.text("type")
    let why = "must be object if x-kubernetes-embedded-resource is true"
    if type.isEmpty {
      errors.append(.required(path + ".type", why))
    } else if type != "object" {
      errors.append(.invalid(path + ".type", .string(type), why))
    }
    if schema["additionalProperties"] != nil {
      let why = "must not be used if x-kubernetes-embedded-resource is set"
      errors.append(.forbidden(path + ".additionalProperties", why))
    }
    if schema["x-kubernetes-preserve-unknown-fields"] != true, schema["properties"]?.object?.isEmpty ?? true {
      let why =
        "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
      errors.append(.required(path + ".properties", why))
    }
  }

  // MARK: Expressions

  private mutating func checkExpressions(_ schema: Value, _ path: String) {
    for (index, source) in (schema["x-kubernetes-validations"]?.array ?? []).enumerated() {
      let place = "\(path).x-kubernetes-validations[\(index)].rule"
      let rule = CustomRule(source)
      errors += wordErrors(source, "\(path).x-kubernetes-validations[\(index)]")
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
      } else if let type = typing(of: rule, StructuralSchema(schema))?.type, ![.boolean, .uncertain].contains(type) {
        let why = "cel expression must evaluate to a bool"
        errors.append(FieldError(.invalid, field: place, message: "Invalid value: \(Self.goText(source)): \(why)"))
      }
    }
  }

  private func typing(of rule: CustomRule, _ schema: StructuralSchema) -> (type: StaticType, error: CELError?)? {
    rule.program?.typing { path in
      guard path[0] == "self" || path[0] == "oldSelf" && !rule.takesAbsent else { return .uncertain }
      return path.dropFirst().reduce(Optional(schema)) { $0?.property(escaped: $1) }?.staticType ?? .uncertain
    }
  }

  private static let reasons = [
    "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired",
  ]

  /// What a rule says beside its expression.
  private func wordErrors(_ source: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let message = source["message"]?.string, !message.isEmpty {
      if message.contains(where: \.isNewline) {
        errors.append(.invalid(path + ".message", .string(message), "message must not contain line breaks"))
      }
      if message.allSatisfy(\.isWhitespace) {
        errors.append(.invalid(path + ".message", .string(message), "message must be non-empty if specified"))
      }
    }
    if let expression = source["messageExpression"]?.string, !expression.isEmpty,
      expression.allSatisfy(\.isWhitespace)
    {
      errors.append(.required(path + ".messageExpression", "messageExpression must be non-empty if specified"))
    }
    if let reason = source["reason"]?.string, !Self.reasons.contains(reason) {
      errors.append(.notSupported(path + ".reason", reason, Self.reasons))
    }
    return errors
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
    guard let error = typing(of: rule, schema)?.error else { return nil }
    return (error.message, error.position?.column ?? 1)
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

extension StructuralSchema {
  /// What rules see a value of it as.
  fileprivate var staticType: StaticType {
    if isIntOrString || isNullable { return .uncertain }
    switch (type, format) {
    case ("boolean", _): return .boolean
    case ("integer", _): return .integer
    case ("number", _): return .real
    case ("string", "byte"): return .bytes
    case ("string", "date"), ("string", "date-time"): return .timestamp
    case ("string", "duration"): return .duration
    case ("string", _): return .text
    case ("array", _): return .list
    case ("object", _): return .map
    default: return .uncertain
    }
  }
}
