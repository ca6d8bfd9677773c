/// What a container sees of files: its own tree, and volumes mounted into it.
struct FileSystem {
  /// A volume, or one part of it, at a path.
  struct Mount {
    /// Without a slash at the end: `/data`.
    let path: String
    let tree: FileTree
    /// The part of the tree; empty: all of it.
    let part: String
    let isReadOnly: Bool
    /// Whether the part is one file.
    let isFile: Bool
  }

  /// Why a file cannot be written, as a shell words it.
  enum Refusal: String, Error {
    case isReadOnly = "Read-only file system"
    case isFull = "No space left on device"
    case hasNoDirectory = "nonexistent directory"
    case isDirectory = "Is a directory"
  }

  private static let systemDirectories: Set<String> = [
    "/", "/bin", "/dev", "/etc", "/home", "/lib", "/media", "/mnt", "/opt", "/proc", "/root", "/run", "/sbin", "/srv",
    "/sys", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/sbin", "/usr/share", "/var",
    "/var/cache", "/var/lib", "/var/log", "/var/run", "/var/tmp",
  ]

  private let root: FileTree
  /// The longest path first.
  private let mounts: [Mount]
  /// Where relative paths begin.
  var directory = "/"

  init(_ root: FileTree, mounts: [Mount] = []) {
    self.root = root
    self.mounts = mounts.sorted { ($1.path.utf8.count, $0.path) < ($0.path.utf8.count, $1.path) }
  }

  /// A file's text; nil where there is none.
  subscript(path: String) -> String? {
    let place = place(of: absolute(path))
    return place.tree.texts[place.key]
  }

  func write(_ text: String, to path: String) throws(Refusal) {
    let path = absolute(path)
    let place = place(of: path)
    if place.isReadOnly { throw .isReadOnly }
    if place.tree.texts[place.key] == nil {
      if isDirectory(path) { throw .isDirectory }
      guard isDirectory(Self.parent(of: path)) else { throw .hasNoDirectory }
    }
    guard place.tree.write(text, to: place.key) else { throw .isFull }
  }

  /// Makes a file so big, without anything in it.
  func fill(_ path: String, bytes: Int64) throws(Refusal) {
    try write("", to: path)
    let place = place(of: absolute(path))
    guard place.tree.fill(place.key, bytes: bytes) else { throw .isFull }
  }

  /// Bytes of a file; nil where there is none.
  func length(of path: String) -> Int64? {
    let place = place(of: absolute(path))
    return place.tree.length(of: place.key)
  }

  /// Bytes of disk that the container's own files take, without volumes.
  var ownSize: Int64 { root.size }

  func makeDirectory(_ path: String) throws(Refusal) {
    let path = absolute(path)
    let place = place(of: path)
    if place.isReadOnly { throw .isReadOnly }
    guard !isDirectory(path) else { return }
    guard place.tree.write("", to: place.key + "/") else { throw .isFull }
  }

  func remove(_ path: String) throws(Refusal) {
    let place = place(of: absolute(path))
    if place.isReadOnly { throw .isReadOnly }
    place.tree.remove(place.key)
  }

  func removeDirectory(_ path: String) throws(Refusal) {
    for file in paths(below: path) { try remove(file) }
  }

  func isDirectory(_ path: String) -> Bool {
    let path = absolute(path)
    if Self.systemDirectories.contains(path) || mounts.contains(where: { $0.path == path && !$0.isFile }) {
      return true
    }
    return !paths(below: path).isEmpty
  }

  /// The names in a directory, in order.
  func names(in path: String) -> [String] {
    let prefix = Self.withSlash(absolute(path))
    let inside = mounts.map(\.path).filter { $0.hasPrefix(prefix) }
    let all = (paths(below: path) + inside).compactMap { found in
      found.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
    }
    return Set(all).sorted()
  }

  /// All files below a directory, as absolute paths in order.
  func paths(below path: String) -> [String] {
    let prefix = Self.withSlash(absolute(path))
    var found: Set<String> = []
    for file in root.texts.keys {
      let whole = "/" + file
      if whole.hasPrefix(prefix), place(of: whole).tree === root { found.insert(whole) }
    }
    for mount in mounts {
      let part = mount.part.isEmpty ? "" : mount.isFile ? mount.part : mount.part + "/"
      for file in mount.tree.texts.keys where file.hasPrefix(part) {
        let whole = mount.isFile ? mount.path : mount.path + "/" + file.dropFirst(part.count)
        if whole.hasPrefix(prefix) { found.insert(whole) }
      }
    }
    return found.sorted()
  }

  // MARK: Places

  private func place(of path: String) -> (tree: FileTree, key: String, isReadOnly: Bool) {
    for mount in mounts {
      if path == mount.path { return (mount.tree, mount.part, mount.isReadOnly) }
      if !mount.isFile, path.hasPrefix(mount.path + "/") {
        let rest = String(path.dropFirst(mount.path.count + 1))
        return (mount.tree, mount.part.isEmpty ? rest : mount.part + "/" + rest, mount.isReadOnly)
      }
    }
    return (root, String(path.dropFirst()), false)
  }

  /// The path from the root, without `.`, `..` and double slashes.
  func absolute(_ path: String) -> String {
    let isPlain = path.hasPrefix("/") && !path.contains("//") && !path.contains("/.") && !path.hasSuffix("/")
    if isPlain { return path }
    var parts: [Substring] = path.hasPrefix("/") ? [] : directory.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func parent(of path: String) -> String {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  private static func withSlash(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }
}
