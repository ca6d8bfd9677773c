package import Loop

/// One line that a container wrote.
package struct LogLine: Sendable, Equatable {
  /// When it was written.
  package let time: Time
  /// Without the line's end.
  package let text: String
  /// Whether it was written to standard error.
  package let isError: Bool

  /// A line that was written to standard output, or to standard error.
  package init(time: Time, text: String, isError: Bool = false) {
    self.time = time
    self.text = text
    self.isError = isError
  }
}

/// What one run of a container wrote, the oldest lines forgotten beyond the limits.
struct ContainerLog {
  /// Lines kept of one run.
  static let lineLimit = 5_000
  /// Bytes kept of one run.
  static let byteLimit = 512 << 10
  /// Bytes kept of one line; what is longer is cut.
  static let lineByteLimit = 16 << 10

  private var kept: [LogLine] = []
  private var first = 0
  private var bytes = 0

  var lines: ArraySlice<LogLine> { kept[first...] }
  /// Bytes that are kept.
  var size: Int64 { Int64(bytes) }

  mutating func append(_ line: LogLine) {
    var line = line
    if line.text.utf8.count > Self.lineByteLimit {
      line = LogLine(time: line.time, text: String(line.text.prefix(Self.lineByteLimit / 4)), isError: line.isError)
    }
    kept.append(line)
    bytes += line.text.utf8.count
    while kept.count - first > Self.lineLimit || bytes > Self.byteLimit {
      bytes -= kept[first].text.utf8.count
      first += 1
    }
    if first > Self.lineLimit {
      kept.removeFirst(first)
      first = 0
    }
  }
}
