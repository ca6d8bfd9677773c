package import Tree

/// Writes shapes as OpenAPI schemas, the second or the third version.
package struct SchemaDocument: Sendable {
  /// The version of OpenAPI.
  package enum Version: Sendable {
    case two
    case three
  }

  /// Which version it writes.
  package let version: Version

  package init(_ version: Version) { self.version = version }

  /// A reference to a schema by its qualified name.
  package func reference(to name: String) -> Value {
    ["$ref": .string((version == .two ? "#/definitions/" : "#/components/schemas/") + name)]
  }

  /// The schema of a shape itself.
  package func schema(of shape: Shape, kinds: [Value]) -> Value {
    var document: Value = [:]
    if !shape.documentation.isEmpty { document["description"] = .string(shape.documentation) }
    if !shape.fields.isEmpty {
      document["properties"] = .object(
        Members(distinct: shape.fields.map { Members.Member(key: $0.name, value: property($0)) }))
    }
    let required = shape.fields.filter(\.isRequired).map { Value.string($0.name) }
    if !required.isEmpty { document["required"] = .array(required) }
    document["type"] = "object"
    if shape.isAtomic { document["x-kubernetes-map-type"] = "atomic" }
    if shape.preservesUnknownFields { document["x-kubernetes-preserve-unknown-fields"] = true }
    if !kinds.isEmpty { document["x-kubernetes-group-version-kind"] = .array(kinds) }
    return document
  }

  private func property(_ field: Field) -> Value {
    var document = schema(of: field.type)
    if version == .three, let reference = document["$ref"] { document = ["allOf": [["$ref": reference]]] }
    if !field.documentation.isEmpty { document["description"] = .string(field.documentation) }
    if version == .three { document["default"] = defaultValue(of: field) }
    addLimits(of: field, to: &document)
    addListRules(of: field, to: &document)
    return document
  }

  private func defaultValue(of field: Field) -> Value? {
    if let value = field.defaultValue { return value }
    if field.limits.minimum ?? 0 > 0 || field.type.hasWords { return nil }
    switch field.type {
    case .object: return field.isOptional ? nil : [:]
    case .text: return field.isShown ? "" : nil
    case .int32, .int64, .double: return field.isShown ? 0 : nil
    case .boolean: return field.isShown ? false : nil
    default: return nil
    }
  }

  private func addLimits(of field: Field, to document: inout Value) {
    let limits = field.limits
    document["minimum"] = limits.minimum.map(SchemaDocument.number)
    document["maximum"] = limits.maximum.map(SchemaDocument.number)
    document["pattern"] = limits.pattern.map(Value.string)
    if let length = limits.length {
      if case .list = field.type {
        document["maxItems"] = .integer(Int64(length))
      } else {
        document["maxLength"] = .integer(Int64(length))
      }
    }
    if !limits.words.isEmpty { document["enum"] = .array(limits.words.map(Value.string)) }
  }

  private static func number(_ number: Double) -> Value {
    Int64(exactly: number).map(Value.integer) ?? .number(number)
  }

  private func addListRules(of field: Field, to document: inout Value) {
    let isMap = if case .map = field.type { true } else { false }
    switch field.list {
    case .atomic: document[isMap ? "x-kubernetes-map-type" : "x-kubernetes-list-type"] = "atomic"
    case .set: document["x-kubernetes-list-type"] = "set"
    case .map(let keys):
      document["x-kubernetes-list-map-keys"] = .array(keys.map(Value.string))
      document["x-kubernetes-list-type"] = "map"
    case nil: break
    }
    document["x-kubernetes-patch-merge-key"] = field.patch.mergeKey.map(Value.string)
    let strategies = (field.patch.merges ? ["merge"] : []) + (field.patch.retainsKeys ? ["retainKeys"] : [])
    if !strategies.isEmpty {
      document["x-kubernetes-patch-strategy"] = .string(strategies.joined(separator: ","))
    }
  }

  private func schema(of type: FieldType) -> Value {
    switch type {
    case .boolean: return ["type": "boolean"]
    case .int32: return ["format": "int32", "type": "integer"]
    case .int64: return ["format": "int64", "type": "integer"]
    case .double: return ["format": "double", "type": "number"]
    case .text(let text):
      if text.words.isEmpty { return ["type": "string"] }
      return ["enum": .array(text.words.map(Value.string)), "type": "string"]
    case .bytes: return ["format": "byte", "type": "string"]
    case .object(let shape): return reference(to: shape.qualifiedName)
    case .list(let element, _), .wrappedList(let element, _):
      return ["items": schema(of: element), "type": "array"]
    case .map(let element, _): return ["additionalProperties": schema(of: element), "type": "object"]
    case .quantity, .intOrString, .time, .microTime, .anything, .fieldSet:
      return reference(to: type.scalarName ?? "")
    }
  }

  // MARK: Kubernetes' own scalars

  /// The schemas of the types that every document needs and no shape declares, by name.
  package var scalars: [(name: String, schema: Value)] {
    let isThree = version == .three
    let quantity: Value = isThree ? ["oneOf": [["type": "string"], ["type": "number"]]] : ["type": "string"]
    let intOrString: Value =
      isThree
      ? ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]
      : ["format": "int-or-string", "type": "string"]
    let schemas: [(FieldType, Value, String)] = [
      (.quantity, quantity, "An amount with a unit: 500m, 1Gi."),
      (.intOrString, intOrString, "A number, or a text such as a percentage or a name."),
      (.time, ["format": "date-time", "type": "string"], "A moment, to the second (RFC 3339)."),
      (.microTime, ["format": "date-time", "type": "string"], "A moment, to the microsecond (RFC 3339)."),
      (.anything(), ["type": "object"], "An object of any kind."),
      (.anything(.json), [:], "Any value that JSON can write."),
      (.anything(.schemaOrBoolean), [:], "A schema, or whether anything fits."),
      (.anything(.schemaOrTexts), [:], "A schema, or the names of members."),
      (.fieldSet, ["type": "object"], "A set of fields, as a tree."),
    ]
    var named = schemas.map { type, schema, description in
      var schema = schema
      schema["description"] = .string(description)
      return (name: type.scalarName ?? "", schema: schema)
    }
    let patch: Value = ["description": "A change, in the form that the content type names.", "type": "object"]
    named.append((name: SchemaDocument.patchName, schema: patch))
    return named
  }

  /// The name under which documents know a patch's body.
  package static let patchName = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch"
}

extension FieldType {
  /// The name under which documents know one of Kubernetes' own scalars.
  fileprivate var scalarName: String? {
    switch self {
    case .quantity: "io.k8s.apimachinery.pkg.api.resource.Quantity"
    case .intOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
    case .time: "io.k8s.apimachinery.pkg.apis.meta.v1.Time"
    case .microTime: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"
    case .anything(let form): form.rawValue
    case .fieldSet: "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"
    default: nil
    }
  }
}

extension Shape {
  /// The shapes that it reaches, itself first, each once.
  package static func reached(from roots: [Shape]) -> [Shape] {
    var found: [Shape] = []
    var seen: Set<ObjectIdentifier> = []
    var waiting = roots
    while !waiting.isEmpty {
      let shape = waiting.removeFirst()
      guard seen.insert(ObjectIdentifier(shape)).inserted else { continue }
      found.append(shape)
      waiting += shape.fields.compactMap(\.type.shape)
    }
    return found
  }
}
