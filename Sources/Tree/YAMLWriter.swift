import CLibYAML

/// Writes values as YAML by libyaml's emitter, which go-yaml's is a port of, so that lines break where kubectl's do.
struct YAMLWriter: ~Copyable {
  private let emitter: UnsafeMutablePointer<yaml_emitter_t>

  init() {
    emitter = .allocate(capacity: 1)
    yaml_emitter_initialize(emitter)
    yaml_emitter_set_unicode(emitter, 1)
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
  }

  mutating func document(_ value: Value) -> String {
    var bytes: [UInt8] = []
    withUnsafeMutablePointer(to: &bytes) { output in
      yaml_emitter_set_output(
        emitter,
        { data, start, count in
          let written = UnsafeBufferPointer(start: start, count: count)
          data?.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: written)
          return 1
        }, output)
      emit { yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
      emit { yaml_document_start_event_initialize($0, nil, nil, nil, 1) }
      write(value)
      emit { yaml_document_end_event_initialize($0, 1) }
      emit { yaml_stream_end_event_initialize($0) }
    }
    // libyaml marks the end of a document that held a block with kept line ends; go-yaml does not.
    if bytes.suffix(5).elementsEqual("\n...\n".utf8) { bytes.removeLast(4) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func emit(_ initialize: (UnsafeMutablePointer<yaml_event_t>) -> Int32) {
    var event = yaml_event_t()
    if initialize(&event) == 1 { yaml_emitter_emit(emitter, &event) }
  }

  private func write(_ value: Value) {
    switch value {
    case .null: scalar("null", YAML_PLAIN_SCALAR_STYLE)
    case .boolean(let value): scalar(value ? "true" : "false", YAML_PLAIN_SCALAR_STYLE)
    case .integer(let value): scalar(String(value), YAML_PLAIN_SCALAR_STYLE)
    case .number(let value): scalar(YAMLWriter.text(value), YAML_PLAIN_SCALAR_STYLE)
    case .string(let text): string(text)
    case .array(let elements):
      let style = elements.isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
      emit { yaml_sequence_start_event_initialize($0, nil, nil, 1, style) }
      for element in elements { write(element) }
      emit { yaml_sequence_end_event_initialize($0) }
    case .object(let members):
      let style = members.isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
      emit { yaml_mapping_start_event_initialize($0, nil, nil, 1, style) }
      for member in members.sorted(by: { YAMLWriter.precedes($0.key, $1.key) }) {
        string(member.key)
        write(member.value)
      }
      emit { yaml_mapping_end_event_initialize($0) }
    }
  }

  private static func text(_ number: Double) -> String {
    if number.isNaN { return ".nan" }
    if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
    return number.general
  }

  private func string(_ text: String) {
    if text.utf8.contains(UInt8(ascii: "\n")) { return scalar(text, YAML_LITERAL_SCALAR_STYLE) }
    scalar(text, YAMLWriter.isPlain(text) ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE)
  }

  private func scalar(_ text: String, _ style: yaml_scalar_style_t) {
    var text = text
    text.withUTF8 { utf8 in
      emit { yaml_scalar_event_initialize($0, nil, nil, utf8.baseAddress, Int32(utf8.count), 1, 1, style) }
    }
  }
}

// MARK: Which strings need quotes

extension YAMLWriter {
  /// Whether a reader would take the text without quotes for this very string.
  private static func isPlain(_ text: String) -> Bool {
    guard case .string = YAMLScalar.resolve(text) else { return false }
    return !isTimestamp(text.utf8) && !isSexagesimal(text.utf8)
  }

  /// Whether YAML 1.1 readers may take the text for a time: `2026-01-02`, or that with a time of day behind it, which
  /// needs a zone where a `T` comes between.
  private static func isTimestamp(_ text: String.UTF8View) -> Bool {
    guard let first = text.first, isDigit(first) else { return false }
    let day = text.prefix { isDigit($0) || $0 == UInt8(ascii: "-") }
    let date = day.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard date.count == 3, date[0].count == 4 else { return false }
    guard date.dropFirst().allSatisfy({ $0.count == 1 || $0.count == 2 }) else { return false }
    let rest = text[day.endIndex...]
    guard let separator = rest.first else { return true }
    let time = rest.dropFirst()
    let clock = time.prefix { isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    let fields = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard fields.count == 3, fields[0].count <= 2, fields[1].count <= 2 else { return false }
    switch separator {
    case UInt8(ascii: "T"), UInt8(ascii: "t"): return isZone(time[clock.endIndex...])
    case UInt8(ascii: " "): return clock.endIndex == time.endIndex
    default: return false
    }
  }

  /// `Z`, or hours and minutes with their sign, such as `+09:00`.
  private static func isZone(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first else { return false }
    if first == UInt8(ascii: "Z") { return text.count == 1 }
    return (first == UInt8(ascii: "+") || first == UInt8(ascii: "-")) && text.count == 6
  }

  /// Whether old YAML readers may take the text for a number to base 60, such as `1:30`.
  private static func isSexagesimal(_ text: String.UTF8View) -> Bool {
    guard let first = text.first, isDigit(first) || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else {
      return false
    }
    let rest = isDigit(first) ? text[...] : text.dropFirst()
    let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count > 1, let head = parts.first, let headFirst = head.first, isDigit(headFirst) else { return false }
    let last = parts[parts.count - 1].prefix { $0 != UInt8(ascii: ".") }
    return head.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
      && (parts.dropFirst().dropLast() + [last]).allSatisfy { part in
        part.allSatisfy(isDigit)
          && (part.count == 1 || part.count == 2 && part.first.map { $0 < UInt8(ascii: "6") } ?? false)
      }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

// MARK: The order of keys

extension YAMLWriter {
  /// go-yaml's order of keys: letters after everything else, runs of digits by their value.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    var index = 0
    while index < left.count, index < right.count, left[index] == right[index] { index += 1 }
    guard index < left.count, index < right.count else { return left.count < right.count }
    switch (left[index].properties.isAlphabetic, right[index].properties.isAlphabetic) {
    case (true, true): return left[index] < right[index]
    case (true, false): return false
    case (false, true): return true
    case (false, false): return precedesByNumber(left, right, from: index)
    }
  }

  private static func precedesByNumber(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], from index: Int) -> Bool {
    // Behind a common digit that is no nought, a further nought counts as a digit; else it leads and does not.
    let common = left[..<index].reversed().prefix(while: isDigit)
    let leads = (left[index] == "0" || right[index] == "0") && common.contains { $0 != "0" }
    let (leftNumber, leftLength) = number(left[index...], from: leads ? 1 : 0)
    let (rightNumber, rightLength) = number(right[index...], from: leads ? 1 : 0)
    if leftNumber != rightNumber { return leftNumber < rightNumber }
    if leftLength != rightLength { return leftLength < rightLength }
    return left[index] < right[index]
  }

  private static func number(_ text: ArraySlice<Unicode.Scalar>, from start: Int64) -> (value: Int64, length: Int) {
    var value = start
    var length = 0
    for scalar in text {
      guard isDigit(scalar) else { break }
      value = value &* 10 &+ Int64(scalar.value - 48)
      length += 1
    }
    return (value, length)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 48 && scalar.value <= 57 }
}
