package import Tree

extension Shape {
  /// Drops the members that no field declares, and answers their paths.
  package func prune(_ value: inout Value) -> [String] {
    let unknown = unknownFields(in: value)
    if !unknown.isEmpty { value = Shape.pruned(value, .object(self)) }
    return unknown
  }

  private static func pruned(_ value: Value, _ type: FieldType) -> Value {
    switch (type, value) {
    case (.object(let shape), .object(let members)):
      var kept: [Members.Member] = []
      for member in members {
        if let position = shape.position(of: member.key) {
          kept.append(Members.Member(key: member.key, value: pruned(member.value, shape.fields[position].type)))
        } else if shape.preservesUnknownFields {
          kept.append(member)
        }
      }
      return .object(Members(distinct: kept))
    case (.list(let element, _), .array(let elements)) where element.shape != nil:
      return .array(elements.map { pruned($0, element) })
    case (.map(let element, _), .object(let members)) where element.shape != nil:
      return .object(
        Members(distinct: members.map { Members.Member(key: $0.key, value: pruned($0.value, element)) }))
    default: return value
    }
  }
}
