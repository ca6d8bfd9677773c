import Loop

/// Makes texts of a command's words: variables, substitutions, arithmetic, splitting at blanks.
struct ShellExpansion {
  /// Bytes of one expanded word.
  static let wordLimit = 256 << 10

  /// The words that a word becomes; unquoted parts are split at blanks, and vanish where they are empty.
  static func words(_ word: ShellWord, _ state: inout ShellState, _ world: inout ContainerWorld) -> [String] {
    var words: [String] = []
    var current: String?
    for part in word.parts {
      let (text, isQuoted) = text(of: part, &state, &world)
      if isQuoted || isLiteral(part) {
        current = (current ?? "") + text
        continue
      }
      if text.first?.isWhitespace == true, let done = current {
        words.append(done)
        current = nil
      }
      let pieces = text.split(whereSeparator: \.isWhitespace).map(String.init)
      for (number, piece) in pieces.enumerated() {
        if number > 0, let done = current {
          words.append(done)
          current = nil
        }
        current = (current ?? "") + piece
      }
      if text.last?.isWhitespace == true, let done = current {
        words.append(done)
        current = nil
      }
    }
    if let current { words.append(current) }
    return words.map { String($0.prefix(wordLimit)) }
  }

  /// The one text that a word becomes where no splitting happens: an assignment, a file's name.
  static func text(_ word: ShellWord, _ state: inout ShellState, _ world: inout ContainerWorld) -> String {
    var whole = ""
    for part in word.parts { whole += text(of: part, &state, &world).text }
    return String(whole.prefix(wordLimit))
  }

  private static func isLiteral(_ part: ShellWord.Part) -> Bool {
    if case .text = part { true } else { false }
  }

  private static func text(
    of part: ShellWord.Part, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> (text: String, isQuoted: Bool) {
    switch part {
    case .text(let text, let isQuoted):
      return (text, isQuoted)
    case .variable(let name, let fallback, let isQuoted):
      let value = state.value(of: name, in: world) ?? ""
      return (value.isEmpty ? fallback ?? "" : value, isQuoted)
    case .list(let words):
      var elements: [String] = []
      for word in words { elements += self.words(word, &state, &world) }
      return (ShellState.array(elements), true)
    case .element(let name, let index, let isCount, let isQuoted):
      let elements = state.elements(of: name, in: world)
      if isCount { return (String(elements.count), isQuoted) }
      if index == "@" || index == "*" { return (elements.joined(separator: " "), isQuoted) }
      let (snapshot, place) = (state, world)
      let number = ShellArithmetic.value(index) { snapshot.value(of: $0, in: place) ?? "0" }
      let position = number < 0 ? elements.count + number : number
      return (elements.indices.contains(position) ? elements[position] : "", isQuoted)
    case .command(let script, let isQuoted):
      var output = ShellRunner.output(of: script, &state, &world)
      while output.hasSuffix("\n") { output.removeLast() }
      return (output, isQuoted)
    case .arithmetic(let expression):
      let (snapshot, place) = (state, world)
      return (String(ShellArithmetic.value(expression) { snapshot.value(of: $0, in: place) ?? "0" }), true)
    }
  }
}
