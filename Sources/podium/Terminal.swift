import Glibc

/// What a person at a terminal reads.
enum Terminal {
  /// A line on the standard output.
  static func show(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// A line on the standard error.
  static func warn(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// Why a command cannot do what it should: one clear line, and exit status 1.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
