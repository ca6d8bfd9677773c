/// A JSON-like value: what every object in a cluster is made of.
///
/// Objects keep the order in which their members were written, so that the same input gives the same bytes in every
/// process (a Swift dictionary's order differs from run to run).
///
///     let pod: Value = ["kind": "Pod", "metadata": ["name": "web"]]
///     pod["metadata", "name"]?.string   // "web"
package enum Value: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// A number without fraction that fits 64 bits, as Kubernetes' integers do.
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([Value])
  case object(Members)
}

extension Value {
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  package var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The integer, if this is one. A number with a fraction is none.
  package var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The integer or number as a double.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var array: [Value]? {
    if case .array(let value) = self { value } else { nil }
  }

  package var object: Members? {
    if case .object(let value) = self { value } else { nil }
  }

  /// The member of that name; nil where this is no object or has none.
  ///
  /// Setting makes an object of a value that was none; setting nil removes the member.
  package subscript(key: String) -> Value? {
    get { if case .object(let members) = self { members[key] } else { nil } }
    set {
      var members: Members
      if case .object(let present) = self { members = present } else { members = Members() }
      self = .null  // lets go of the storage, so that the change below happens in place
      members[key] = newValue
      self = .object(members)
    }
  }

  /// Changes the member of that name in place, where there is one.
  package mutating func change(_ key: String, _ body: (inout Value) -> Void) {
    guard case .object(var members) = self else { return }
    self = .null  // lets go of the storage, so that the change below happens in place
    members.update(key) { child in
      guard var value = child.take() else { return }
      body(&value)
      child = value
    }
    self = .object(members)
  }

  /// The value at the end of a path of two member names. Setting makes the object on the way.
  package subscript(first: String, second: String) -> Value? {
    get {
      guard case .object(let members) = self, case .object(let inner)? = members[first] else { return nil }
      return inner[second]
    }
    set {
      if newValue == nil, self[first]?.object == nil { return }
      var members: Members
      if case .object(let present) = self { members = present } else { members = Members() }
      self = .null  // lets go of the storage, so that the change below happens in place
      members.update(first) { child in
        var changed = child.take() ?? .null
        changed[second] = newValue
        child = changed
      }
      self = .object(members)
    }
  }

  /// The value at the end of a path of member names. Setting makes the objects on the way.
  package subscript(first: String, second: String, third: String, rest: String...) -> Value? {
    get {
      var value = self[first, second]?[third]
      for key in rest { value = value?[key] }
      return value
    }
    set { set(newValue, at: [first, second, third] + rest) }
  }

  /// Sets (or with nil removes) the value at the end of a path of member names, making the objects on the way.
  package mutating func set(_ value: Value?, at path: some Collection<String>) {
    guard let key = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      self[key] = value
      return
    }
    if value == nil, self[key]?.object == nil { return }
    var members: Members
    if case .object(let present) = self { members = present } else { members = Members() }
    self = .null  // lets go of the storage, so that the change below happens in place
    members.update(key) { child in
      var changed = child.take() ?? .null
      changed.set(value, at: rest)
      child = changed
    }
    self = .object(members)
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(arrayLiteral elements: Value...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, Value)...) { self = .object(Members(elements)) }
}
