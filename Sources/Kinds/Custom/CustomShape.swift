import Schema
import Tree

/// Makes of a structural schema the shapes by which server-side apply goes.
struct CustomShape {
  private var shapes: [Shape] = []
  private let home: SchemaPackage

  private init(home: SchemaPackage) { self.home = home }

  /// The shapes of a kind's objects and of their lists.
  static func make(_ schema: StructuralSchema, kind: String, list: String, group: String, version: String)
    -> (object: Shape, list: Shape)
  {
    let reversed = group.split(separator: ".").reversed().joined(separator: ".")
    var maker = CustomShape(home: SchemaPackage(path: reversed + "." + version, group: group, version: version))
    let object = maker.object(schema, kind, isKind: true)
    let objects = Shape(name: list, home: maker.home, isKind: true)
    objects.declare([Field(name: "items", numbers: [], type: .list(.object(object), name: nil), isRequired: true)])
    Shape.finish(maker.shapes + [objects])
    return (object, objects)
  }

  private mutating func object(_ schema: StructuralSchema, _ name: String, isKind: Bool = false) -> Shape {
    let isOpen = schema.preservesUnknown || schema.names.isEmpty || schema.allowsAdditional
    let shape = Shape(
      name: name, home: home, isKind: isKind, isAtomic: schema.isAtomicMap,
      preservesUnknownFields: isOpen && !isKind || schema.preservesUnknown || schema.isEmbedded)
    var fields: [Field] = []
    if isKind {
      fields = [CustomObject.text("kind"), CustomObject.text("apiVersion")] + [CustomObject.metadata].compactMap { $0 }
    }
    for member in schema.names where !fields.contains(where: { $0.name == member }) {
      guard let below = schema.properties[member] else { continue }
      fields.append(field(below, member, name + "." + member))
    }
    shape.declare(fields)
    shapes.append(shape)
    return shape
  }

  private mutating func field(_ schema: StructuralSchema, _ name: String, _ path: String) -> Field {
    var list: ListKind?
    switch schema.listType {
    case "set": list = .set
    case "map": list = .map(keys: schema.listKeys)
    case "atomic": list = .atomic
    default: list = schema.isAtomicMap && schema.additional != nil ? .atomic : nil
    }
    return Field(name: name, numbers: [], type: type(schema, path), isOptional: true, list: list)
  }

  private mutating func type(_ schema: StructuralSchema, _ path: String) -> FieldType {
    if schema.isIntOrString { return .intOrString }
    switch schema.type {
    case "string": return .text(.plain)
    case "integer": return .int64
    case "number": return .double
    case "boolean": return .boolean
    case "array": return .list(schema.items.map { type($0, path) } ?? .anything(), name: nil)
    case "object":
      if let element = schema.additional, schema.names.isEmpty { return .map(type(element, path), name: nil) }
      return .object(object(schema, path))
    default: return .anything()
    }
  }
}
