import Synchronization

/// All shapes that a text declares, found by name.
///
///     let schema = try Schema(reading: [Declarations(name: "apps", text: "…")], forms: forms)
///     schema.shape("io.k8s.api.apps.v1.DeploymentSpec")?.field("replicas")
///
/// A shape's fields are read when it is first asked for, with those of all shapes below it: most programs need few of
/// the shapes that there are, and all should start quickly.
package final class Schema: Sendable {
  /// How its scalars are read and written.
  package let forms: ScalarForms
  private let known: [Shape]
  private let positions: [String: Int]
  private let kinds: [KindName: Int]
  private let reader: Mutex<DeclarationReader>

  /// What an object calls itself.
  private struct KindName: Hashable {
    let group: String
    let version: String
    let name: String
  }

  /// Declares the shapes of those texts. Unless all fields are read at once, a mistake in one ends the program when the
  /// shape is first asked for: that is for texts that tests have read before.
  package init(
    reading texts: [Declarations], forms: ScalarForms, fieldsWhenNeeded: Bool = false
  ) throws(DeclarationError) {
    var reader = DeclarationReader()
    known = try reader.readHeads(texts)
    if !fieldsWhenNeeded {
      for shape in known { try reader.complete(shape) }
    }
    self.forms = forms
    var positions: [String: Int] = [:]
    var kinds: [KindName: Int] = [:]
    positions.reserveCapacity(known.count)
    for (index, shape) in known.enumerated() {
      positions[shape.qualifiedName] = index
      if shape.isKind {
        kinds[KindName(group: shape.home.group, version: shape.home.version, name: shape.name)] = index
      }
    }
    self.positions = positions
    self.kinds = kinds
    self.reader = Mutex(reader)
  }

  /// All shapes, in the order of the declaration.
  package var shapes: [Shape] { known.map(complete) }

  /// The shape of a type by its full name: `io.k8s.api.apps.v1.DeploymentSpec`.
  package func shape(_ qualifiedName: String) -> Shape? { positions[qualifiedName].map { complete(known[$0]) } }

  /// The shape of the objects that call themselves so.
  package func shape(group: String, version: String, kind: String) -> Shape? {
    kinds[KindName(group: group, version: version, name: kind)].map { complete(known[$0]) }
  }

  private func complete(_ shape: Shape) -> Shape {
    reader.withLock { reader in
      do throws(DeclarationError) {
        try reader.complete(shape)
      } catch {
        preconditionFailure(error.description)
      }
    }
    return shape
  }
}
