import Tree

/// A schema of a CustomResourceDefinition, read once: what a value may be and what is below it
/// (Kubernetes documentation, "Specifying a structural schema").
final class StructuralSchema: Sendable {
  /// How the definition writes it.
  let source: Value
  /// `object`, `array`, `string`, `integer`, `number`, `boolean`; empty: any.
  let type: String
  let properties: [String: StructuralSchema]
  /// The properties' names, in the order of the definition.
  let names: [String]
  let items: StructuralSchema?
  /// What members look like that no property names.
  let additional: StructuralSchema?
  let allowsAdditional: Bool
  let preservesUnknown: Bool
  let isIntOrString: Bool
  let isEmbedded: Bool
  let isNullable: Bool
  let defaultValue: Value?
  let listType: String
  let listKeys: [String]
  let isAtomicMap: Bool
  let rules: [CustomRule]
  let allOf: [StructuralSchema]
  let anyOf: [StructuralSchema]
  let oneOf: [StructuralSchema]
  let not: StructuralSchema?
  let format: String
  /// Whether rules see something else than JSON's values in it.
  let isTyped: Bool

  init(_ source: Value) {
    self.source = source
    type = source["type"]?.string ?? ""
    let members = source["properties"]?.object ?? Members()
    names = members.keys
    properties = Dictionary(members.map { ($0.key, StructuralSchema($0.value)) }) { first, _ in first }
    items = source["items"].map(StructuralSchema.init)
    let other = source["additionalProperties"]
    additional = other?.object == nil ? nil : other.map(StructuralSchema.init)
    allowsAdditional = additional != nil || other?.boolean == true
    preservesUnknown = source["x-kubernetes-preserve-unknown-fields"]?.boolean ?? false
    isIntOrString = source["x-kubernetes-int-or-string"]?.boolean ?? false
    isEmbedded = source["x-kubernetes-embedded-resource"]?.boolean ?? false
    isNullable = source["nullable"]?.boolean ?? false
    defaultValue = source["default"]
    listType = source["x-kubernetes-list-type"]?.string ?? ""
    listKeys = (source["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string)
    isAtomicMap = source["x-kubernetes-map-type"]?.string == "atomic"
    rules = (source["x-kubernetes-validations"]?.array ?? []).map(CustomRule.init)
    allOf = Self.list(source["allOf"])
    anyOf = Self.list(source["anyOf"])
    oneOf = Self.list(source["oneOf"])
    not = source["not"].map(StructuralSchema.init)
    format = source["format"]?.string ?? ""
    let below = names.compactMap { [properties] in properties[$0] } + [items, additional].compactMap { $0 }
    isTyped = Self.isTyped(source, below: below, names: names)
  }

  private static func list(_ value: Value?) -> [StructuralSchema] {
    (value?.array ?? []).map(StructuralSchema.init)
  }

  /// Whether it or anything below it has rules.
  var hasRules: Bool {
    !rules.isEmpty || names.contains { properties[$0]?.hasRules == true } || items?.hasRules == true
      || additional?.hasRules == true
  }

  /// What a member of that name looks like; nil where nothing is said of it.
  func member(_ name: String) -> StructuralSchema? { properties[name] ?? additional }

  /// The key by which a list's object is known among the others.
  func identity(of element: Value) -> Value {
    .object(Members(listKeys.compactMap { key in element[key].map { (key, $0) } }))
  }
}

// MARK: Defaults

extension StructuralSchema {
  /// Fills in the defaults of absent members, and drops nulls that may not be.
  func applyDefaults(to value: inout Value) {
    switch value {
    case .object(var members):
      for name in names {
        guard let schema = properties[name] else { continue }
        let present = members[name]
        if present?.isNull == true, !schema.isNullable { members[name] = nil }
        if members[name] == nil, let standard = schema.defaultValue { members[name] = standard }
      }
      for member in Array(members) {
        guard let schema = self.member(member.key) else { continue }
        var below = member.value
        schema.applyDefaults(to: &below)
        if below != member.value { members[member.key] = below }
      }
      value = .object(members)
    case .array(let elements):
      guard let items else { return }
      value = .array(
        elements.map { element in
          var element = element
          items.applyDefaults(to: &element)
          return element
        })
    default: break
    }
  }
}

// MARK: Pruning

extension StructuralSchema {
  /// Drops members that are not named, and notes where they were.
  func prune(_ value: inout Value, at path: String, isObject: Bool, _ dropped: inout [String]) {
    switch value {
    case .object(var members):
      let isObject = isObject || isEmbedded
      for member in Array(members) {
        if isObject, ["apiVersion", "kind", "metadata"].contains(member.key) { continue }
        let place = path.isEmpty ? member.key : path + "." + member.key
        if let schema = self.member(member.key) {
          var below = member.value
          schema.prune(&below, at: place, isObject: false, &dropped)
          if below != member.value { members[member.key] = below }
        } else if !preservesUnknown, !allowsAdditional {
          members[member.key] = nil
          dropped.append(place)
        }
      }
      value = .object(members)
    case .array(let elements):
      guard let items else { return }
      var result: [Value] = []
      for (index, element) in elements.enumerated() {
        var element = element
        items.prune(&element, at: "\(path)[\(index)]", isObject: false, &dropped)
        result.append(element)
      }
      value = .array(result)
    default: break
    }
  }
}
