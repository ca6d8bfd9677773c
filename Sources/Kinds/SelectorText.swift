/// A selector's text could not be read.
package struct SelectorError: Error, Sendable, Equatable {
  /// As Kubernetes words it: `found '%', expected: ',' or 'end of string'`.
  package let message: String

  package init(_ message: String) { self.message = message }
}

extension LabelSelector {
  /// The selector of a `labelSelector` parameter: `app=web,tier in (a, b),!old,version!=2`.
  package init(text: String) throws(SelectorError) {
    var reader = SelectorReader(text)
    self.init(try reader.requirements())
  }
}

/// Reads a label selector's text (k8s.io/apimachinery, labels.Parse).
private struct SelectorReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func requirements() throws(SelectorError) -> [LabelSelector.Requirement] {
    var found: [LabelSelector.Requirement] = []
    skipSpace()
    while !rest.isEmpty {
      found.append(try requirement())
      skipSpace()
      guard !rest.isEmpty else { break }
      guard rest.first == "," else {
        throw SelectorError("found '\(token())', expected: ',' or 'end of string'")
      }
      rest.removeFirst()
      skipSpace()
      guard !rest.isEmpty else {
        throw SelectorError("found '', expected: identifier after ','")
      }
    }
    return found
  }

  private mutating func requirement() throws(SelectorError) -> LabelSelector.Requirement {
    if rest.first == "!" {
      rest.removeFirst()
      skipSpace()
      return LabelSelector.Requirement(key: try key(), .doesNotExist)
    }
    let key = try key()
    skipSpace()
    guard let next = rest.first, next != "," else { return LabelSelector.Requirement(key: key, .exists) }
    for (text, operation) in [
      ("==", LabelSelector.Operator.isIn), ("!=", .notIn), ("=", .isIn), (">", .greaterThan), ("<", .lessThan),
    ] where rest.hasPrefix(text) {
      rest.removeFirst(text.count)
      skipSpace()
      let value = word()
      if operation == .greaterThan || operation == .lessThan, Int64(value) == nil {
        throw SelectorError(
          "unable to parse requirement: values[0]: Invalid value: \"\(value)\": for 'Gt', 'Lt' operators, the value "
            + "must be an integer")
      }
      try check([value], of: key)
      return LabelSelector.Requirement(key: key, operation, values: [value])
    }
    let operation = word()
    guard operation == "in" || operation == "notin" else {
      let found = operation.isEmpty ? token() : operation
      throw SelectorError(
        "unable to parse requirement: found '\(found)', expected: in, notin, =, ==, !=, gt, lt")
    }
    // Kubernetes sees the values as a set.
    let values = Array(Set(try values())).sorted()
    try check(values, of: key)
    return LabelSelector.Requirement(key: key, operation == "in" ? .isIn : .notIn, values: values)
  }

  /// What no label can be is not looked for either.
  private func check(_ values: [String], of key: String) throws(SelectorError) {
    let errors = values.enumerated().flatMap { index, value -> [String] in
      let syntax = NameSyntax.labelValueErrors(value)
      let shown = "values[\(index)][\(key)]: Invalid value: \"\(value)\": "
      return syntax.isEmpty ? [] : [shown + syntax.joined(separator: "; ")]
    }
    guard let first = errors.first else { return }
    let all = errors.count == 1 ? first : "[" + errors.joined(separator: ", ") + "]"
    throw SelectorError("unable to parse requirement: " + all)
  }

  private mutating func values() throws(SelectorError) -> [String] {
    skipSpace()
    guard rest.first == "(" else {
      throw SelectorError("unable to parse requirement: found '\(token())', expected: '('")
    }
    rest.removeFirst()
    var values: [String] = []
    while true {
      skipSpace()
      values.append(word())
      skipSpace()
      guard let next = rest.first else {
        throw SelectorError("unable to parse requirement: found '', expected: ',', or ')'")
      }
      guard next == "," || next == ")" else {
        throw SelectorError("unable to parse requirement: found '\(token())', expected: ',', or ')'")
      }
      rest.removeFirst()
      if next == ")" { return values }
    }
  }

  private mutating func key() throws(SelectorError) -> String {
    let key = word()
    guard !key.isEmpty else {
      throw SelectorError(
        "unable to parse requirement: found '\(token())', expected: !, identifier, or 'end of string'")
    }
    guard Self.isQualifiedName(key) else {
      throw SelectorError(
        "unable to parse requirement: <nil>: Invalid value: \"\(key)\": name part must consist of alphanumeric "
          + "characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or "
          + "'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")
    }
    return key
  }

  private static func isQualifiedName(_ key: String) -> Bool {
    let name = key.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let first = name.first, let last = name.last else { return false }
    return [first, last].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  private mutating func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" } }

  private mutating func word() -> String {
    let word = rest.prefix { !" \t\r\n,()=!<>".contains($0) }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  private func token() -> String { rest.first.map(String.init) ?? "" }
}
