import Glibc

/// Where a lesson's files come from.
protocol LessonFiles {
  /// A file's text.
  func text(of name: String) throws(LessonFileFailure) -> String
}

/// Why a file or folder cannot be read.
struct LessonFileFailure: Error {
  let message: String
  let remedy: String
}

/// Reads a folder's files. Lessons come from disk once, when they are loaded; this is the one place that looks there.
struct LessonFolder: LessonFiles {
  typealias Failure = LessonFileFailure

  /// The largest file of a lesson, in bytes.
  static let fileLimit = 262_144
  /// The most entries of a folder that are looked at.
  static let entryLimit = 1_000

  let path: String

  /// The names of the folders in this one, sorted, without hidden ones.
  func folders() throws(Failure) -> [String] {
    guard let directory = opendir(path) else {
      throw Failure(message: "the folder cannot be read: \(Self.lastError)", remedy: "name a folder that exists")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < Self.entryLimit, let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), isFolder(name) { names.append(name) }
    }
    return names.sorted()
  }

  private func isFolder(_ name: String) -> Bool {
    var status = stat()
    return stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names, sizes and times of all files below, as a text that changes whenever one of them does.
  func version(depth: Int = 3) -> String {
    guard depth > 0, let directory = opendir(path) else { return "" }
    defer { closedir(directory) }
    var entries: [String] = []
    while entries.count < Self.entryLimit, let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard !name.hasPrefix("."), stat("\(path)/\(name)", &status) == 0 else { continue }
      let inner = LessonFolder(path: "\(path)/\(name)").version(depth: depth - 1)
      entries.append("\(name) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(inner)")
    }
    return entries.sorted().joined(separator: "\n")
  }

  func text(of name: String) throws(Failure) -> String {
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
      throw Failure(message: "'\(name)' leads out of the lesson's folder", remedy: "name a file in it")
    }
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(message: "the file cannot be read: \(Self.lastError)", remedy: "add it to the lesson's folder")
    }
    defer { close(descriptor) }
    let bytes = try Self.bytes(of: descriptor)
    guard bytes.count <= Self.fileLimit else {
      throw Failure(message: "the file has more than \(Self.fileLimit) bytes", remedy: "make it shorter")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(message: "the file is not UTF-8 text", remedy: "save it as UTF-8")
    }
    return text
  }

  /// Bytes that are read at a time.
  private static let block = 16 << 10

  /// What an open file holds, up to one byte more than the limit.
  private static func bytes(of descriptor: Int32) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= fileLimit {
      let (count, room) = (bytes.count, min(block, fileLimit + 1 - bytes.count))
      bytes.append(contentsOf: repeatElement(0, count: room))
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: count), room) }
      bytes.removeLast(room - max(got, 0))
      guard got >= 0 else {
        throw Failure(message: "the file cannot be read: \(lastError)", remedy: "look at its type and permissions")
      }
      if got == 0 { break }
    }
    return bytes
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}
