/// One line of a declaration, with what an error says of its place.
struct DeclarationLine {
  let source: String
  let number: Int
  /// All bytes of the source, of which the line is a part.
  let bytes: [UInt8]
  let range: Range<Int>

  func error(_ message: String) -> DeclarationError {
    let text = bytes[range].drop { $0 == UInt8(ascii: " ") }
    return DeclarationError(source: source, line: number, text: String(decoding: text, as: UTF8.self), message: message)
  }
}

/// The words of a line up to `--`, read over its bytes: characters would cost ten times as much, and all tables are
/// read at every start.
struct LineWords {
  let line: DeclarationLine
  private var position: Int

  init(_ line: DeclarationLine) {
    self.line = line
    position = line.range.lowerBound
  }

  private var end: Int { line.range.upperBound }

  /// The next word; nil at the end or before `--`. A word in double quotes may hold blanks.
  mutating func next() -> String? {
    skipBlanks()
    let start = position
    guard start < end, !isAtDocumentation else { return nil }
    if line.bytes[start] == UInt8(ascii: "\"") {
      position += 1
      while position < end, line.bytes[position] != UInt8(ascii: "\"") { position += 1 }
      position = min(position + 1, end)
    } else {
      while position < end, line.bytes[position] != UInt8(ascii: " ") { position += 1 }
    }
    return String(decoding: line.bytes[start..<position], as: UTF8.self)
  }

  /// The next word without the colon that must stand at its end.
  mutating func nextBeforeColon() -> String? {
    guard let word = next(), word.utf8.last == UInt8(ascii: ":") else { return nil }
    return String(word.dropLast())
  }

  /// What comes after `--`, once all words are read.
  var documentation: String {
    var words = self
    words.skipBlanks()
    guard words.isAtDocumentation else { return "" }
    words.position += 2
    words.skipBlanks()
    return String(decoding: line.bytes[words.position..<end], as: UTF8.self)
  }

  private var isAtDocumentation: Bool {
    position + 1 < end && line.bytes[position] == UInt8(ascii: "-") && line.bytes[position + 1] == UInt8(ascii: "-")
  }

  private mutating func skipBlanks() {
    while position < end, line.bytes[position] == UInt8(ascii: " ") { position += 1 }
  }
}
