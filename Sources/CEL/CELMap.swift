import Tree

/// A map of an expression: an object of a tree as it is, or entries that the expression has made.
package struct CELMap: Sendable {
  package struct Entry: Sendable {
    package let key: CELValue
    package let value: CELValue
  }

  private enum Storage: Sendable {
    case members(Members)
    case entries([Entry])
  }

  private let storage: Storage
  /// The name of the type that an expression constructed it as; nil of a plain map.
  package let typeName: String?

  init(_ members: Members) {
    storage = .members(members)
    typeName = nil
  }

  /// Entries with keys that differ.
  init(distinct entries: [Entry]) {
    storage = .entries(entries)
    typeName = nil
  }

  /// A map of named values, for callers that hand over variables with fields.
  package init(_ fields: [(String, CELValue)], typeName: String? = nil) {
    self.typeName = typeName
    storage = .entries(fields.map { Entry(key: .string($0.0), value: $0.1) })
  }

  var count: Int {
    switch storage {
    case .members(let members): members.count
    case .entries(let entries): entries.count
    }
  }

  /// All entries, in the order in which they were written.
  package var entries: [Entry] {
    switch storage {
    case .members(let members): members.map { Entry(key: .string($0.key), value: CELValue($0.value)) }
    case .entries(let entries): entries
    }
  }

  package func value(named name: String) -> CELValue? {
    switch storage {
    case .members(let members): members[name].map { CELValue($0) }
    case .entries(let entries):
      entries.first {
        if case .string(let key) = $0.key { key == name } else { false }
      }?.value
    }
  }

  /// The value under a key; numbers of different types that are the same number are the same key.
  func value(at key: CELValue) -> CELValue? {
    if case .string(let name) = key { return value(named: name) }
    guard case .entries(let entries) = storage else { return nil }
    return entries.first { equal($0.key, key) }?.value
  }
}
