import CEL
import Tree

/// What is wrong with a value by its schema, in the words of Kubernetes' OpenAPI validation.
struct StructuralValidation {
  private(set) var errors: [FieldError] = []

  mutating func check(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    if value.isNull {
      if !schema.isNullable, !schema.type.isEmpty { mismatch("null", schema.type, path) }
      return
    }
    checkType(value, schema, path)
    checkCombinations(value, schema, path)
    switch value {
    case .string(let text): check(text, schema, path)
    case .integer, .number: checkNumber(value, schema, path)
    case .array(let elements): check(elements, schema, path)
    case .object(let members): check(members, schema, path)
    case .null, .boolean: break
    }
    checkWords(value, schema, path)
  }

  private mutating func checkType(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    let type = Self.typeName(of: value)
    if schema.isIntOrString {
      if type != "integer", type != "string" { mismatch(type, "integer,string", path) }
      return
    }
    guard !schema.type.isEmpty, type != schema.type else { return }
    if schema.type == "number", type == "integer" { return }
    if schema.type == "integer", let number = value.number, number == number.rounded() { return }
    mismatch(type, schema.type, path)
  }

  private mutating func mismatch(_ type: String, _ expected: String, _ path: String) {
    add(.typeInvalid, path, "Invalid value: \"\(type)\": \(path) in body must be of type \(expected): \"\(type)\"")
  }

  private static func typeName(of value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private mutating func add(_ kind: FieldError.Kind, _ path: String, _ message: String) {
    errors.append(FieldError(kind, field: path.isEmpty ? "<nil>" : path, message: message))
  }

  private mutating func refuse(_ value: Value, _ path: String, _ why: String) {
    add(.invalid, path, "Invalid value: \(value.jsonText): \(path) in body \(why)")
  }

  private mutating func checkWords(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    guard let words = schema.source["enum"]?.array, !words.isEmpty, !words.contains(value) else { return }
    let list = words.map { $0.string == nil ? "\"\($0.jsonText)\"" : $0.jsonText }.joined(separator: ", ")
    add(.notSupported, path, "Unsupported value: \(value.jsonText): supported values: \(list)")
  }

  // MARK: Scalars

  private mutating func check(_ text: String, _ schema: StructuralSchema, _ path: String) {
    let source = schema.source
    let count = Int64(text.unicodeScalars.count)
    if let most = source["maxLength"]?.integer, count > most {
      add(.tooLong, path, "Too long: may not be more than \(most) bytes")
    }
    if let fewest = source["minLength"]?.integer, count < fewest {
      refuse(.string(text), path, "should be at least \(fewest) chars long")
    }
    if let pattern = source["pattern"]?.string, !pattern.isEmpty, !TextForms.matches(text, pattern) {
      refuse(.string(text), path, "should match '\(pattern)'")
    }
    if let format = source["format"]?.string, !TextForms.fits(text, format: format) {
      add(
        .typeInvalid, path,
        "Invalid value: \(Value.string(text).jsonText): \(path) in body must be of type \(format): "
          + Value.string(text).jsonText)
    }
  }

  private mutating func checkNumber(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    let source = schema.source
    let number = value.number ?? 0
    if let most = source["maximum"], let limit = most.number {
      if source["exclusiveMaximum"]?.boolean == true {
        if number >= limit { refuse(value, path, "should be less than \(most.jsonText)") }
      } else if number > limit {
        refuse(value, path, "should be less than or equal to \(most.jsonText)")
      }
    }
    if let least = source["minimum"], let limit = least.number {
      if source["exclusiveMinimum"]?.boolean == true {
        if number <= limit { refuse(value, path, "should be greater than \(least.jsonText)") }
      } else if number < limit {
        refuse(value, path, "should be greater than or equal to \(least.jsonText)")
      }
    }
    if let factor = source["multipleOf"], let divisor = factor.number, divisor > 0 {
      let quotient = number / divisor
      if quotient != quotient.rounded() { refuse(value, path, "should be a multiple of \(factor.jsonText)") }
    }
  }

  // MARK: Lists and objects

  private mutating func check(_ elements: [Value], _ schema: StructuralSchema, _ path: String) {
    if let items = schema.items {
      for (index, element) in elements.enumerated() { check(element, items, "\(path)[\(index)]") }
    }
    let count = Int64(elements.count)
    if let most = schema.source["maxItems"]?.integer, count > most { tooMany(count, most, path) }
    if let fewest = schema.source["minItems"]?.integer, count < fewest {
      refuse(.array(elements), path, "should have at least \(fewest) items")
    }
  }

  private mutating func tooMany(_ count: Int64, _ most: Int64, _ path: String) {
    add(.tooMany, path, "Too many: \(count): must have at most \(most) items")
  }

  private mutating func check(_ members: Members, _ schema: StructuralSchema, _ path: String) {
    let count = Int64(members.count)
    if let most = schema.source["maxProperties"]?.integer, count > most { tooMany(count, most, path) }
    if let fewest = schema.source["minProperties"]?.integer, count < fewest {
      refuse(.object(members), path, "should have at least \(fewest) properties")
    }
    for member in members {
      guard let below = schema.member(member.key) else { continue }
      check(member.value, below, path.isEmpty ? member.key : path + "." + member.key)
    }
    for name in (schema.source["required"]?.array ?? []).compactMap(\.string) where members[name] == nil {
      add(.required, path.isEmpty ? name : path + "." + name, "Required value")
    }
  }

  // MARK: Combinations

  private static func fits(_ value: Value, _ schema: StructuralSchema) -> Bool {
    var validation = StructuralValidation()
    validation.check(value, schema, "")
    return validation.errors.isEmpty
  }

  private mutating func checkCombinations(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    func combined(_ why: String) { add(.invalid, path, "Invalid value: \(value.jsonText): \"\(path)\" \(why)") }
    if !schema.anyOf.isEmpty, !schema.anyOf.contains(where: { Self.fits(value, $0) }) {
      combined("must validate at least one schema (anyOf)")
    }
    if !schema.oneOf.isEmpty {
      let count = schema.oneOf.count { Self.fits(value, $0) }
      let found = count == 0 ? "Found none valid" : "Found \(count) valid alternatives"
      if count != 1 { combined("must validate one and only one schema (oneOf). " + found) }
    }
    var refused = false
    for part in schema.allOf {
      let before = errors.count
      check(value, part, path)
      refused = refused || errors.count > before
    }
    if refused { combined("must validate all the schemas (allOf)") }
    if let not = schema.not, Self.fits(value, not) { combined("must not validate the schema (not)") }
  }
}

// MARK: Lists by type

extension StructuralValidation {
  /// Finds elements that are in a set twice, and objects that share their keys.
  mutating func checkDuplicates(_ value: Value, _ schema: StructuralSchema, _ path: String) {
    switch value {
    case .array(let elements):
      if schema.listType == "set" || schema.listType == "map" {
        var seen: Set<Value> = []
        for (index, element) in elements.enumerated() {
          let identity = schema.listType == "set" ? element : schema.identity(of: element)
          if !seen.insert(identity).inserted {
            errors.append(
              FieldError(.duplicate, field: "\(path)[\(index)]", message: "Duplicate value: \(identity.jsonText)"))
          }
        }
      }
      guard let items = schema.items else { return }
      for (index, element) in elements.enumerated() { checkDuplicates(element, items, "\(path)[\(index)]") }
    case .object(let members):
      for member in members {
        guard let below = schema.member(member.key) else { continue }
        checkDuplicates(member.value, below, path.isEmpty ? member.key : path + "." + member.key)
      }
    default: break
    }
  }
}

/// Texts of a certain form.
enum TextForms {
  private static let matching = try? CEL.compile("text.matches(pattern)")

  /// Whether a regular expression finds something in a text; a pattern that cannot be read refuses nothing.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let matching else { return true }
    do throws(CELError) {
      return try matching.evaluate(["text": Value.string(text), "pattern": Value.string(pattern)]) == true
    } catch {
      return true
    }
  }

  /// Whether a text has a format; formats that are not known refuse nothing.
  static func fits(_ text: String, format: String) -> Bool {
    guard let pattern = patterns[format] else { return true }
    return matches(text, pattern)
  }

  private static let patterns = [
    "date": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "date-time":
      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
      + "([.,][0-9]+)?([Zz]|[-+][0-9]{2}:?[0-9]{2})?$",
    "email": "^[^@ ]+@[^@ ]+$",
    "ipv4": "^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])$",
    "uuid": "^(?i:[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12})$",
  ]
}
