/// Which line of a YAML text each member and list item begins on, so that errors can name lines.
///
/// Follows indentation only: members inside `{…}` and `[…]` count as the line of what holds them.
struct YAMLOutline {
  /// The way to a value: member names and list indexes.
  typealias Path = [String]

  private struct Open {
    let column: Int
    let isItem: Bool
    let path: Path
  }

  private var lines: [Path: Int] = [:]
  private var open: [Open] = []
  private var itemCounts: [Path: Int] = [:]
  /// The column whose deeper lines belong to a block of text.
  private var textColumn: Int?

  init(_ text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      read(line, number: index + 1)
    }
  }

  /// The line of the value at a path, or of the nearest that holds it; nil for an empty text.
  func line(of path: Path) -> Int? {
    var path = path
    while true {
      if let line = lines[path] { return line }
      if path.isEmpty { return nil }
      path.removeLast()
    }
  }

  private mutating func read(_ line: Substring, number: Int) {
    var rest = line.drop { $0 == " " }
    var column = line.count - rest.count
    if rest.isEmpty { return }
    if let textColumn {
      if column > textColumn { return }
      self.textColumn = nil
    }
    if rest.hasPrefix("#") { return }
    while rest.hasPrefix("- ") || rest == "-" {
      addItem(at: column, number: number)
      let inner = rest.dropFirst().drop { $0 == " " }
      column += rest.count - inner.count
      rest = inner
    }
    guard let (key, value) = Self.member(rest) else {
      if Self.beginsText(rest) { textColumn = open.last?.column ?? 0 }
      return
    }
    open.removeAll { $0.column >= column }
    let path = (open.last?.path ?? []) + [key]
    lines[path] = number
    open.append(Open(column: column, isItem: false, path: path))
    if Self.beginsText(value) { textColumn = column }
  }

  private mutating func addItem(at column: Int, number: Int) {
    open.removeAll { $0.column > column || $0.column == column && $0.isItem }
    let parent = open.last?.path ?? []
    let path = parent + ["\(itemCounts[parent, default: 0])"]
    itemCounts[parent, default: 0] += 1
    lines[path] = number
    open.append(Open(column: column, isItem: true, path: path))
  }

  private static func beginsText(_ value: Substring) -> Bool { value.hasPrefix("|") || value.hasPrefix(">") }

  private static func member(_ text: Substring) -> (String, Substring)? {
    guard let first = text.first, !"{[\"'|>".contains(first), let colon = text.firstIndex(of: ":") else { return nil }
    let value = text[text.index(after: colon)...]
    guard value.isEmpty || value.hasPrefix(" ") else { return nil }
    return (String(text[..<colon]), value.drop { $0 == " " })
  }
}
