/// Files by path: a container's own, or those of a volume, which all who mount it see.
///
/// Paths have no leading slash. A directory that holds nothing is kept as a path that ends with one.
final class FileTree {
  /// Files that one tree may hold.
  static let fileLimit = 1_000
  /// Bytes of one file; the end of a longer one is kept.
  static let byteLimit = 512 << 10

  private(set) var texts: [String: String]

  init(_ texts: [String: String] = [:]) { self.texts = texts }

  /// False where there are too many files.
  func write(_ text: String, to path: String) -> Bool {
    guard texts[path] != nil || texts.count < Self.fileLimit else { return false }
    texts[path] = text.utf8.count > Self.byteLimit ? String(text.suffix(Self.byteLimit / 4)) : text
    return true
  }

  func remove(_ path: String) { texts[path] = nil }

  func replaceAll(by texts: [String: String]) { self.texts = texts }

  /// Bytes of all files.
  var size: Int { texts.values.reduce(0) { $0 + $1.utf8.count } }
}
