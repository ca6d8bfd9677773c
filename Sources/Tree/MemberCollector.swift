/// Gathers the members of one object while it is read, and notices keys that come twice.
struct MemberCollector {
  /// Above so many members a set finds duplicates: comparing each with each would be slow on hostile input.
  private static let setThreshold = 24

  private var members: [Members.Member] = []
  private var seen: Set<String> = []

  var object: Value { .object(Members(distinct: members)) }

  /// Adds a member, or gives the present one of that key the new value; true if there was one.
  @inline(__always)
  mutating func add(_ key: String, _ value: Value) -> Bool {
    if let index = index(of: key) {
      members[index].value = value
      return true
    }
    if members.isEmpty { members.reserveCapacity(4) }
    members.append(Members.Member(key: key, value: value))
    return false
  }

  /// Adds a member unless there is one of that key.
  mutating func addMissing(_ key: String, _ value: Value) {
    if index(of: key) == nil { members.append(Members.Member(key: key, value: value)) }
  }

  @inline(__always)
  private mutating func index(of key: String) -> Int? {
    if members.count < MemberCollector.setThreshold {
      for index in members.indices where members[index].key == key { return index }
      return nil
    }
    if seen.isEmpty { seen = Set(members.map(\.key)) }
    return seen.insert(key).inserted ? nil : members.firstIndex { $0.key == key }
  }
}
