/// Why a text could not be read, and where.
package struct SyntaxError: Error, Hashable, Sendable {
  /// What is wrong, in the words of the Go libraries that Kubernetes' users know.
  package let message: String
  /// Bytes before the place, from 0.
  package let offset: Int
  /// The place's line, from 1.
  package let line: Int
  /// The place's character in its line, from 1.
  package let column: Int

  package init(message: String, offset: Int, line: Int, column: Int) {
    self.message = message
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// An error at a byte of a text: line and column are counted here, so that reading need not count.
  init(_ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(message: message, offset: offset, line: line, column: column)
  }
}

extension SyntaxError: CustomStringConvertible {
  package var description: String { "line \(line), column \(column): \(message)" }
}

/// How much a text may ask of its reader. Whoever reads a text from outside is bound by these.
package struct ParseLimits: Sendable {
  /// How deep objects and arrays may nest.
  package var depth: Int
  /// How many values a YAML text may become once its aliases are followed: what stops a "billion laughs".
  package var values: Int

  package init(depth: Int = 500, values: Int = 1_000_000) {
    self.depth = depth
    self.values = values
  }

  /// 500 levels, a million values.
  package static let standard = ParseLimits()
}
