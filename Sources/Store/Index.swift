import Tree

/// A way to find objects by something else than their name: pods by node, anything by owner.
///
/// A class, so that it is changed in place.
final class Index {
  let groupResource: GroupResource?
  let terms: (Value) -> [String]
  private var keys: [String: [ObjectKey]] = [:]

  init(groupResource: GroupResource?, terms: @escaping (Value) -> [String]) {
    self.groupResource = groupResource
    self.terms = terms
  }

  func keys(for term: String) -> [ObjectKey] { keys[term] ?? [] }

  func replace(_ previous: StoredObject?, by object: StoredObject?) {
    let before = previous.map { terms($0.value) } ?? []
    let after = object.map { terms($0.value) } ?? []
    guard before != after, let key = object?.key ?? previous?.key else { return }
    for term in before where !after.contains(term) { remove(key, from: term) }
    for term in after where !before.contains(term) { insert(key, into: term) }
  }

  private func insert(_ key: ObjectKey, into term: String) {
    keys[term, default: []].insert(key)
  }

  private func remove(_ key: ObjectKey, from term: String) {
    if keys[term]?.remove(key) == true { keys[term] = nil }
  }
}

extension [ObjectKey] {
  /// Puts the key into its place.
  fileprivate mutating func insert(_ key: ObjectKey) { insert(key, at: partition(for: key)) }

  /// Takes the key out; answers whether none is left.
  fileprivate mutating func remove(_ key: ObjectKey) -> Bool {
    let position = partition(for: key)
    if position < count, self[position] == key { remove(at: position) }
    return isEmpty
  }

  /// Where the key is or would be, in an order that depends on names only.
  fileprivate func partition(for key: ObjectKey) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].comes(before: key) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
