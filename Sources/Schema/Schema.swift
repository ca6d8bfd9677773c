/// All shapes that a text declares, found by name.
///
///     let schema = try Schema(reading: [Declarations(name: "apps", text: "…")], forms: forms)
///     schema.shape("io.k8s.api.apps.v1.DeploymentSpec")?.field("replicas")
package final class Schema: Sendable {
  /// In the order of the declaration.
  package let shapes: [Shape]
  /// How its scalars are read and written.
  package let forms: ScalarForms
  private let positions: [String: Int]
  private let kinds: [KindName: Int]

  /// What an object calls itself.
  private struct KindName: Hashable {
    let group: String
    let version: String
    let name: String
  }

  /// Declares the shapes of those texts.
  package convenience init(reading texts: [Declarations], forms: ScalarForms) throws(DeclarationError) {
    var reader = DeclarationReader()
    self.init(shapes: try reader.read(texts), forms: forms)
  }

  /// Links shapes that are declared already.
  package init(shapes: [Shape], forms: ScalarForms) {
    self.shapes = shapes
    self.forms = forms
    for shape in shapes { shape.link() }
    while shapes.reduce(false, { $1.spreadLimits() || $0 }) {}
    for shape in shapes { shape.collectLimitedFields() }
    var positions: [String: Int] = [:]
    var kinds: [KindName: Int] = [:]
    for (index, shape) in shapes.enumerated() {
      positions[shape.qualifiedName] = index
      if shape.isKind {
        kinds[KindName(group: shape.home.group, version: shape.home.version, name: shape.name)] = index
      }
    }
    self.positions = positions
    self.kinds = kinds
  }

  /// The shape of a type by its full name: `io.k8s.api.apps.v1.DeploymentSpec`.
  package func shape(_ qualifiedName: String) -> Shape? { positions[qualifiedName].map { shapes[$0] } }

  /// The shape of the objects that call themselves so.
  package func shape(group: String, version: String, kind: String) -> Shape? {
    kinds[KindName(group: group, version: version, name: kind)].map { shapes[$0] }
  }
}
