import Tree

/// Reads a protobuf message into a tree by its shape. Fields that the shape does not know are skipped, as protobuf
/// asks.
struct ProtobufDecoder {
  /// How deep messages may be nested.
  static let depthLimit = 100

  private let codec: ProtobufCodec
  private let bytes: [UInt8]
  private var path = FieldPath()
  private var depth = 0

  init(_ bytes: [UInt8], codec: ProtobufCodec) {
    self.bytes = bytes
    self.codec = codec
  }

  mutating func message(_ range: Range<Int>, _ shape: Shape) throws(ProtobufError) -> Members {
    var slots = [Value?](repeating: nil, count: shape.fields.count)
    try read(range, shape, under: [], into: &slots)
    var members: [Members.Member] = []
    for (field, slot) in zip(shape.fields, slots) {
      if let slot, !isZero(slot, field) { members.append(Members.Member(key: field.name, value: slot)) }
    }
    return Members(distinct: members)
  }

  /// Go writes zeros of fields that are no pointers; in a tree they are absent.
  private func isZero(_ value: Value, _ field: Field) -> Bool {
    guard !field.isOptional, !field.isShown else { return false }
    switch value {
    case .null, .string(""), .integer(0), .boolean(false): return true
    default: return false
    }
  }

  private mutating func read(
    _ range: Range<Int>, _ shape: Shape, under prefix: [Int], into slots: inout [Value?]
  ) throws(ProtobufError) {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { throw error(.tooDeep(limit: Self.depthLimit), range.lowerBound) }
    var reader = ProtobufReader(bytes, range)
    while !reader.isAtEnd {
      let (number, content) = try next(&reader)
      let numbers = prefix + [number]
      if let position = shape.fields.firstIndex(where: { $0.numbers == numbers }) {
        let field = shape.fields[position]
        path.enter(field: field.name)
        try add(content, field.type, to: &slots[position], at: reader.position)
        path.leave()
      } else if case .delimited(let inner) = content,
        shape.fields.contains(where: { $0.numbers.count > numbers.count && $0.numbers.starts(with: numbers) })
      {
        try read(inner, shape, under: numbers, into: &slots)
      }
    }
  }

  private func error(_ reason: ProtobufError.Reason, _ offset: Int) -> ProtobufError {
    ProtobufError(reason: reason, field: path.names, offset: offset)
  }

  private func next(
    _ reader: inout ProtobufReader
  ) throws(ProtobufError) -> (number: Int, content: ProtobufReader.Content) {
    do throws(ProtobufError) {
      return try reader.next()
    } catch {
      throw self.error(error.reason, error.offset)
    }
  }

  // MARK: Values

  /// Puts one field's content into its slot; repeated fields and maps grow.
  private mutating func add(
    _ content: ProtobufReader.Content, _ type: FieldType, to slot: inout Value?, at offset: Int
  ) throws(ProtobufError) {
    switch type {
    case .list(let element, _):
      var elements = slot?.array ?? []
      slot = nil
      if case .delimited(let range) = content, element.isPackable {
        elements += try packed(range, element)
      } else {
        elements.append(try value(content, element, offset))
      }
      slot = .array(elements)
    case .map(let element, _):
      var members = slot?.object ?? Members()
      slot = nil
      let (key, value) = try entry(try delimited(content, offset), element)
      members[key] = value
      slot = .object(members)
    default: slot = try value(content, type, offset)
    }
  }

  private mutating func value(
    _ content: ProtobufReader.Content, _ type: FieldType, _ offset: Int
  ) throws(ProtobufError) -> Value {
    switch (type, content) {
    case (.boolean, .varint(let bits)): return .boolean(bits != 0)
    case (.int32, .varint(let bits)): return .integer(Int64(Int32(truncatingIfNeeded: bits)))
    case (.int64, .varint(let bits)): return .integer(Int64(bitPattern: bits))
    case (.double, .fixed64(let bits)): return .number(Double(bitPattern: bits))
    case (.boolean, _), (.int32, _), (.int64, _), (.double, _): throw error(.wrongWireType(content.wireType), offset)
    default: break
    }
    let range = try delimited(content, offset)
    switch type {
    case .text: return .string(try text(range))
    case .bytes: return .string(Base64.encode(bytes[range]))
    case .object(let shape): return .object(try message(range, shape))
    case .wrappedList(let element, _): return .array(try wrapped(range, element))
    case .anything, .fieldSet: return try raw(range)
    default: return try scalar(range, type)
    }
  }

  private func delimited(_ content: ProtobufReader.Content, _ offset: Int) throws(ProtobufError) -> Range<Int> {
    guard case .delimited(let range) = content else { throw error(.wrongWireType(content.wireType), offset) }
    return range
  }

  private func text(_ range: Range<Int>) throws(ProtobufError) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw error(.invalidText, range.lowerBound)
    }
    return text
  }

  private mutating func packed(_ range: Range<Int>, _ type: FieldType) throws(ProtobufError) -> [Value] {
    var reader = ProtobufReader(bytes, range)
    var elements: [Value] = []
    while !reader.isAtEnd {
      elements.append(try value(.varint(try reader.varint()), type, reader.position))
    }
    return elements
  }

  private mutating func wrapped(_ range: Range<Int>, _ type: FieldType) throws(ProtobufError) -> [Value] {
    var reader = ProtobufReader(bytes, range)
    var elements: [Value] = []
    while !reader.isAtEnd {
      let (number, content) = try next(&reader)
      if number == 1 { elements.append(try value(content, type, reader.position)) }
    }
    return elements
  }

  private mutating func entry(_ range: Range<Int>, _ type: FieldType) throws(ProtobufError) -> (String, Value) {
    var reader = ProtobufReader(bytes, range)
    var key = ""
    var value: Value?
    while !reader.isAtEnd {
      let (number, content) = try next(&reader)
      if number == 1 { key = try text(try delimited(content, reader.position)) }
      if number == 2 { value = try self.value(content, type, reader.position) }
    }
    if let value { return (key, value) }
    return (key, try emptyValue(type))
  }

  private mutating func emptyValue(_ type: FieldType) throws(ProtobufError) -> Value {
    try type.isPackable ? value(.varint(0), type, 0) : value(.delimited(0..<0), type, 0)
  }

  /// JSON inside a message, or another object in its envelope.
  private mutating func raw(_ range: Range<Int>) throws(ProtobufError) -> Value {
    var reader = ProtobufReader(bytes, range)
    while !reader.isAtEnd {
      let (number, content) = try next(&reader)
      guard number == 1 else { continue }
      let inner = Array(bytes[try delimited(content, reader.position)])
      if inner.isEmpty { return .null }
      if ProtobufCodec.isEnveloped(inner) { return try codec.decode(inner) }
      do throws(SyntaxError) {
        return try JSON.parse(inner)
      } catch {
        throw self.error(.invalidJSON, reader.position)
      }
    }
    return .null
  }

  /// Quantity, IntOrString, Time and MicroTime: small messages that are scalars in JSON.
  private mutating func scalar(_ range: Range<Int>, _ type: FieldType) throws(ProtobufError) -> Value {
    var reader = ProtobufReader(bytes, range)
    var numbers: [Int: Int64] = [:]
    var text = ""
    while !reader.isAtEnd {
      switch try next(&reader) {
      case (let number, .varint(let bits)): numbers[number] = Int64(bitPattern: bits)
      case (_, .delimited(let range)): text = try self.text(range)
      default: throw error(.wrongWireType(1), reader.position)
      }
    }
    switch type {
    case .intOrString: return numbers[1] == 1 ? .string(text) : .integer(numbers[2] ?? 0)
    case .time, .microTime:
      if range.isEmpty { return .null }
      let moment = ScalarForms.Moment(
        seconds: numbers[1] ?? 0, nanoseconds: Int32(truncatingIfNeeded: numbers[2] ?? 0))
      if case .time = type { return .string(codec.schema.forms.timeText(moment)) }
      return .string(codec.schema.forms.microTimeText(moment))
    default: return .string(text.isEmpty ? "0" : text)
    }
  }
}

extension FieldType {
  /// Whether a repeated field of the type may stand in one run of bytes.
  fileprivate var isPackable: Bool {
    switch self {
    case .boolean, .int32, .int64: true
    default: false
    }
  }
}

extension ProtobufReader.Content {
  fileprivate var wireType: Int {
    switch self {
    case .varint: 0
    case .fixed64: 1
    case .delimited: 2
    case .fixed32: 5
    }
  }
}
