package import Tree

/// Kubernetes' strategic merge patch: a merge patch that knows which lists are merged by which key, and obeys
/// directives (`$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`).
///
/// Follows the behaviour of k8s.io/apimachinery, util/strategicpatch, its order of list elements included.
package struct StrategicMerge {
  static let directive = "$patch"
  static let retainKeys = "$retainKeys"
  static let elementOrder = "$setElementOrder/"
  static let deletion = "$deleteFromPrimitiveList/"

  /// The object as the patch leaves it. Without a shape lists are replaced, as in a merge patch.
  package static func apply(_ patch: Value, to value: Value, _ shape: Shape?) throws(PatchError) -> Value {
    guard case .object(let change) = patch, case .object(let members) = value else { throw .notAnObject }
    return .object(try merge(change, into: members, shape.map(FieldType.object)))
  }

  /// Merges one object's members; `type` is nil where the shape says nothing.
  static func merge(_ patch: Members, into original: Members, _ type: FieldType?) throws(PatchError) -> Members {
    var patch = patch
    var original = original
    if let directive = patch[Self.directive] {
      patch[Self.directive] = nil
      switch directive {
      case "merge": break
      case "replace": return patch
      case "delete": return Members()
      default: throw .unknownDirective(directive, in: .object(patch))
      }
    }
    try retainKeys(in: &original, &patch)
    try applyElementOrders(in: &original, &patch, type)
    for member in patch { try merge(member, into: &original, type) }
    return original
  }

  private static func merge(
    _ member: Members.Member, into original: inout Members, _ type: FieldType?
  ) throws(PatchError) {
    let isDeletion = member.key.hasPrefix(deletion)
    let key = isDeletion ? String(member.key.dropFirst(deletion.count)) : member.key
    if member.value.isNull {
      original[key] = nil
      return
    }
    let rule = MemberRule(key, in: type)
    switch (original[key], member.value) {
    case (.object(let present)?, .object(let change)):
      original[key] = .object(try merge(change, into: present, rule.type))
    case (.array(let present)?, .array(let change)):
      guard rule.merges || isDeletion else {
        original[key] = member.value
        return
      }
      original[key] = .array(try ListMerge(rule).merge(change, into: present, isDeletion: isDeletion))
    default:
      if !isDeletion { original[key] = withoutDirectives(member.value) }
    }
  }

  private static func retainKeys(in original: inout Members, _ patch: inout Members) throws(PatchError) {
    guard let list = patch[retainKeys] else { return }
    patch[retainKeys] = nil
    guard case .array(let elements) = list else { throw .retainKeys }
    let kept = elements.compactMap(\.string)
    guard patch.allSatisfy({ kept.contains($0.key) }) else { throw .retainedKeysDiffer }
    original = Members(distinct: original.filter { kept.contains($0.key) })
  }

  private static func applyElementOrders(
    in original: inout Members, _ patch: inout Members, _ type: FieldType?
  ) throws(PatchError) {
    for directive in patch where directive.key.hasPrefix(elementOrder) {
      patch[directive.key] = nil
      let key = String(directive.key.dropFirst(elementOrder.count))
      guard case .array(let order) = directive.value else { throw .elementOrder }
      let present = original[key]?.array
      let change = patch[key]?.array
      guard present != nil || change != nil else { continue }
      let list = ListMerge(MemberRule(key, in: type))
      if let change { try list.check(change, against: order) }
      original[key] = .array(try list.merge(change, into: present, order: order))
      patch[key] = nil
    }
  }

  /// A new value as it is stored: no nulls and no directives.
  static func withoutDirectives(_ value: Value) -> Value {
    switch value {
    case .object(let members):
      var kept: [Members.Member] = []
      for member in members where !member.value.isNull && !isDirective(member.key) {
        kept.append(Members.Member(key: member.key, value: withoutDirectives(member.value)))
      }
      return .object(Members(distinct: kept))
    case .array(let elements):
      return .array(elements.filter { $0[directive] == nil }.map(withoutDirectives))
    default: return value
    }
  }

  private static func isDirective(_ key: String) -> Bool {
    key == directive || key == retainKeys || key.hasPrefix(elementOrder) || key.hasPrefix(deletion)
  }
}

/// How one member of an object is merged.
struct MemberRule {
  let type: FieldType?
  let merges: Bool
  let mergeKey: String?
  /// The type's name, for errors.
  let name: String

  init(_ key: String, in type: FieldType?) {
    name = type?.shape?.name ?? ""
    switch type {
    case .object(let shape):
      let field = shape.field(key)
      self.type = field?.type
      merges = field?.patch.merges ?? false
      mergeKey = field?.patch.mergeKey
    case .map(let element, _):
      self.type = element
      merges = false
      mergeKey = nil
    default:
      self.type = nil
      merges = false
      mergeKey = nil
    }
  }
}
