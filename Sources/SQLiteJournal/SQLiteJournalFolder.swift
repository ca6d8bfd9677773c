import Glibc
package import Store

/// A folder with one SQLite journal a cluster: `NAME.sqlite`, and the files that SQLite keeps beside it.
package struct SQLiteJournalFolder: JournalFolder {
  private static let ending = ".sqlite"

  private let path: String

  private let history: Int
  private let shared = SharedStates()

  /// The folder, which is there already.
  /// - Parameter history: how many of its last writes each journal keeps.
  package init(path: String, history: Int = Feed.Limits().changes) {
    self.path = path
    self.history = history
  }

  package var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let file = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if file.hasSuffix(Self.ending) { names.append(String(file.dropLast(Self.ending.count))) }
    }
    return names.sorted()
  }

  package func open(_ name: String) throws(JournalError) -> any Journal {
    try SQLiteJournal(path: file(of: name), history: history, shared: shared)
  }

  package func remove(_ name: String) throws(JournalError) {
    // The main file goes last: until then a removal that was cut short can be made again.
    for file in [file(of: name) + "-wal", file(of: name) + "-shm", file(of: name)] {
      guard unlink(file) != 0, errno != ENOENT else { continue }
      throw JournalError("the journal \(file) cannot be removed: \(String(cString: strerror(errno)))")
    }
  }

  private func file(of name: String) -> String { path + "/" + name + Self.ending }
}
