package import Tree

/// What becomes of an object when an applier leaves out what it set before.
package enum FieldRemoval {
  /// The merged object without the fields that the applier set last time and nobody sets now.
  ///
  /// - Parameters:
  ///   - merged: the live object with the new configuration in it.
  ///   - last: what the applier owned until now.
  ///   - owned: what all managers own, the new configuration included.
  package static func prune(_ merged: Value, last: FieldSet, owned: FieldSet, _ shape: Shape) -> Value {
    if last.isEmpty { return merged }
    let type = FieldType.object(shape)
    let last = last.withNamedFields(type)
    let all = FieldSet(of: merged, shape).withNamedFields(type)
    var pruned = FieldSet(of: remove(last, from: merged, shape), shape).withNamedFields(type)
    let kept = pruned.union(owned.withNamedFields(type))
    pruned = FieldSet(of: remove(all.difference(kept), from: merged, shape), shape).withNamedFields(type)
    return remove(all.difference(pruned).intersection(last), from: merged, shape)
  }

  /// The object without those fields. What is emptied that way becomes null.
  static func remove(_ fields: FieldSet, from value: Value, _ shape: Shape) -> Value {
    removed(fields, from: value, .object(shape))
  }

  private static func removed(_ fields: FieldSet, from value: Value, _ granularity: Granularity) -> Value {
    if fields.isEmpty { return value }
    switch (granularity, value) {
    case (.object, .object(let members)), (.map, .object(let members)):
      var kept: [Members.Member] = []
      for member in members {
        let node = fields.node(.field(member.key))
        if node?.isMember == true { continue }
        let below = node?.children ?? FieldSet()
        kept.append(
          Members.Member(key: member.key, value: removed(below, from: member.value, granularity.member(member.key))))
      }
      return kept.isEmpty ? .null : .object(Members(distinct: kept))
    case (.set, .array(let elements)), (.keyed, .array(let elements)):
      var kept: [Value] = []
      for element in elements {
        let node = granularity.identity(of: element).flatMap { fields.node($0) }
        if node?.isMember == true { continue }
        kept.append(removed(node?.children ?? FieldSet(), from: element, granularity.element))
      }
      return kept.isEmpty ? .null : .array(kept)
    default: return value
    }
  }
}
