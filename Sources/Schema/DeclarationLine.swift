/// One line of a declaration, with what an error says of its place.
struct DeclarationLine {
  let source: String
  let number: Int
  let text: Substring

  func error(_ message: String) -> DeclarationError {
    let trimmed = text.drop { $0 == " " }
    return DeclarationError(source: source, line: number, text: String(trimmed), message: message)
  }
}

/// The words of a line up to `--`, read over its bytes: characters would cost ten times as much, and all tables are
/// read at every start.
struct LineWords {
  let line: DeclarationLine
  private var rest: Substring.UTF8View
  private(set) var previousEndsWithColon = false

  init(_ line: DeclarationLine) {
    self.line = line
    rest = line.text.utf8
  }

  /// The next word; nil at the end or before `--`. A word in double quotes may hold blanks.
  mutating func next() -> Substring? {
    skipBlanks()
    guard let first = rest.first, !isDocumentation else { return nil }
    var end = rest.startIndex
    if first == UInt8(ascii: "\"") {
      end = rest.index(after: end)
      while end < rest.endIndex, rest[end] != first { end = rest.index(after: end) }
      if end < rest.endIndex { end = rest.index(after: end) }
    } else {
      while end < rest.endIndex, rest[end] != UInt8(ascii: " ") { end = rest.index(after: end) }
    }
    let word = Substring(rest[..<end])
    rest = rest[end...]
    previousEndsWithColon = word.utf8.last == UInt8(ascii: ":")
    return word
  }

  /// The next word, if it is this one.
  mutating func skip(_ word: Substring) -> Bool {
    let before = self
    if next() == word { return true }
    self = before
    return false
  }

  /// What comes after `--`.
  var documentation: String {
    var words = self
    while words.next() != nil {}
    guard words.isDocumentation else { return "" }
    return String(Substring(words.rest.dropFirst(2).drop { $0 == UInt8(ascii: " ") }))
  }

  private var isDocumentation: Bool { rest.starts(with: "--".utf8) }

  private mutating func skipBlanks() {
    while rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
  }
}
