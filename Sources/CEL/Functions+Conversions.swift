/// Conversions between types, each named for the type that it gives.
let conversionFunctions: [Function] = [
  .global("int", 1) { (arguments) throws(CELError) in try int(arguments[0]) },
  .global("uint", 1) { (arguments) throws(CELError) in try uint(arguments[0]) },
  .global("double", 1) { (arguments) throws(CELError) in try double(arguments[0]) },
  .global("bool", 1) { (arguments) throws(CELError) in try bool(arguments[0]) },
  .global("string", 1) { (arguments) throws(CELError) in try text(of: arguments[0]).map(CELValue.string) },
  .global("bytes", 1) { (arguments) throws(CELError) in
    switch arguments[0] {
    case .string(let text): .bytes(Array(text.utf8))
    case .bytes: arguments[0]
    default: nil
    }
  },
  .global("timestamp", 1) { (arguments) throws(CELError) in try timestamp(arguments[0]) },
  .global("duration", 1) { (arguments) throws(CELError) in try duration(arguments[0]) },
]

private func cannot(_ value: CELValue, become type: String) -> CELError {
  CELError(.conversion, "\(shown(value)) cannot become \(type)")
}

private func int(_ value: CELValue) throws(CELError) -> CELValue? {
  let result: Int64?
  switch value {
  case .int(let number): result = number
  case .uint(let number): result = Int64(exactly: number)
  case .double(let number): result = abs(number) < 0x1p63 ? Int64(number) : nil
  case .string(let text): result = Int64(text)
  case .timestamp(let moment): result = moment.seconds
  default: return nil
  }
  guard let result else { throw cannot(value, become: "an int") }
  return .int(result)
}

private func uint(_ value: CELValue) throws(CELError) -> CELValue? {
  let result: UInt64?
  switch value {
  case .int(let number): result = UInt64(exactly: number)
  case .uint(let number): result = number
  case .double(let number): result = number > -1 && number < 0x1p64 ? UInt64(number) : nil
  case .string(let text): result = UInt64(text)
  default: return nil
  }
  guard let result else { throw cannot(value, become: "a uint") }
  return .uint(result)
}

private func double(_ value: CELValue) throws(CELError) -> CELValue? {
  switch value {
  case .int(let number): return .double(Double(number))
  case .uint(let number): return .double(Double(number))
  case .double: return value
  case .string(let text):
    guard let number = Double(text) else { throw cannot(value, become: "a double") }
    return .double(number)
  default: return nil
  }
}

private func bool(_ value: CELValue) throws(CELError) -> CELValue? {
  switch value {
  case .bool: return value
  case .string(let text):
    if ["1", "t", "T", "true", "TRUE", "True"].contains(text) { return .bool(true) }
    if ["0", "f", "F", "false", "FALSE", "False"].contains(text) { return .bool(false) }
    throw cannot(value, become: "a bool")
  default: return nil
  }
}

/// The text of a value, as `string()` gives it; nil for types that have none.
func text(of value: CELValue) throws(CELError) -> String? {
  switch value {
  case .string(let text): return text
  case .int(let number): return String(number)
  case .uint(let number): return String(number)
  case .double(let number): return text(of: number)
  case .bool(let flag): return String(flag)
  case .timestamp(let moment): return moment.description
  case .duration(let length): return length.description
  case .bytes(let bytes):
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CELError(.conversion, "the bytes are not UTF-8 text")
    }
    return text
  case .object(let object): return object.text
  default: return nil
  }
}

/// The shortest digits that give the number back, with an exponent below 1e-04 and from 1e+06 on, as Go's %g writes it:
/// "0.1", "5", "1e+06".
func text(of number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
  if number == 0 { return number.sign == .minus ? "-0" : "0" }
  let (digits, exponent) = decimal(number.magnitude)
  let sign = number < 0 ? "-" : ""
  if exponent < -4 || exponent >= 6 {
    let mantissa = digits.count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
    return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(padded(Int64(abs(exponent)), 2))"
  }
  if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)" }
  if digits.count <= exponent + 1 { return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count) }
  return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
}

/// The shortest decimal digits of a positive number, without zeros at either end, and the exponent of the first.
private func decimal(_ number: Double) -> (digits: String, exponent: Int) {
  let parts = number.description.split(separator: "e")
  let point = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  let all = Array(point[0] + (point.count > 1 ? point[1] : ""))
  let leading = all.prefix { $0 == "0" }.count
  var digits = all.dropFirst(leading)
  while digits.count > 1, digits.last == "0" { digits.removeLast() }
  let shift = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  return (String(digits), point[0].count - 1 - leading + shift)
}

private func timestamp(_ value: CELValue) throws(CELError) -> CELValue? {
  let result: CELTimestamp?
  switch value {
  case .timestamp: return value
  case .int(let seconds): result = CELTimestamp(seconds: seconds)
  case .string(let text): result = CELTimestamp(text)
  default: return nil
  }
  guard let result else { throw cannot(value, become: "a timestamp; write it as '2026-01-31T08:00:00Z'") }
  return .timestamp(result)
}

private func duration(_ value: CELValue) throws(CELError) -> CELValue? {
  switch value {
  case .duration: return value
  case .string(let text):
    guard let result = CELDuration(text) else {
      throw cannot(value, become: "a duration; write it as '1h30m' or '300s'")
    }
    return .duration(result)
  default: return nil
  }
}
