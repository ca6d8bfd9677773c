/// An object's members in the order in which they were written.
///
/// Kubernetes' objects have few members at each level, so a scan over pairs beats hashing, and the order is kept.
package struct Members: Sendable {
  package struct Member: Sendable {
    package let key: String
    package var value: Value

    package init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  private var members: [Member]

  package init() { members = [] }

  /// Members from pairs; a later pair with the same key replaces the earlier.
  package init(_ pairs: some Sequence<(String, Value)>) {
    members = []
    for (key, value) in pairs { self[key] = value }
  }

  /// Members whose keys are known to differ: what a parser that has checked them hands over.
  package init(distinct members: [Member]) { self.members = members }

  package var keys: [String] { members.map(\.key) }

  package subscript(key: String) -> Value? {
    get { index(of: key).map { members[$0].value } }
    set {
      let index = index(of: key)
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// Looks at the keys only: a loop over the members would copy each on its way. Most differ in length already, which
  /// costs no call.
  private func index(of key: String) -> Int? {
    let length = key.utf8.count
    return members.withUnsafeBufferPointer { members in
      for index in 0..<members.count where members[index].key.utf8.count == length && members[index].key == key {
        return index
      }
      return nil
    }
  }

  /// A change of one member's value in place, without copying what it holds.
  package mutating func update<Result>(_ key: String, _ change: (inout Value?) -> Result) -> Result {
    let index = index(of: key)
    var value: Value?
    if let index {
      value = members[index].value
      members[index].value = .null
    }
    let result = change(&value)
    if let index {
      if let value { members[index].value = value } else { members.remove(at: index) }
    } else if let value {
      members.append(Member(key: key, value: value))
    }
    return result
  }
}

extension Members: RandomAccessCollection {
  package var startIndex: Int { members.startIndex }
  package var endIndex: Int { members.endIndex }
  package subscript(position: Int) -> Member { members[position] }
}

/// Two objects are equal when they have the same members, in whatever order.
extension Members: Hashable {
  package static func == (left: Members, right: Members) -> Bool {
    left.isSame(as: right)
      || left.count == right.count
        && left.members.elementsEqual(right.members) { $0.key == $1.key && $0.value == $1.value }
      || left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  /// Whether both have the same storage, as a copy has that nobody has changed.
  private func isSame(as other: Members) -> Bool {
    count == other.count
      && members.withUnsafeBufferPointer { left in
        other.members.withUnsafeBufferPointer { $0.baseAddress == left.baseAddress }
      }
  }

  package func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var one = Hasher()
      one.combine(member.key)
      one.combine(member.value)
      sum = sum &+ one.finalize()
    }
    hasher.combine(sum)
  }
}
