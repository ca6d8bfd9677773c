/// One collection's objects in their order, in chunks: a copy shares every chunk that did not change since, so that a
/// snapshot after each turn costs one chunk and not the collection.
struct Table: Sendable {
  private static let chunkSize = 128

  private var chunks: [[StoredObject]] = []
  private(set) var count = 0

  subscript(path: String) -> StoredObject? {
    guard let chunk = chunkIndex(for: path) else { return nil }
    let position = Self.position(of: path, in: chunks[chunk])
    guard position < chunks[chunk].count, chunks[chunk][position].path == path else { return nil }
    return chunks[chunk][position]
  }

  mutating func set(_ object: StoredObject) {
    guard let chunk = chunkIndex(for: object.path) else {
      chunks = [[object]]
      count = 1
      return
    }
    let position = Self.position(of: object.path, in: chunks[chunk])
    if position < chunks[chunk].count, chunks[chunk][position].path == object.path {
      chunks[chunk][position] = object
      return
    }
    chunks[chunk].insert(object, at: position)
    count += 1
    if chunks[chunk].count > Self.chunkSize { split(chunk) }
  }

  mutating func remove(_ path: String) {
    guard let chunk = chunkIndex(for: path) else { return }
    let position = Self.position(of: path, in: chunks[chunk])
    guard position < chunks[chunk].count, chunks[chunk][position].path == path else { return }
    chunks[chunk].remove(at: position)
    count -= 1
    if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
  }

  /// All objects in order whose path comes after `path` (all, where nil), while they begin with `prefix`.
  func objects(prefix: String = "", after path: String? = nil) -> [StoredObject] {
    if prefix.isEmpty, path == nil { return chunks.flatMap(\.self) }
    let start = path.map { max($0, prefix) } ?? prefix
    guard var chunk = chunkIndex(for: start) else { return [] }
    var position = Self.position(of: start, in: chunks[chunk])
    var found: [StoredObject] = []
    while chunk < chunks.count {
      while position < chunks[chunk].count {
        let object = chunks[chunk][position]
        guard object.path.utf8.starts(with: prefix.utf8) else { return found }
        if object.path != path { found.append(object) }
        position += 1
      }
      chunk += 1
      position = 0
    }
    return found
  }

  private mutating func split(_ chunk: Int) {
    let half = chunks[chunk].count / 2
    let upper = Array(chunks[chunk][half...])
    chunks[chunk].removeSubrange(half...)
    chunks.insert(upper, at: chunk + 1)
  }

  /// The chunk in which the path is or would be: the last that begins at or before it, else the first.
  private func chunkIndex(for path: String) -> Int? {
    guard !chunks.isEmpty else { return nil }
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle][0].path <= path { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }

  private static func position(of path: String, in chunk: [StoredObject]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
