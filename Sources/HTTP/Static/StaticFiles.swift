import Glibc
import Synchronization

/// The files of a folder, or of a dictionary, as answers.
///
///     let files = try StaticFiles(root: "Public")
///     if let response = files.response(to: request) { return .answer(response) }
///
/// Content is kept in memory and read again when the file's time or size has changed. Nothing outside the folder is ever
/// served: no `..`, no hidden file, no symbolic link that leads out.
package final class StaticFiles: Sendable {
  /// The folder cannot be served.
  package struct Unreadable: Error, Equatable, CustomStringConvertible {
    /// The folder as given.
    package let root: String

    /// One line: what and what to do.
    package var description: String { "\(root) is not a folder that can be read: give the folder of the page's files" }
  }

  /// A file larger than this is not served: 16 MiB.
  package static let sizeLimit = 16 << 20

  private enum Source: Sendable {
    case folder(root: String)
    case memory([String: StaticFile])
  }

  private struct Entry {
    let stamp: FileStamp
    let file: StaticFile
  }

  private let source: Source
  private let compressionThreshold: Int
  private let cache = Mutex<[String: Entry]>([:])

  /// The files of a folder; text of so many bytes is kept compressed as well.
  package init(root: String, compressionThreshold: Int = StaticFile.defaultThreshold) throws(Unreadable) {
    guard let resolved = FolderReader.resolved(root) else { throw Unreadable(root: root) }
    source = .folder(root: resolved)
    self.compressionThreshold = compressionThreshold
  }

  /// Files by their paths, without a leading slash: `index.html`.
  package init(_ files: [String: [UInt8]], compressionThreshold: Int = StaticFile.defaultThreshold) {
    let made = files.map { path, bytes in
      (path, StaticFile(path: path, bytes: bytes, compressionThreshold: compressionThreshold))
    }
    source = .memory(Dictionary(uniqueKeysWithValues: made))
    self.compressionThreshold = compressionThreshold
  }

  /// The answer to a GET or HEAD of a file that exists; nil otherwise.
  package func response(to request: HTTPRequest) -> HTTPResponse? {
    guard request.method == "GET" || request.method == "HEAD" else { return nil }
    return file(atPath: request.path).map { HTTPResponse(status: 200, body: .file($0)) }
  }

  /// The file at a raw request path such as `/js/app.js` or `/`; nil when there is none that may be served.
  package func file(atPath path: String) -> StaticFile? {
    guard let relative = StaticPath.relative(path) else { return nil }
    switch source {
    case .memory(let files): return files[relative]
    case .folder(let root): return file(relative, in: root)
    }
  }

  private func file(_ relative: String, in root: String) -> StaticFile? {
    guard let opened = FolderReader.open(relative, in: root, sizeLimit: Self.sizeLimit) else {
      cache.withLock { _ = $0.removeValue(forKey: relative) }
      return nil
    }
    defer { close(opened.descriptor) }
    if let known = cache.withLock({ $0[relative] }), known.stamp == opened.stamp { return known.file }
    guard let bytes = FolderReader.read(opened) else { return nil }
    let file = StaticFile(path: relative, bytes: bytes, compressionThreshold: compressionThreshold)
    cache.withLock { $0[relative] = Entry(stamp: opened.stamp, file: file) }
    return file
  }
}
