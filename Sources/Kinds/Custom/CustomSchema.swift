package import Schema
package import Tree

/// What a CustomResourceDefinition says of one version's objects: the passes over an object that a declared kind does
/// by its table.
package final class CustomSchema: Sendable {
  private let schema: StructuralSchema
  private let hasRules: Bool
  /// The fields as server-side apply sees them.
  package let shape: Shape
  /// A list of objects.
  package let listShape: Shape
  /// The columns of its table.
  package let columns: [TableColumn]
  /// Where the scale subresource finds its numbers; nil where there is none.
  package let scale: CustomScale?
  /// The fields that a field selector may name, besides name and namespace.
  package let selectableFields: [String]
  /// Whether discovery shows this version as the one in which objects are stored.
  package let storageVersion: String
  /// What clients of a deprecated version are told; nil where it is not deprecated.
  package let deprecation: String?

  init(definition spec: Value, version: Value, names: Value, storageVersion: String) {
    let group = spec["group"]?.string ?? ""
    let name = version["name"]?.string ?? ""
    let kind = names["kind"]?.string ?? ""
    schema = StructuralSchema(version["schema", "openAPIV3Schema"] ?? ["type": "object"])
    hasRules = schema.hasRules
    let list = names["listKind"]?.string ?? kind + "List"
    (shape, listShape) = CustomShape.make(schema, kind: kind, list: list, group: group, version: name)
    columns = CustomColumns.make(version["additionalPrinterColumns"]?.array ?? [])
    scale = version["subresources", "scale"].map(CustomScale.init)
    selectableFields = (version["selectableFields"]?.array ?? []).compactMap {
      $0["jsonPath"]?.string.map { String($0.drop { $0 == "." }) }
    }
    self.storageVersion = storageVersion
    deprecation =
      version["deprecated"]?.boolean == true
      ? version["deprecationWarning"]?.string ?? "\(group)/\(name) \(kind) is deprecated" : nil
  }

  /// The schema as OpenAPI documents show it.
  package var openAPI: Value { schema.source }

  /// Fills in absent values that have a default.
  package func applyDefaults(to value: inout Value) {
    schema.applyDefaults(to: &value)
  }

  /// Drops what the schema does not name, and answers the paths.
  package func prune(_ value: inout Value) -> [String] {
    var dropped = CustomObject.shape.prune(&value)
    schema.prune(&value, at: "", isObject: true, &dropped)
    return dropped
  }

  /// Everything that is wrong with an object, its metadata left out; `old` is nil on creation.
  package func errors(in value: Value, old: Value?) -> [FieldError] {
    var validation = StructuralValidation()
    validation.check(value, schema, "")
    validation.checkDuplicates(value, schema, "")
    let errors = old.map { Ratcheting.remaining(validation.errors, value, old: $0) } ?? validation.errors
    guard hasRules else { return errors }
    if errors.contains(where: Self.keepsRulesFromRunning) {
      return errors + [FieldError(.invalid, field: "<nil>", message: Self.unchecked)]
    }
    return errors + schema.ruleErrors(value, old: old, "")
  }

  private static func keepsRulesFromRunning(_ error: FieldError) -> Bool {
    [.notSupported, .required, .tooLong, .tooMany, .typeInvalid].contains(error.kind)
  }

  private static let unchecked =
    "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing "
    + "errors to complete validation"
}

/// Where in a custom object its scale is: paths of names.
package struct CustomScale: Sendable {
  package let specReplicas: [String]
  package let statusReplicas: [String]
  /// nil: it has no selector.
  package let selector: [String]?

  init(_ source: Value) {
    specReplicas = Self.path(source["specReplicasPath"]) ?? []
    statusReplicas = Self.path(source["statusReplicasPath"]) ?? []
    selector = Self.path(source["labelSelectorPath"])
  }

  private static func path(_ value: Value?) -> [String]? {
    guard let text = value?.string, !text.isEmpty else { return nil }
    return text.split(separator: ".").map(String.init)
  }
}

/// What every custom object has, whatever its definition says.
enum CustomObject {
  /// Its metadata; all else is unknown, and kept.
  static let shape: Shape = {
    let home = SchemaPackage(path: "io.k8s.apiextensions.v1", group: "", version: "v1")
    let shape = Shape(name: "CustomObject", home: home, preservesUnknownFields: true)
    shape.declare([text("kind"), text("apiVersion")] + [metadata].compactMap { $0 })
    Shape.finish([shape])
    return shape
  }()

  /// The field `metadata`.
  static var metadata: Field? {
    BuiltInSchema.schema.shape("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta").map {
      Field(name: "metadata", numbers: [], type: .object($0))
    }
  }

  /// A field of text.
  static func text(_ name: String) -> Field {
    Field(name: name, numbers: [], type: .text(.plain), isOptional: true)
  }
}
