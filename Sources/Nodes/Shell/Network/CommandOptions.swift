/// A command's options, read as getopt reads them: letters may stand together, and a value may follow at once or as the
/// next word.
///
///     var options = CommandOptions(["-sSo", "/dev/null", "web"], valued: ["o"])
///     options["o"]        // "/dev/null"
///     options.operands    // ["web"]
struct CommandOptions {
  private(set) var operands: [String] = []
  private var flags: [(name: String, value: String)] = []

  /// - Parameters:
  ///   - valued: letters and long names that take a value.
  ///   - long: what long names are the same as which letters.
  init(_ arguments: [String], valued: Set<String>, long: [String: String] = [:]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        return
      }
      if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
        let name = long[parts.first ?? ""] ?? parts.first ?? ""
        let takesValue = valued.contains(name) && parts.count == 1
        flags.append((name, parts.count > 1 ? parts[1] : takesValue ? rest.popFirst() ?? "" : ""))
      } else if argument.hasPrefix("-"), argument.count > 1 {
        readLetters(argument.dropFirst(), valued, &rest)
      } else {
        operands.append(argument)
      }
    }
  }

  private mutating func readLetters(_ letters: Substring, _ valued: Set<String>, _ rest: inout ArraySlice<String>) {
    var letters = letters
    while let letter = letters.popFirst() {
      let name = String(letter)
      guard valued.contains(name) else {
        flags.append((name, ""))
        continue
      }
      flags.append((name, letters.isEmpty ? rest.popFirst() ?? "" : String(letters)))
      return
    }
  }

  /// The last value given for the option; nil where it is not there.
  subscript(name: String) -> String? { flags.last { $0.name == name }?.value }

  /// All values given for the option, in order.
  func all(_ name: String) -> [String] { flags.filter { $0.name == name }.map(\.value) }

  func has(_ name: String) -> Bool { flags.contains { $0.name == name } }
}
