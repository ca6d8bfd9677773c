import Tree

/// What a schema says of lists and maps: how their elements are told apart (k8s.io/apiextensions-apiserver, validation).
enum SchemaListRules {
  private static let listTypes = ["atomic", "set", "map"]
  private static let mapTypes = ["atomic", "granular"]
  private static let keys = "x-kubernetes-list-map-keys"
  private static let scalars: Set<String> = ["boolean", "integer", "number", "string"]

  static func errors(_ schema: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if schema.text("type") == "array", schema["items"] == nil {
      errors.append(.required(path + ".items", "must be specified"))
    }
    errors += wordErrors(schema, "x-kubernetes-list-type", of: "array", listTypes, path)
    errors += wordErrors(schema, "x-kubernetes-map-type", of: "object", mapTypes, path)
    let list = schema["x-kubernetes-list-type"]?.string
    if schema[keys]?.array?.isEmpty == false, list != "map" {
      let (place, why) = (path + ".x-kubernetes-list-type", "must be map if x-kubernetes-list-map-keys is non-empty")
      errors.append(list.map { .invalid(place, .string($0), why) } ?? .required(place, why))
    }
    switch list {
    case "map": return errors + mapErrors(schema, path)
    case "set": return errors + setErrors(schema["items"] ?? [:], path + ".items")
    default: return errors
    }
  }

  private static func wordErrors(
    _ schema: Value, _ field: String, of type: String, _ words: [String], _ path: String
  ) -> [FieldError] {
    guard let word = schema[field]?.string else { return [] }
    let found = schema.text("type")
    if found != type {
      let (place, why) = (path + ".type", "must be \(type) if \(field) is specified")
      return [found.isEmpty ? .required(place, why) : .invalid(place, .string(found), why)]
    }
    return words.contains(word) ? [] : [.notSupported("\(path).\(field)", word, words)]
  }

  private static func mapErrors(_ schema: Value, _ path: String) -> [FieldError] {
    let keys = schema[Self.keys]?.array ?? []
    var errors: [FieldError] = []
    if keys.isEmpty {
      errors.append(.required("\(path).\(Self.keys)", "must not be empty if x-kubernetes-list-type is map"))
    }
    guard let items = schema["items"] else {
      return errors + [.required(path + ".items", "must have a schema if x-kubernetes-list-type is map")]
    }
    if items.text("type") != "object" {
      let why = "must be object if parent array's x-kubernetes-list-type is map"
      errors.append(.invalid(path + ".items.type", .string(items.text("type")), why))
    }
    var seen: Set<String> = []
    for name in keys.compactMap(\.string) {
      errors += keyErrors(name, keys, items, path)
      if !seen.insert(name).inserted {
        errors.append(.invalid("\(path).\(Self.keys)", .array(keys), "must not contain duplicate entries"))
      }
    }
    return errors
  }

  private static func keyErrors(_ name: String, _ keys: [Value], _ items: Value, _ path: String) -> [FieldError] {
    guard let property = items["properties", name] else {
      return [.invalid("\(path).\(Self.keys)", .array(keys), "entries must all be names of item properties")]
    }
    let place = "\(path).items.properties[\(name)]"
    var errors: [FieldError] = []
    if !scalars.contains(property.text("type")) {
      let why = "must be a scalar type if parent array's x-kubernetes-list-type is map"
      errors.append(.invalid(place + ".type", .string(property.text("type")), why))
    }
    if property["nullable"] == true {
      errors.append(
        .forbidden(place + ".nullable", "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"))
    }
    if property["default"] == nil, !(items["required"]?.array ?? []).contains(.string(name)) {
      let why = "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
      errors.append(.required(place + ".default", why))
    }
    return errors
  }

  /// A set's elements are compared whole.
  private static func setErrors(_ items: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if items["nullable"] == true {
      errors.append(.forbidden(path + ".nullable", "cannot be nullable when x-kubernetes-list-type is set"))
    }
    let fields = ["array": "x-kubernetes-list-type", "object": "x-kubernetes-map-type"]
    guard let field = fields[items.text("type")], items[field] != "atomic" else { return errors }
    let why = "must be atomic as item of a list with x-kubernetes-list-type=set"
    return errors + [.invalid("\(path).\(field)", items[field] ?? .null, why)]
  }
}

/// What the branches of `allOf`, `anyOf`, `oneOf` and `not` may say: they check values, and give them no structure.
enum NestedSchemaRules {
  private static let lists = ["anyOf", "allOf", "oneOf"]

  /// The one exception, which says what a number or a word is.
  private static let intOrString: Value = [["type": "integer"], ["type": "string"]]

  static func errors(_ schema: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    for list in lists {
      for (index, branch) in (schema[list]?.array ?? []).enumerated() {
        if list == "anyOf", schema[list] == intOrString { continue }
        let isFirst = list == "allOf" && index == 0
        errors += branchErrors(branch, "\(path).\(list)[\(index)]", mayBeEither: isFirst)
      }
    }
    if let not = schema["not"] { errors += branchErrors(not, path + ".not", mayBeEither: false) }
    return errors
  }

  private static func branchErrors(_ branch: Value, _ path: String, mayBeEither: Bool) -> [FieldError] {
    var errors: [FieldError] = []
    for (field, why) in forbidden where isSaid(branch[field]) { errors.append(.forbidden("\(path).\(field)", why)) }
    if branch["properties", "metadata"] != nil {
      errors.append(.forbidden(path + ".properties[metadata]", "must not be specified in a nested context"))
    }
    var below = branch
    if mayBeEither, branch["anyOf"] == intOrString { below["anyOf"] = nil }
    errors += self.errors(below, path)
    for member in branch["properties"]?.object ?? Members() {
      errors += branchErrors(member.value, "\(path).properties[\(member.key)]", mayBeEither: false)
    }
    if let items = branch["items"] { errors += branchErrors(items, path + ".items", mayBeEither: false) }
    return errors
  }

  private static let forbidden: KeyValuePairs = [
    "type": "must be empty to be structural", "additionalProperties": "must be undefined to be structural",
    "default": "must be undefined to be structural", "title": "must be empty to be structural",
    "description": "must be empty to be structural", "nullable": "must be false to be structural",
    "x-kubernetes-preserve-unknown-fields": "must be false to be structural",
    "x-kubernetes-embedded-resource": "must be false to be structural",
    "x-kubernetes-int-or-string": "must be false to be structural",
    "x-kubernetes-list-map-keys": "must be empty to be structural",
    "x-kubernetes-list-type": "must be undefined to be structural",
    "x-kubernetes-map-type": "must be undefined to be structural",
    "x-kubernetes-validations": "must be empty to be structural",
  ]

  private static func isSaid(_ value: Value?) -> Bool {
    switch value {
    case nil, .null, .boolean(false), .string(""): false
    case .array(let elements): !elements.isEmpty
    default: true
    }
  }
}
