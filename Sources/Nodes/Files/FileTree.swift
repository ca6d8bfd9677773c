/// Files by path: a container's own, or those of a volume, which all who mount it see.
///
/// Paths have no leading slash. A directory that holds nothing is kept as a path that ends with one.
final class FileTree {
  /// Files that one tree may hold.
  static let fileLimit = 1_000
  /// Bytes of one file; the end of a longer one is kept.
  static let byteLimit = 512 << 10
  /// Bytes that the disk gives a file at once.
  private static let blockSize: Int64 = 4_096

  private(set) var texts: [String: String]
  /// Bytes of files that were only made big: what is in them is not kept.
  private var fillings: [String: Int64] = [:]
  /// Bytes that all files take of the disk.
  private(set) var size: Int64

  init(_ texts: [String: String] = [:]) {
    self.texts = texts
    size = texts.values.reduce(0) { $0 + Self.blocks($1.utf8.count) }
  }

  private static func blocks(_ bytes: Int) -> Int64 { blocks(Int64(bytes)) }
  /// Bytes of disk that so many bytes take.
  static func blocks(_ bytes: Int64) -> Int64 { (bytes + blockSize - 1) / blockSize * blockSize }

  /// False where there are too many files.
  func write(_ text: String, to path: String) -> Bool {
    guard texts[path] != nil || texts.count < Self.fileLimit else { return false }
    remove(path)
    let kept = text.utf8.count > Self.byteLimit ? String(text.suffix(Self.byteLimit / 4)) : text
    texts[path] = kept
    size += Self.blocks(kept.utf8.count)
    return true
  }

  /// Makes a file so big, without anything in it. False where there are too many files.
  func fill(_ path: String, bytes: Int64) -> Bool {
    guard write("", to: path) else { return false }
    fillings[path] = bytes
    size += Self.blocks(bytes)
    return true
  }

  /// Bytes of a file; nil where there is none.
  func length(of path: String) -> Int64? { texts[path].map { fillings[path] ?? Int64($0.utf8.count) } }

  func remove(_ path: String) {
    guard let text = texts.removeValue(forKey: path) else { return }
    size -= Self.blocks(text.utf8.count) + Self.blocks(fillings.removeValue(forKey: path) ?? 0)
  }

  func replaceAll(by texts: [String: String]) {
    self.texts = texts
    fillings = [:]
    size = texts.values.reduce(0) { $0 + Self.blocks($1.utf8.count) }
  }
}
