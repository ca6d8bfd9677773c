/// Whole-number arithmetic as `$(( … ))` has it: + - * / %, comparisons, parentheses, variables.
struct ShellArithmetic {
  private let characters: [Character]
  private let variable: (String) -> String
  private var index = 0
  private var depth = 0
  private static let depthLimit = 200

  /// The value of the expression; 0 for what cannot be read, as an unset variable has.
  static func value(_ text: String, variable: @escaping (String) -> String) -> Int {
    var arithmetic = ShellArithmetic(characters: text.filter { !$0.isWhitespace }, variable: variable)
    return arithmetic.comparison()
  }

  private init(characters: String, variable: @escaping (String) -> String) {
    self.characters = Array(characters)
    self.variable = variable
  }

  private mutating func take(_ text: String) -> Bool {
    let end = index + text.count
    guard end <= characters.count, String(characters[index..<end]) == text else { return false }
    index = end
    return true
  }

  private mutating func comparison() -> Int {
    let left = sum()
    for (text, holds) in [
      ("<=", { $0 <= $1 }), (">=", { $0 >= $1 }), ("==", { $0 == $1 }), ("!=", { $0 != $1 }), ("<", { $0 < $1 }),
      (">", { $0 > $1 }),
    ] as [(String, (Int, Int) -> Bool)] where take(text) {
      return holds(left, sum()) ? 1 : 0
    }
    return left
  }

  private mutating func sum() -> Int {
    var value = product()
    while true {
      if take("+") { value = value &+ product() } else if take("-") { value = value &- product() } else { return value }
    }
  }

  private mutating func product() -> Int {
    var value = unary()
    while true {
      if take("*") {
        value = value &* unary()
      } else if take("/") {
        let divisor = unary()
        value = divisor == 0 ? 0 : value.dividedReportingOverflow(by: divisor).partialValue
      } else if take("%") {
        let divisor = unary()
        value = divisor == 0 ? 0 : value.remainderReportingOverflow(dividingBy: divisor).partialValue
      } else {
        return value
      }
    }
  }

  /// What is nested deeper than `depthLimit` counts as 0.
  private mutating func unary() -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      index = characters.count
      return 0
    }
    if take("-") { return 0 &- unary() }
    if take("+") { return unary() }
    if take("(") {
      let value = comparison()
      _ = take(")")
      return value
    }
    _ = take("$")
    var word = ""
    while index < characters.count, characters[index].isLetter || characters[index].isNumber || characters[index] == "_"
    {
      word.append(characters[index])
      index += 1
    }
    if word.isEmpty { index += 1 }
    return Int(word) ?? Int(variable(word)) ?? 0
  }
}
