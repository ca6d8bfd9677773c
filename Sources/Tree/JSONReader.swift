/// Reads one JSON text from bytes, one byte at a time: characters and substrings would cost ten times as much.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: ParseLimits
  private var position = 0
  private var depth = 0
  /// Paths of keys written twice in their object.
  private(set) var duplicates: [String] = []

  init(bytes: UnsafeBufferPointer<UInt8>, limits: ParseLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// The one value of the text, with nothing but blanks around it.
  mutating func document() throws(SyntaxError) -> Value {
    skipBlanks()
    let value = try value()
    skipBlanks()
    if position < bytes.count { throw unexpected("after top-level value") }
    return value
  }

  private mutating func value() throws(SyntaxError) -> Value {
    guard position < bytes.count else { throw end() }
    switch bytes[position] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw unexpected("looking for beginning of value")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: Value) throws(SyntaxError) -> Value {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw end() }
      let expected = word.utf8Start[index]
      if bytes[position] != expected {
        throw unexpected("in literal \(word) (expecting '\(Character(Unicode.Scalar(expected)))')")
      }
      position += 1
    }
    return value
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// The byte at the position after any blanks; nothing more to read is an error.
  @inline(__always)
  private mutating func next() throws(SyntaxError) -> UInt8 {
    skipBlanks()
    guard position < bytes.count else { throw end() }
    return bytes[position]
  }

  private mutating func descend() throws(SyntaxError) {
    depth += 1
    if depth > limits.depth {
      throw SyntaxError("exceeded max depth of \(limits.depth)", at: position, in: bytes)
    }
    position += 1
  }

  private func end() -> SyntaxError { SyntaxError("unexpected end of JSON input", at: bytes.count, in: bytes) }

  private func unexpected(_ place: String) -> SyntaxError {
    let character = JSONReader.quoted(bytes[position])
    return SyntaxError("invalid character \(character) \(place)", at: position, in: bytes)
  }

  /// A byte as Go's encoding/json names it in an error.
  private static func quoted(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "'"): #"'\''"#
    case UInt8(ascii: "\\"): #"'\\'"#
    case 0x07: #"'\a'"#
    case 0x08: #"'\b'"#
    case 0x09: #"'\t'"#
    case 0x0A: #"'\n'"#
    case 0x0B: #"'\v'"#
    case 0x0C: #"'\f'"#
    case 0x0D: #"'\r'"#
    case 0..<0x20, 0x7F: #"'\x"# + hexadecimal(byte) + "'"
    case 0x80..<0xA1, 0xAD: #"'\u00"# + hexadecimal(byte) + "'"
    default: "'\(Character(Unicode.Scalar(byte)))'"
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}

// MARK: Objects and arrays

extension JSONReader {
  private mutating func object() throws(SyntaxError) -> Value {
    try descend()
    var members = MemberCollector()
    if try next() == UInt8(ascii: "}") { return ascend(.object(Members())) }
    while true {
      guard try next() == UInt8(ascii: "\"") else { throw unexpected("looking for beginning of object key string") }
      let key = try string()
      guard try next() == UInt8(ascii: ":") else { throw unexpected("after object key") }
      position += 1
      skipBlanks()
      let known = duplicates.count
      let value = try value()
      if duplicates.count > known { prefixDuplicates(from: known, key) }
      if members.add(key, value), !duplicates.contains(key) { duplicates.append(key) }
      switch try next() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"): return ascend(members.object)
      default: throw unexpected("after object key:value pair")
      }
    }
  }

  private mutating func array() throws(SyntaxError) -> Value {
    try descend()
    var elements: [Value] = []
    if try next() == UInt8(ascii: "]") { return ascend(.array([])) }
    while true {
      skipBlanks()
      let known = duplicates.count
      elements.append(try value())
      if duplicates.count > known { prefixDuplicates(from: known, "[\(elements.count - 1)]") }
      switch try next() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"): return ascend(.array(elements))
      default: throw unexpected("after array element")
      }
    }
  }

  private mutating func ascend(_ value: Value) -> Value {
    depth -= 1
    position += 1
    return value
  }

  private mutating func prefixDuplicates(from first: Int, _ step: String) {
    for index in first..<duplicates.count {
      let path = duplicates[index]
      duplicates[index] = path.utf8.first == UInt8(ascii: "[") ? step + path : step + "." + path
    }
  }
}

// MARK: Strings

extension JSONReader {
  /// The string whose opening quote is at the position.
  private mutating func string() throws(SyntaxError) -> String {
    position += 1
    let start = position
    var mask: UInt8 = 0
    position += JSONBytes.textPrefix(of: bytes, from: position, seen: &mask)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let text = UnsafeBufferPointer(rebasing: bytes[start..<position])
        position += 1
        return try decoded(text, isASCII: mask < 0x80, at: start)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      if byte < 0x20 { throw unexpected("in string literal") }
      mask |= byte
      position += 1
    }
    throw end()
  }

  private func decoded(
    _ text: UnsafeBufferPointer<UInt8>, isASCII: Bool, at start: Int
  ) throws(SyntaxError) -> String {
    if isASCII { return String(decoding: text, as: UTF8.self) }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw SyntaxError("invalid UTF-8 in string literal", at: start, in: bytes)
    }
    return string
  }

  /// A string with at least one escape; the position is at the first.
  private mutating func escapedString(from start: Int) throws(SyntaxError) -> String {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw SyntaxError("invalid UTF-8 in string literal", at: start, in: bytes)
        }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw unexpected("in string literal")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw end()
  }

  private mutating func escape(into text: inout [UInt8]) throws(SyntaxError) {
    position += 1
    guard position < bytes.count else { throw end() }
    switch bytes[position] {
    case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      position += 1
      let scalar = try unicodeEscape()
      text.append(contentsOf: Character(scalar).utf8)
      return
    default: throw unexpected("in string escape code")
    }
    position += 1
  }

  /// The scalar of `XXXX`, or of two such halves; half of a pair alone becomes U+FFFD, as in Go.
  private mutating func unicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let low = position
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return replacement }
    position += 2
    let second = try fourDigits()
    guard (0xDC00..<0xE000).contains(second) else {
      position = low
      return replacement
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
  }

  private mutating func fourDigits() throws(SyntaxError) -> UInt32 {
    var result: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw end() }
      let byte = bytes[position]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw unexpected("in \\u hexadecimal character escape")
      }
      result = result << 4 | UInt32(digit)
      position += 1
    }
    return result
  }
}

// MARK: Numbers

extension JSONReader {
  private var digit: UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : nil
  }

  private mutating func number() throws(SyntaxError) -> Value {
    let start = position
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    guard let first = digit else { throw position < bytes.count ? unexpected("in numeric literal") : end() }
    position += 1
    var magnitude = Int64(first)
    var fits = true
    if first != 0 {
      while let digit {
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        let (difference, under) = product.addingReportingOverflow(Int64(digit))
        fits = fits && !overflow && !under
        magnitude = difference
        position += 1
      }
    }
    let isInteger = try !fraction()
    if isInteger && fits { return .integer(isNegative ? -magnitude : magnitude) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let smallest = Int64(text) { return .integer(smallest) }
    guard let double = Double(text), double.isFinite else {
      throw SyntaxError("cannot read number \(text): it is too large", at: start, in: bytes)
    }
    return .number(double)
  }

  /// Steps over a fraction and an exponent; false if there is neither.
  private mutating func fraction() throws(SyntaxError) -> Bool {
    var found = false
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      found = true
      position += 1
      try digits("after decimal point in numeric literal")
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      found = true
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      try digits("in exponent of numeric literal")
    }
    return found
  }

  private mutating func digits(_ place: String) throws(SyntaxError) {
    guard digit != nil else { throw position < bytes.count ? unexpected(place) : end() }
    while digit != nil { position += 1 }
  }
}
