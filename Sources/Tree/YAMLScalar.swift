/// What a YAML scalar without quotes means: YAML 1.1's words and numbers as go-yaml knows them.
///
/// Timestamps stay strings. A number with a fraction of nought is an integer, because Kubernetes' tools turn YAML into
/// JSON first, where Go writes `1.0` as `1`.
enum YAMLScalar {
  private static let prefix = "tag:yaml.org,2002:"
  static let mergeTag = prefix + "merge"

  /// The value of a plain scalar, or nil if it is not of the kind that the tag asks for.
  static func value(_ text: String, tag: String?) -> Value? {
    guard let tag else { return resolve(text) }
    guard tag.hasPrefix(prefix) else { return .string(text) }
    let value = resolve(text)
    switch (tag.dropFirst(prefix.count), value) {
    case ("int", .integer), ("bool", .boolean), ("null", .null), ("float", .number), ("float", .integer): return value
    case ("binary", _): return decodeBase64(text).map { .string($0) }
    case ("int", _), ("bool", _), ("null", _), ("float", _): return nil
    default: return .string(text)
    }
  }

  /// The tag that a plain scalar gets, as error messages name it.
  static func kind(_ text: String) -> String {
    switch resolve(text) {
    case .null: "!!null"
    case .boolean: "!!bool"
    case .integer: "!!int"
    case .number: "!!float"
    default: "!!str"
    }
  }

  static func shortTag(_ tag: String?) -> String {
    guard let tag, tag.hasPrefix(prefix) else { return tag ?? "" }
    return "!!" + tag.dropFirst(prefix.count)
  }

  /// The value of a plain scalar without tag.
  static func resolve(_ text: String) -> Value {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text) ?? .string(text)
    case UInt8(ascii: "~"): return text == "~" ? .null : .string(text)
    default: return word(text) ?? .string(text)
    }
  }

  private static func word(_ text: String) -> Value? {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .boolean(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .boolean(false)
    case "null", "Null", "NULL": .null
    default: nil
    }
  }

  private static func number(_ text: String) -> Value? {
    switch text {
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    default: break
    }
    let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
    if let integer = integer(plain) { return integer }
    guard isDecimal(plain.utf8), let double = Double(plain), double.isFinite else { return nil }
    return integral(double)
  }

  private static func integral(_ number: Double) -> Value {
    Int64(number.shortest).map { .integer($0) } ?? .number(number)
  }

  /// An integer: decimal, `0x`, `0o`, `0b`, or octal after a nought.
  private static func integer(_ text: String) -> Value? {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let hasSign = isNegative || text.utf8.first == UInt8(ascii: "+")
    let (digits, radix) = radix(hasSign ? text.dropFirst() : text[...])
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    guard let magnitude = UInt64(digits, radix: radix) else { return nil }
    if isNegative {
      return magnitude <= Int64.min.magnitude ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
    }
    return Int64(exactly: magnitude).map { .integer($0) } ?? .number(Double(magnitude))
  }

  private static func radix(_ text: Substring) -> (digits: Substring, radix: Int) {
    guard text.utf8.first == UInt8(ascii: "0"), text.utf8.count > 1 else { return (text, 10) }
    switch text.dropFirst().utf8.first {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return (text.dropFirst(2), 16)
    case UInt8(ascii: "o"), UInt8(ascii: "O"): return (text.dropFirst(2), 8)
    case UInt8(ascii: "b"), UInt8(ascii: "B"): return (text.dropFirst(2), 2)
    default: return (text.dropFirst(), 8)
    }
  }

  /// Whether the text is digits with at most one point among them, and perhaps an exponent.
  private static func isDecimal(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    func skipDigits() -> Int {
      let start = rest.count
      rest = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      return start - rest.count
    }
    var digits = skipDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      digits += skipDigits()
    }
    guard digits > 0 else { return false }
    guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return rest.isEmpty }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    return skipDigits() > 0 && rest.isEmpty
  }

  /// Text from base64 with its padding; nil if it is none or not UTF-8.
  private static func decodeBase64(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var width = 0
    for byte in text.utf8 where byte > 0x20 && byte != UInt8(ascii: "=") {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(digit)
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
