/// What a terminal does with what is typed before a program reads it: echo, erasing, ends of lines, Ctrl-C and Ctrl-D
/// (POSIX, "General Terminal Interface", canonical mode).
struct TerminalLine {
  enum Key: Equatable {
    /// A whole line, with its end.
    case line(String)
    case interrupt
    case endOfInput
  }

  /// Characters of one line.
  private static let limit = 4_096

  /// What was typed of a line that has not ended.
  private(set) var line = ""
  private var followsReturn = false

  /// Takes what was typed. Answers what is echoed, and what it comes to.
  mutating func type(_ text: String) -> (echo: String, keys: [Key]) {
    var (echo, keys) = ("", [Key]())
    for scalar in text.unicodeScalars {
      let isSecondHalf = followsReturn && scalar == "\n"
      followsReturn = scalar == "\r"
      switch scalar {
      case "\n" where isSecondHalf: break
      case "\r", "\n":
        echo += "\r\n"
        keys.append(.line(line + "\n"))
        line = ""
      case "\u{3}":
        echo += "^C\r\n"
        line = ""
        keys.append(.interrupt)
      case "\u{4}":
        if line.isEmpty { keys.append(.endOfInput) }
      case "\u{8}", "\u{7F}":
        if line.popLast() != nil { echo += "\u{8} \u{8}" }
      case "\u{15}":
        echo += String(repeating: "\u{8} \u{8}", count: line.count)
        line = ""
      case "\t", " "..."\u{10FFFF}":
        guard line.unicodeScalars.count < Self.limit else { break }
        line.unicodeScalars.append(scalar)
        echo.unicodeScalars.append(scalar)
      default: break
      }
    }
    return (echo, keys)
  }
}
