package import Tree

/// Which fields differ between two states of an object, by path.
package struct FieldComparison: Sendable {
  package var added = FieldSet()
  package var modified = FieldSet()
  package var removed = FieldSet()

  package init() {}

  /// Compares two objects of a shape.
  package init(from old: Value, to new: Value, _ shape: Shape) {
    let parts = Self.parts(old, new, Granularity.object(shape))
    self.init(parts)
  }

  /// What a new object of the shape has beyond what every object of its type has at birth.
  package init(ofNew value: Value, _ shape: Shape) {
    self.init(from: shape.newborn ?? shape.unwritten, to: value, shape)
  }

  private init(_ parts: Parts) {
    added = FieldSet(unsorted: parts.added)
    modified = FieldSet(unsorted: parts.modified)
    removed = FieldSet(unsorted: parts.removed)
  }

  /// Fields that are there now and differ from what they were.
  package var changed: FieldSet { added.union(modified) }

  /// The comparison without some fields and all below them.
  package func excluding(_ fields: FieldSet) -> FieldComparison {
    var result = FieldComparison()
    result.added = added.recursiveDifference(fields)
    result.modified = modified.recursiveDifference(fields)
    result.removed = removed.recursiveDifference(fields)
    return result
  }

  // MARK: Walking

  /// The nodes of one level.
  private struct Parts {
    var added: [FieldSet.Node] = []
    var modified: [FieldSet.Node] = []
    var removed: [FieldSet.Node] = []
  }

  /// Compares what is at an element, and notes what it finds.
  private static func compare(
    _ element: FieldElement, _ old: Value?, _ new: Value?, _ granularity: Granularity, _ found: inout Parts
  ) {
    if old == nil, let new {
      return found.added.append(.init(element: element, isMember: true, children: all(of: new, granularity)))
    }
    if old == new { return }
    let isLeaf = old != nil && new != nil && granularity.isLeaf(old, new)
    let below = isLeaf ? FieldComparison() : FieldComparison(parts(old, new, granularity))
    note(element, old == nil, below.added, &found.added)
    note(element, isLeaf, below.modified, &found.modified)
    note(element, new == nil, below.removed, &found.removed)
  }

  /// The fields of something that was not there.
  private static func all(of value: Value, _ granularity: Granularity) -> FieldSet {
    switch granularity {
    case .leaf: return FieldSet()
    case .object, .map:
      guard let members = value.object else { return FieldSet() }
      var last = -1
      return FieldSet(
        unsorted: members.map { member in
          let children = all(of: member.value, granularity.member(member.key, after: &last))
          return FieldSet.Node(element: .field(member.key), isMember: true, children: children)
        })
    case .set, .keyed:
      let elements = IdentifiedElements(value.array ?? [], granularity)
      return FieldSet(
        unsorted: elements.distinct.map { identity in
          let isDouble = elements.doubles.contains(identity)
          let children = isDouble ? nil : elements.first(identity).map { all(of: $0, granularity.element) }
          return FieldSet.Node(element: identity, isMember: true, children: children ?? FieldSet())
        })
    }
  }

  private static func note(
    _ element: FieldElement, _ isMember: Bool, _ children: FieldSet, _ nodes: inout [FieldSet.Node]
  ) {
    guard isMember || !children.isEmpty else { return }
    nodes.append(FieldSet.Node(element: element, isMember: isMember, children: children))
  }

  private static func parts(_ old: Value?, _ new: Value?, _ granularity: Granularity) -> Parts {
    var found = Parts()
    switch granularity {
    case .leaf: break
    case .object, .map:
      let (before, after) = (old?.object ?? Members(), new?.object ?? Members())
      var last = -1
      for member in after {
        let below = granularity.member(member.key, after: &last)
        compare(.field(member.key), before[member.key], member.value, below, &found)
      }
      for member in before where after[member.key] == nil {
        compare(.field(member.key), member.value, nil, granularity.member(member.key), &found)
      }
    case .set, .keyed: compareElements(old?.array ?? [], new?.array ?? [], granularity, &found)
    }
    return found
  }

  private static func compareElements(
    _ old: [Value], _ new: [Value], _ granularity: Granularity, _ found: inout Parts
  ) {
    let before = IdentifiedElements(old, granularity)
    let after = IdentifiedElements(new, granularity)
    for identity in after.distinct {
      if before.doubles.contains(identity) || after.doubles.contains(identity) {
        guard before.all(identity) != after.all(identity) else { continue }
        note(identity, before.first(identity) == nil, FieldSet(), &found.added)
        note(identity, before.first(identity) != nil, FieldSet(), &found.modified)
      } else {
        compare(identity, before.first(identity), after.first(identity), granularity.element, &found)
      }
    }
    for identity in before.distinct where after.first(identity) == nil {
      compare(identity, before.first(identity), nil, granularity.element, &found)
    }
  }
}

extension Granularity {
  /// Whether the two values are compared as one: also where both are empty in different ways.
  fileprivate func isLeaf(_ old: Value?, _ new: Value?) -> Bool {
    if case .leaf = self { return true }
    return old?.hasParts != true && new?.hasParts != true
  }
}

extension Value {
  /// Whether it is an object or list with something in it.
  var hasParts: Bool {
    switch self {
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    default: false
    }
  }
}

extension Shape {
  /// An object of the type before anybody wrote to it: only what is there even when it is zero.
  var unwritten: Value {
    var members: [Members.Member] = []
    for field in fields {
      guard let value = field.newborn else { continue }
      members.append(Members.Member(key: field.name, value: value))
    }
    return .object(Members(distinct: members))
  }
}

extension Field {
  fileprivate var newborn: Value? {
    if isOptional { return nil }
    switch type {
    case .object(let shape): return shape.unwritten
    case .time, .microTime: return .null
    case .quantity: return "0"
    case .intOrString: return 0
    case .list, .map, .wrappedList, .bytes, .anything, .fieldSet: return isShown ? .null : nil
    case .boolean: return isShown ? false : nil
    case .int32, .int64, .double: return isShown ? 0 : nil
    case .text: return isShown ? "" : nil
    }
  }
}
