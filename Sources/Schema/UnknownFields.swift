package import Tree

extension Shape {
  /// The paths of the members that no field declares, in the order of the tree: `spec.containers[0].imagePullPolice`.
  ///
  /// They are what strict decoding refuses (`unknown field "spec.foo"`) and pruning drops.
  package func unknownFields(in value: Value) -> [String] {
    var search = UnknownFieldSearch()
    search.visit(value, .object(self))
    return search.found
  }
}

private struct UnknownFieldSearch {
  var found: [String] = []
  private var path = FieldPath()

  mutating func visit(_ value: Value, _ type: FieldType) {
    switch (type, value) {
    case (.object(let shape), .object(let members)): visit(members, shape)
    case (.list(let element, _), .array(let elements)):
      guard element.shape != nil else { return }
      for (index, value) in elements.enumerated() {
        path.enter(index: index)
        visit(value, element)
        path.leave()
      }
    case (.map(let element, _), .object(let members)):
      guard element.shape != nil else { return }
      for member in members {
        path.enter(key: member.key)
        visit(member.value, element)
        path.leave()
      }
    default: break
    }
  }

  private mutating func visit(_ members: Members, _ shape: Shape) {
    for member in members {
      guard let position = shape.position(of: member.key) else {
        if shape.preservesUnknownFields { continue }
        path.enter(field: member.key)
        found.append(path.dottedText)
        path.leave()
        continue
      }
      let type = shape.fields[position].type
      guard type.shape != nil else { continue }
      path.enter(field: member.key)
      visit(member.value, type)
      path.leave()
    }
  }
}
