/// Reads kubectl's templates.
struct JSONPathParser {
  typealias TemplateError = JSONPath.TemplateError

  private let characters: [Character]
  private var position = 0
  private var depth = 0

  init(_ template: String, depth: Int = 0) {
    characters = Array(template)
    self.depth = depth
  }

  mutating func template() throws(TemplateError) -> [JSONPath.Node] {
    let nodes = try nodes(inRange: false)
    return nodes
  }

  private var current: Character? { position < characters.count ? characters[position] : nil }

  /// Nodes up to the template's end or, in a range, to its `{end}`.
  private mutating func nodes(inRange: Bool) throws(TemplateError) -> [JSONPath.Node] {
    depth += 1
    defer { depth -= 1 }
    if depth > JSONPath.depthLimit { throw TemplateError("template nests deeper than \(JSONPath.depthLimit)") }
    var nodes: [JSONPath.Node] = []
    while let character = current {
      if character != "{" {
        nodes.append(.text(outerText()))
        continue
      }
      position += 1
      skipSpaces()
      if takes("range") {
        let steps = try steps()
        nodes.append(.range(steps, try self.nodes(inRange: true)))
      } else if takes("end") {
        skipSpaces()
        guard current == "}" else { throw TemplateError("unclosed action") }
        position += 1
        if !inRange { throw TemplateError("not in range, nothing to end") }
        return nodes
      } else {
        nodes.append(.expression(try steps()))
      }
    }
    if inRange { throw TemplateError("unclosed range: {end} is missing") }
    return nodes
  }

  private mutating func outerText() -> String {
    let start = position
    while let character = current, character != "{" { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func skipSpaces() {
    while let character = current, character.isWhitespace { position += 1 }
  }

  /// Steps over a word if it stands here with a blank or the brace's end behind it.
  private mutating func takes(_ word: String) -> Bool {
    let end = position + word.count
    guard end < characters.count, characters[position..<end].elementsEqual(word) else { return false }
    guard characters[end].isWhitespace || characters[end] == "}" else { return false }
    position = end
    return true
  }

  /// The steps of one pair of braces, whose opening one is behind us.
  private mutating func steps() throws(TemplateError) -> [JSONPath.Step] {
    var steps: [JSONPath.Step] = []
    while let character = current {
      if character == "}" {
        position += 1
        return steps
      }
      if let step = try step() { steps.append(step) }
    }
    throw TemplateError("unclosed action")
  }

  /// All of the text as steps, without braces: one side of a filter.
  mutating func bareSteps() throws(TemplateError) -> [JSONPath.Step] {
    if depth > JSONPath.depthLimit { throw TemplateError("template nests deeper than \(JSONPath.depthLimit)") }
    var steps: [JSONPath.Step] = []
    while current != nil {
      if let step = try step() { steps.append(step) }
    }
    return steps
  }

  private mutating func step() throws(TemplateError) -> JSONPath.Step? {
    guard let character = current else { return nil }
    switch character {
    case " ", "\t", "\n", "\r":
      position += 1
      return nil
    case "$":
      position += 1
      return .root
    case "@":
      position += 1
      return .current
    case ".": return try field()
    case "[": return try brackets()
    case "\"", "'": return .literal(.string(try quoted()))
    case "*":
      position += 1
      return .wildcard
    default: return try word()
    }
  }

  private mutating func field() throws(TemplateError) -> JSONPath.Step? {
    position += 1
    if current == "." { return .recursive }
    if current == "*" {
      position += 1
      return .wildcard
    }
    let name = fieldName()
    if name.isEmpty {
      // `.` alone is the value itself, and in `..[0]` the brackets follow.
      return current == "[" || current == nil || current == "}" ? nil : .field(name)
    }
    return .field(name)
  }

  private mutating func fieldName() -> String {
    var name = ""
    while let character = current {
      if character == "\\", position + 1 < characters.count {
        name.append(characters[position + 1])
        position += 2
        continue
      }
      if character.isWhitespace || ".[]{}()$@,\"'=!<>|&".contains(character) { break }
      name.append(character)
      position += 1
    }
    return name
  }

  private mutating func quoted() throws(TemplateError) -> String {
    let quote = current
    position += 1
    var text = ""
    while let character = current {
      position += 1
      if character == quote { return text }
      guard character == "\\", let escaped = current else {
        text.append(character)
        continue
      }
      position += 1
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      default: text.append(escaped)
      }
    }
    throw TemplateError("unterminated quoted string")
  }

  private mutating func word() throws(TemplateError) -> JSONPath.Step {
    let start = position
    while let character = current, !character.isWhitespace, !"{}[]()\"'".contains(character) { position += 1 }
    let word = String(characters[start..<position])
    if word.isEmpty {
      throw TemplateError(
        "unrecognized character in action: U+\(hexadecimal(characters[start])) '\(characters[start])'")
    }
    switch word {
    case "true": return .literal(.boolean(true))
    case "false": return .literal(.boolean(false))
    default: break
    }
    if let integer = Int64(word) { return .literal(.integer(integer)) }
    if let number = Double(word), number.isFinite { return .literal(.number(number)) }
    throw TemplateError("unrecognized identifier \(word)")
  }

  private func hexadecimal(_ character: Character) -> String {
    let digits = String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    return String(repeating: "0", count: Swift.max(0, 4 - digits.utf8.count)) + digits
  }
}

// MARK: Brackets

extension JSONPathParser {
  private mutating func brackets() throws(TemplateError) -> JSONPath.Step {
    let inside = try bracketed()
    let text = String(inside)
    if text == "*" { return .wildcard }
    if text.hasPrefix("?(") {
      guard text.hasSuffix(")") else { throw TemplateError("unterminated filter") }
      return .filter(try filter(Array(inside.dropFirst(2).dropLast())))
    }
    let parts = split(inside)
    if parts.count > 1 {
      var union: [[JSONPath.Step]] = []
      for part in parts { union.append([try subscripted(part, of: text)]) }
      return .union(union)
    }
    return try subscripted(inside, of: text)
  }

  /// What stands between the bracket at the position and its partner.
  private mutating func bracketed() throws(TemplateError) -> [Character] {
    position += 1
    let start = position
    var level = 1
    var quote: Character?
    while let character = current {
      position += 1
      if character == "\\" {
        position += 1
      } else if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "[" {
        level += 1
      } else if character == "]" {
        level -= 1
        if level == 0 { return Array(characters[start..<position - 1]) }
      }
    }
    throw TemplateError("unterminated array")
  }

  /// Parts between commas that stand outside quotes.
  private func split(_ text: [Character]) -> [[Character]] {
    var parts: [[Character]] = [[]]
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      }
      if character == ",", quote == nil { parts.append([]) } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private func subscripted(_ characters: [Character], of whole: String) throws(TemplateError) -> JSONPath.Step {
    let trimmed = characters.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    let text = Array(trimmed)
    if let first = text.first, first == "'" || first == "\"" {
      var parser = JSONPathParser(String(text))
      let name = try parser.quoted()
      if parser.current != nil { throw TemplateError("invalid array index \(whole)") }
      return .field(name)
    }
    if String(text) == "*" { return .wildcard }
    let bounds = String(text).split(separator: ":", omittingEmptySubsequences: false)
    var numbers: [Int?] = []
    for bound in bounds {
      guard bound.isEmpty || Int(bound) != nil else { throw TemplateError("invalid array index \(whole)") }
      numbers.append(Int(bound))
    }
    switch numbers.count {
    case 1:
      guard let index = numbers[0] else { throw TemplateError("invalid array index \(whole)") }
      return .slice(JSONPath.Slice(start: index, isIndex: true))
    case 2: return .slice(JSONPath.Slice(start: numbers[0], end: numbers[1]))
    case 3: return .slice(JSONPath.Slice(start: numbers[0], end: numbers[1], stride: numbers[2]))
    default: throw TemplateError("invalid array index \(whole)")
    }
  }

  private func filter(_ characters: [Character]) throws(TemplateError) -> JSONPath.Filter {
    var quote: Character?
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, "=!<>".contains(character) {
        let hasEquals = index + 1 < characters.count && characters[index + 1] == "="
        let comparison = hasEquals ? "\(character)=" : String(character)
        if comparison == "=" || comparison == "!" { throw TemplateError("unrecognized operator \(comparison)") }
        let left = Array(characters[..<index])
        let right = Array(characters[(index + (hasEquals ? 2 : 1))...])
        return JSONPath.Filter(left: try side(left), comparison: comparison, right: try side(right))
      }
      index += 1
    }
    return JSONPath.Filter(left: try side(characters), comparison: nil, right: [])
  }

  private func side(_ characters: [Character]) throws(TemplateError) -> [JSONPath.Step] {
    var parser = JSONPathParser(String(characters), depth: depth + 1)
    return try parser.bareSteps()
  }
}
