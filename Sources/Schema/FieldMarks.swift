import Tree

/// What stands behind a field's type.
///
///     = 80                     the default, in JSON
///     shown                    written even when zero
///     atomic | set | keys a,b  how server-side apply sees the list
///     merge [key] | unmerged   how a strategic merge patch sees it: by `keys`' key unless said otherwise
///     retainKeys               a strategic merge patch that names the object drops what it does not name
///     required ["why"]         must not be empty
///     min 0, max 9, range 0 9  of a number
///     length 63                characters or elements at most
///     pattern "^a$"            a regular expression
///     enum a|b                 the words it may be
///     immutable                stays as it was created
struct FieldMarks {
  let isMap: Bool
  var defaultValue: Value?
  var isShown = false
  var list: ListKind?
  var patch = PatchRule()
  var limits = Limits()

  init(isMap: Bool) { self.isMap = isMap }

  mutating func read(_ words: inout LineWords) throws(DeclarationError) {
    while let word = words.next() {
      switch word {
      case "=": defaultValue = try value(&words)
      case "shown": isShown = true
      case "atomic": list = .atomic
      case "set": list = .set
      case "keys": try readKeys(&words)
      case "merge": readMerge(&words)
      case "unmerged": patch = PatchRule()
      case "retainKeys": patch.retainsKeys = true
      default: try readLimit(word, &words)
      }
    }
  }

  private mutating func readLimit(_ word: String, _ words: inout LineWords) throws(DeclarationError) {
    switch word {
    case "required": limits.requirement = quoted(&words) ?? ""
    case "immutable": limits.isImmutable = true
    case "min": limits.minimum = try number(&words)
    case "max": limits.maximum = try number(&words)
    case "range":
      limits.minimum = try number(&words)
      limits.maximum = try number(&words)
    case "length": limits.length = Int(try number(&words))
    case "pattern": limits.pattern = quoted(&words)
    case "enum": limits.words = (words.next() ?? "").split(separator: "|").map(String.init)
    default: throw words.line.error("unknown mark `\(word)`")
    }
  }

  private mutating func readKeys(_ words: inout LineWords) throws(DeclarationError) {
    guard let keys = words.next()?.split(separator: ",").map(String.init), let first = keys.first else {
      throw words.line.error("`keys` needs the names of fields")
    }
    list = .map(keys: keys)
    patch.merges = true
    patch.mergeKey = first
  }

  private mutating func readMerge(_ words: inout LineWords) {
    patch.merges = true
    let before = words
    guard let key = words.next(), !FieldMarks.known.contains(key) else {
      words = before
      return
    }
    patch.mergeKey = key
  }

  private static let known: [String] = [
    "=", "shown", "atomic", "set", "keys", "merge", "unmerged", "retainKeys", "required", "immutable", "min", "max",
    "range", "length", "pattern", "enum",
  ]

  private func value(_ words: inout LineWords) throws(DeclarationError) -> Value {
    let text = words.next() ?? ""
    do throws(SyntaxError) {
      return try JSON.parse(text)
    } catch {
      throw words.line.error("the default `\(text)` is no JSON")
    }
  }

  private func number(_ words: inout LineWords) throws(DeclarationError) -> Double {
    let text = words.next() ?? ""
    guard let number = Double(text) else { throw words.line.error("`\(text)` is no number") }
    return number
  }

  private func quoted(_ words: inout LineWords) -> String? {
    let before = words
    if let word = words.next(), word.utf8.first == UInt8(ascii: "\""), word.utf8.count > 1 {
      return String(word.dropFirst().dropLast())
    }
    words = before
    return nil
  }
}
