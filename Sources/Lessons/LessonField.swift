import CEL
import Tree

/// One value of a lesson's YAML, which knows its place and complains about what it should not be.
struct LessonField {
  let value: Value?
  let path: YAMLOutline.Path
  let file: String
  let outline: YAMLOutline
  let problems: ProblemList

  private var name: String { path.last ?? "the file" }

  var line: Int? { outline.line(of: path) }
  var isMissing: Bool { value == nil || value == .null }

  func complain(_ message: String, mend remedy: String) {
    problems.add(message, mend: remedy, file: file, line: line)
  }

  subscript(key: String) -> LessonField {
    LessonField(value: value?[key], path: path + [key], file: file, outline: outline, problems: problems)
  }

  /// Complains about members that the format does not have.
  func allow(_ names: [String]) {
    guard let members = value?.object else {
      if !isMissing { complain("'\(name)' is not a mapping", mend: "write its members as 'name: value' lines") }
      return
    }
    for key in members.keys where !names.contains(key) {
      self[key].complain("there is no field '\(key)' here", mend: "the fields are: \(names.joined(separator: ", "))")
    }
  }

  /// A text that must be there; empty, with a complaint, where it is not.
  func text() -> String {
    guard let text = value?.string, !text.isEmpty else {
      complain("'\(name)' is missing or not a text", mend: "write '\(name): …' with a text")
      return ""
    }
    return text
  }

  /// A name that others refer to.
  func identifier() -> String {
    let text = text()
    let isPlain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    if !isPlain {
      complain("'\(text)' is no identifier", mend: "use lower-case letters, digits and '-' only")
    }
    return text
  }

  func whole(_ range: ClosedRange<Int64>) -> Int64 {
    guard let number = value?.integer, range.contains(number) else {
      complain(
        "'\(name)' is not a whole number from \(range.lowerBound) to \(range.upperBound)",
        mend: "write '\(name): \(range.lowerBound)' or more")
      return range.lowerBound
    }
    return number
  }

  /// A list's items; none, with a complaint, where this is something else.
  func items() -> [LessonField] {
    guard let items = value?.array else {
      if !isMissing { complain("'\(name)' is not a list", mend: "write each item on a line that begins with '- '") }
      return []
    }
    return items.enumerated().map { index, item in
      LessonField(value: item, path: path + ["\(index)"], file: file, outline: outline, problems: problems)
    }
  }

  /// One of the words of a type, or nil where it is missing; with a complaint where it is another word.
  func choice<Words: RawRepresentable & CaseIterable>(_ type: Words.Type) -> Words? where Words.RawValue == String {
    if isMissing { return nil }
    guard let word = value?.string, let choice = Words(rawValue: word) else {
      let words = Words.allCases.map(\.rawValue).joined(separator: ", ")
      complain("'\(name)' is none of the words that it may be", mend: "use one of \(words)")
      return nil
    }
    return choice
  }

  /// Texts of a list.
  func texts() -> [String] { items().map { $0.text() } }

  /// A text in each language: a mapping of `ko` and `en`.
  func localized() -> Localized<String> {
    guard value?.object != nil else {
      complain("'\(name)' is not a text in each language", mend: "write '\(name): {ko: …, en: …}'")
      return Localized(korean: "", english: "")
    }
    allow(Language.allCases.map(\.rawValue))
    return Localized(korean: self[Language.korean.rawValue].text(), english: self[Language.english.rawValue].text())
  }

  /// A text in each language, or one for both where it is the same.
  func localizedOrSame() -> Localized<String> {
    guard let same = value?.string else { return localized() }
    return Localized(korean: same, english: same)
  }

  /// A compiled expression of a check; nil, with a complaint, where it does not compile.
  func program() -> Program? {
    let text = text()
    if text.isEmpty { return nil }
    do {
      let program = try CEL.compile(text, variables: CheckVariable.names)
      for problem in CheckVariable.problems(of: program) {
        complain(problem, mend: "name a kind after 'before.', such as before.pods")
      }
      return program
    } catch {
      complain("the expression is wrong at \(error.description)", mend: "correct '\(text)'")
      return nil
    }
  }

  /// An expression for each language, or one for both.
  func programs() -> Localized<Program>? {
    if value?.object == nil { return program().map { Localized(korean: $0, english: $0) } }
    allow(Language.allCases.map(\.rawValue))
    let korean = self[Language.korean.rawValue].program()
    let english = self[Language.english.rawValue].program()
    guard let korean, let english else { return nil }
    return Localized(korean: korean, english: english)
  }
}
