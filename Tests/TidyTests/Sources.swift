import Foundation

/// The repository's own source, as text.
enum SourceTree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct File {
    /// From the repository's root: `Sources/Loop/Loop.swift`.
    let path: String
    let lines: [String]

    /// `Loop`
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  }

  /// The Swift files below a folder of the repository.
  static func swiftFiles(in folder: String) -> [File] {
    files(in: folder) { $0.hasSuffix(".swift") }
  }

  static func files(in folder: String, where isWanted: (String) -> Bool) -> [File] {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String }
    return (paths ?? []).filter(isWanted).sorted().compactMap { path in
      let place = folder + "/" + path
      guard let text = try? String(contentsOf: root.appending(path: place), encoding: .utf8) else { return nil }
      return File(path: place, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }
}

extension String {
  /// The line without its comment and without what stands in quotes on it.
  var code: String {
    var result = ""
    var isQuoted = false
    var previous: Character = " "
    for character in self {
      if character == "\"", previous != "\\" { isQuoted.toggle() }
      if !isQuoted, character == "/", previous == "/" { return String(result.dropLast()) }
      if !isQuoted || character == "\"" { result.append(character) }
      previous = character
    }
    return result
  }
}
