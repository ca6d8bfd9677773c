package import Tree

extension FieldSet {
  /// The fields that an object sets: what an applier comes to own.
  package init(of value: Value, _ shape: Shape) { self.init(unsorted: Self.nodes(value, .object(shape))) }

  private static func nodes(_ value: Value, _ granularity: Granularity) -> [Node] {
    switch granularity {
    case .leaf: return []
    case .object, .map:
      return (value.object ?? Members()).compactMap { member in
        let below = granularity.member(member.key)
        let children = FieldSet(unsorted: nodes(member.value, below))
        let isMember = granularity.owns(member.key, member.value, below)
        return isMember || !children.isEmpty
          ? Node(element: .field(member.key), isMember: isMember, children: children) : nil
      }
    case .set, .keyed:
      let elements = IdentifiedElements(value.array ?? [], granularity)
      return elements.distinct.map { identity in
        let children = elements.first(identity).map { nodes($0, granularity.element) } ?? []
        return Node(element: identity, isMember: true, children: FieldSet(unsorted: children))
      }
    }
  }
}

extension Granularity {
  /// Whether who sets the member owns it as such, and not only what is in it.
  fileprivate func owns(_ name: String, _ value: Value, _ below: Granularity) -> Bool {
    if case .leaf = below { return true }
    if case .map = self { return true }
    return value.isNull || value.object?.isEmpty == true
  }
}

/// What keeps a value from being applied: it does not fit its shape. In the words of structured-merge-diff.
package enum ApplyChecking {
  /// `.spec.bogus: field not declared in schema`; several are listed in lines. nil if the value fits.
  package static func error(in value: Value, _ shape: Shape) -> String? {
    var errors: [String] = []
    check(value, .object(shape), .object(shape), [], &errors)
    if errors.count > 1 { return (["errors:"] + errors.map { "  " + $0 }).joined(separator: "\n") }
    return errors.first
  }

  private static func check(
    _ value: Value, _ type: FieldType, _ granularity: Granularity, _ path: [FieldElement], _ errors: inout [String]
  ) {
    if value.isNull { return }
    switch type {
    case .object(let shape):
      guard let members = value.object else { return mismatch("map", value, path, &errors) }
      for member in members { check(member, of: shape, path, &errors) }
    case .map(let element, _):
      guard let members = value.object else { return mismatch("map", value, path, &errors) }
      for member in members {
        check(member.value, element, Granularity(element, nil), path + [.field(member.key)], &errors)
      }
    case .list(let element, _):
      guard let elements = value.array else { return mismatch("list", value, path, &errors) }
      check(elements, element, granularity, path, &errors)
    default: checkScalar(value, type, path, &errors)
    }
  }

  private static func check(
    _ member: Members.Member, of shape: Shape, _ path: [FieldElement], _ errors: inout [String]
  ) {
    let path = path + [.field(member.key)]
    if let field = shape.field(member.key) {
      check(member.value, field.type, field.granularity, path, &errors)
    } else if !shape.preservesUnknownFields {
      errors.append(path.pathText + ": field not declared in schema")
    }
  }

  private static func check(
    _ elements: [Value], _ type: FieldType, _ granularity: Granularity, _ path: [FieldElement],
    _ errors: inout [String]
  ) {
    var seen: Set<FieldElement> = []
    for (index, value) in elements.enumerated() {
      var element = FieldElement.index(index)
      switch granularity {
      case .set, .keyed:
        guard let identity = granularity.identity(of: value) else {
          errors.append(
            path.pathText + ": element \(index): associative list with keys has an element that omits key field")
          continue
        }
        if !seen.insert(identity).inserted {
          errors.append(path.pathText + ": duplicate entries for key " + [identity].pathText)
        }
        element = identity
      case .leaf, .object, .map: break
      }
      check(value, type, Granularity(type, nil), path + [element], &errors)
    }
  }

  private static func checkScalar(
    _ value: Value, _ type: FieldType, _ path: [FieldElement], _ errors: inout [String]
  ) {
    switch type {
    case .boolean where value.boolean == nil: mismatch("boolean", value, path, &errors)
    case .int32, .int64, .double:
      if value.number == nil { mismatch("numeric (int or float)", value, path, &errors) }
    case .text, .bytes, .time, .microTime:
      if value.string == nil { mismatch("string", value, path, &errors) }
    default: break
    }
  }

  private static func mismatch(_ expected: String, _ value: Value, _ path: [FieldElement], _ errors: inout [String]) {
    let text = value.string ?? value.jsonText
    errors.append(path.pathText + ": expected \(expected), got &value.valueUnstructured{Value:\(quoted(value, text))}")
  }

  private static func quoted(_ value: Value, _ text: String) -> String { value.string == nil ? text : "\"\(text)\"" }
}
