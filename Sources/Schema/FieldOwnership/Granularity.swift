import Tree

/// How far ownership reaches into a value: its parts have owners of their own, or it is owned as one.
enum Granularity: Sendable {
  /// One value: a scalar, or an atomic list, map or object.
  case leaf
  case object(Shape)
  case map(FieldType)
  /// A list of scalars, each there once.
  case set
  /// A list of objects that their keys tell apart.
  case keyed(FieldType, keys: [String])

  /// `list` is how the field's list or map is declared; nil for what is no field.
  init(_ type: FieldType, _ list: ListKind?) {
    switch type {
    case .object(let shape): self = shape.isAtomic || list == .atomic ? .leaf : .object(shape)
    case .map(let element, _): self = list == .atomic ? .leaf : .map(element)
    case .list(let element, _):
      switch list {
      case .set: self = .set
      case .map(let keys): self = .keyed(element, keys: keys)
      case .atomic, nil: self = .leaf
      }
    default: self = .leaf
    }
  }

  /// How far ownership reaches into a member. What no field declares is one value.
  func member(_ name: String) -> Granularity {
    var last = -1
    return member(name, after: &last)
  }

  /// The same for one member after the other, which mostly come in the order of the declaration; `last` is where in it
  /// the one before was, at first -1.
  func member(_ name: String, after last: inout Int) -> Granularity {
    switch self {
    case .object(let shape):
      guard let position = shape.position(of: name, after: last) else { return .leaf }
      last = position
      return shape.fields[position].granularity
    case .map(let element): return Granularity(element, nil)
    case .leaf, .set, .keyed: return .leaf
    }
  }

  /// How far ownership reaches into an element of the list.
  var element: Granularity {
    if case .keyed(let type, _) = self { Granularity(type, nil) } else { .leaf }
  }

  /// What tells a list's element apart; nil where it has none of the keys.
  func identity(of value: Value) -> FieldElement? {
    switch self {
    case .set: return .value(value.jsonText)
    case .keyed(let type, let keys):
      var members: [Members.Member] = []
      for key in keys.count > 1 ? keys.sorted() : keys {
        guard let part = value[key] ?? type.shape?.field(key)?.defaultValue else { continue }
        members.append(Members.Member(key: key, value: part))
      }
      return members.isEmpty ? nil : .key(Value.object(Members(distinct: members)).jsonText)
    case .leaf, .object, .map: return nil
    }
  }
}

/// A list's elements, found by what tells them apart.
struct IdentifiedElements {
  let identities: [FieldElement?]
  let values: [Value]
  private var places: [FieldElement: Int] = [:]
  /// Those that are in the list more than once.
  private(set) var doubles: Set<FieldElement> = []

  init(_ values: [Value], _ granularity: Granularity) {
    self.values = values
    identities = values.map { granularity.identity(of: $0) }
    for (index, identity) in identities.enumerated() {
      guard let identity else { continue }
      if places[identity] == nil { places[identity] = index } else { doubles.insert(identity) }
    }
  }

  /// The first element that is told apart so.
  func first(_ identity: FieldElement) -> Value? { places[identity].map { values[$0] } }

  /// All elements that are told apart so.
  func all(_ identity: FieldElement) -> [Value] {
    zip(identities, values).filter { $0.0 == identity }.map(\.1)
  }

  /// Each identity once, in the list's order.
  var distinct: [FieldElement] {
    identities.enumerated().compactMap { index, identity in
      identity.flatMap { places[$0] == index ? $0 : nil }
    }
  }
}
