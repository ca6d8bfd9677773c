/// `'%d of %s'.format([1, 'two'])`: %s any value, %d a whole number, %f and %.2f a number with that many decimals,
/// %x %X %o %b a number in another base, %% a percent sign.
func format(_ pattern: String, _ values: [CELValue]) throws(CELError) -> String {
  var result = ""
  var rest = Substring(pattern)
  var next = 0
  while let percent = rest.firstIndex(of: "%") {
    result += rest[..<percent]
    rest = rest[rest.index(after: percent)...]
    var decimals = 6
    if rest.hasPrefix(".") {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard let count = Int(digits), count <= 15 else { throw malformed("'%.' needs a number of decimals up to 15") }
      decimals = count
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let verb = rest.popFirst() else { throw malformed("the text ends after '%'") }
    if verb == "%" {
      result += "%"
      continue
    }
    guard values.indices.contains(next) else { throw malformed("there are only \(values.count) values") }
    guard let text = try formatted(values[next], verb, decimals) else {
      throw malformed("'%\(verb)' does not take \(values[next].type.rawValue)")
    }
    try checkLength(result.utf8.count + text.utf8.count)
    result += text
    next += 1
  }
  return result + rest
}

private func malformed(_ why: String) -> CELError { CELError(.conversion, "format(): \(why)") }

private func formatted(_ value: CELValue, _ verb: Character, _ decimals: Int) throws(CELError) -> String? {
  switch (verb, value) {
  case ("s", _): return try displayed(value)
  case ("d", .int), ("d", .uint): return try text(of: value)
  case ("f", .double(let number)): return fixed(number, decimals)
  case ("f", .int(let number)): return fixed(Double(number), decimals)
  case ("x", .int(let number)): return String(number, radix: 16)
  case ("X", .int(let number)): return String(number, radix: 16, uppercase: true)
  case ("o", .int(let number)): return String(number, radix: 8)
  case ("b", .int(let number)): return String(number, radix: 2)
  default: return nil
  }
}

/// Any value as %s shows it; lists and maps with their elements.
private func displayed(_ value: CELValue) throws(CELError) -> String {
  if let text = try text(of: value) { return text }
  switch value {
  case .list(let elements):
    var texts: [String] = []
    for element in elements { texts.append(try displayed(element)) }
    return "[\(texts.joined(separator: ", "))]"
  case .map(let map):
    var texts: [String] = []
    for entry in map.entries { texts.append("\(try displayed(entry.key)): \(try displayed(entry.value))") }
    return "{\(texts.joined(separator: ", "))}"
  case .type(let type): return type.rawValue
  case .optional(let content?): return try displayed(content)
  default: return "null"
  }
}

private func fixed(_ number: Double, _ decimals: Int) -> String {
  guard number.isFinite, number.magnitude < 1e15 else { return text(of: number) }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (number.magnitude * scale).rounded(.toNearestOrEven)
  guard scaled < 0x1p63 else { return text(of: number) }
  let digits = padded(Int64(scaled), decimals + 1)
  let sign = number < 0 && scaled > 0 ? "-" : ""
  return decimals == 0 ? sign + digits : "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
}
