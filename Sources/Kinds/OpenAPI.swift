package import Schema
package import Tree

/// The OpenAPI documents of a table of kinds, from the same declarations that everything else works by.
package enum OpenAPI {
  /// The title that documents bear.
  private static let info: Value = ["title": "Kubernetes", "version": "v1.36.0"]

  /// The document of version 2 (`/openapi/v2`): all groups in one.
  package static func v2(_ table: KindTable) -> Value {
    let document = SchemaDocument(.two)
    var paths = Members()
    for kind in table.kinds { OpenAPIPaths(kind, document).add(to: &paths) }
    return [
      "swagger": "2.0", "info": info, "paths": .object(paths),
      "definitions": .object(schemas(of: table.kinds, in: table, document)),
    ]
  }

  /// The document of version 2 as gnostic's protobuf message, which kubectl asks for.
  package static func v2Protobuf(_ table: KindTable) -> [UInt8] { OpenAPIProtobuf.encode(v2(table)) }

  /// What `/openapi/v3` answers: where each group's document is, with a hash that changes when the document does.
  package static func v3Index(_ table: KindTable) -> Value {
    var paths = Members()
    for (group, version) in groupVersions(table) {
      guard let document = v3(group: group, version: version, table) else { continue }
      let path = group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
      paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash(of: document))")]
    }
    return ["paths": .object(paths)]
  }

  /// The document of one group and version; nil if no kind belongs to it.
  package static func v3(group: String, version: String, _ table: KindTable) -> Value? {
    let kinds = table.kinds.filter { $0.group == group && $0.version == version }
    guard !kinds.isEmpty else { return nil }
    let document = SchemaDocument(.three)
    var paths = Members()
    for kind in kinds { OpenAPIPaths(kind, document).add(to: &paths) }
    return [
      "openapi": "3.0.0", "info": info, "paths": .object(paths),
      "components": ["schemas": .object(schemas(of: kinds, in: table, document))],
    ]
  }

  private static func groupVersions(_ table: KindTable) -> [(group: String, version: String)] {
    var found: [(group: String, version: String)] = []
    for kind in table.kinds where !found.contains(where: { $0 == (kind.group, kind.version) }) {
      found.append((kind.group, kind.version))
    }
    return found
  }

  // MARK: Schemas

  private static func schemas(of kinds: [Kind], in table: KindTable, _ document: SchemaDocument) -> Members {
    var roots = ["DeleteOptions", "Status", "WatchEvent"].compactMap(meta)
    for kind in kinds {
      if kind.custom != nil {
        roots += ["ObjectMeta", "ListMeta"].compactMap(Self.metaType)
      } else {
        roots += [kind.shape, kind.listShape].compactMap { $0 }
      }
      roots += kind.subresources.compactMap { Subresource(of: kind, named: $0)?.kind.shape }
    }
    let groups = groupVersions(table)
    var schemas: [Members.Member] = []
    for shape in Shape.reached(from: roots) {
      let names = names(of: shape, groups)
      schemas.append(Members.Member(key: shape.qualifiedName, value: document.schema(of: shape, kinds: names)))
    }
    for kind in kinds { schemas += customSchemas(of: kind, document) }
    let scalars = document.scalars.filter { !$0.name.contains(".apiextensions.") || definesKinds(kinds) }
    schemas += scalars.map { Members.Member(key: $0.name, value: $0.schema) }
    return Members(distinct: schemas.sorted { $0.key < $1.key })
  }

  /// Only definitions of kinds have JSON of any form in them.
  private static func definesKinds(_ kinds: [Kind]) -> Bool { kinds.contains(.customResourceDefinition) }

  private static func metaType(_ name: String) -> Shape? {
    BuiltInSchema.schema.shape("io.k8s.apimachinery.pkg.apis.meta.v1." + name)
  }

  /// The schemas of a custom kind and of its lists, as its definition gives them.
  private static func customSchemas(of kind: Kind, _ document: SchemaDocument) -> [Members.Member] {
    guard let custom = kind.custom, let metadata = metaType("ObjectMeta"), let list = metaType("ListMeta") else {
      return []
    }
    var object = custom.openAPI
    object["properties", "apiVersion"] = ["type": "string"]
    object["properties", "kind"] = ["type": "string"]
    object["properties", "metadata"] = document.reference(to: metadata.qualifiedName)
    object["x-kubernetes-group-version-kind"] = [name(group: kind.group, version: kind.version, kind: kind.name)]
    let objects: Value = [
      "type": "object", "required": ["items"],
      "properties": [
        "apiVersion": ["type": "string"], "kind": ["type": "string"],
        "metadata": document.reference(to: list.qualifiedName),
        "items": ["type": "array", "items": document.reference(to: custom.shape.qualifiedName)],
      ],
      "x-kubernetes-group-version-kind": [name(group: kind.group, version: kind.version, kind: kind.listName)],
    ]
    return [
      Members.Member(key: custom.shape.qualifiedName, value: object),
      Members.Member(key: custom.listShape.qualifiedName, value: objects),
    ]
  }

  static func meta(_ name: String) -> Shape? { BuiltInSchema.schema.shape(group: "", version: "v1", kind: name) }

  /// The group, version and kind of a shape; options and events are sent under every group.
  private static func names(of shape: Shape, _ groups: [(group: String, version: String)]) -> [Value] {
    guard shape.isKind else { return [] }
    let own = [(group: shape.home.group, version: shape.home.version)]
    let isEverywhere = ["DeleteOptions", "WatchEvent"].contains(shape.name)
    return (isEverywhere ? groups : own).map { name(group: $0.group, version: $0.version, kind: shape.name) }
  }

  static func name(group: String, version: String, kind: String) -> Value {
    ["group": .string(group), "kind": .string(kind), "version": .string(version)]
  }

  /// The document's 64-bit FNV-1a hash in hexadecimal.
  private static func hash(of document: Value) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in document.json { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16, uppercase: true)
  }
}

extension Kind {
  /// What a list of the kind's objects looks like.
  package var listShape: Shape? {
    custom?.listShape ?? BuiltInSchema.schema.shape(group: group, version: version, kind: name + "List")
  }
}
