/// Writes values as JSON into memory of its own, which grows by doubling.
struct JSONWriter: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private let indentation: Int?
  private let sorted: Bool
  private var depth = 0

  /// - Parameter indentation: spaces a level, or nil for one line without blanks.
  init(indentation: Int? = nil, sorted: Bool = false) {
    capacity = 512
    memory = .allocate(capacity: capacity)
    self.indentation = indentation
    self.sorted = sorted
  }

  deinit { memory.deallocate() }

  /// What was written.
  func finish<Result>(_ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    read(UnsafeBufferPointer(start: memory, count: count))
  }

  mutating func write(_ value: Value) {
    switch value {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): write(value)
    case .number(let value): write(value)
    case .string(let value): write(value)
    case .array(let elements): write(elements)
    case .object(let members): write(members)
    }
  }

  private mutating func write(_ elements: [Value]) {
    if elements.isEmpty { return append("[]") }
    open(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      separate(&isFirst)
      write(element)
    }
    close(UInt8(ascii: "]"))
  }

  private mutating func write(_ members: Members) {
    if members.isEmpty { return append("{}") }
    open(UInt8(ascii: "{"))
    var isFirst = true
    if sorted {
      for member in members.sorted(by: { $0.key < $1.key }) { write(member, &isFirst) }
    } else {
      for member in members { write(member, &isFirst) }
    }
    close(UInt8(ascii: "}"))
  }

  @inline(__always)
  private mutating func write(_ member: Members.Member, _ isFirst: inout Bool) {
    separate(&isFirst)
    write(member.key)
    append(UInt8(ascii: ":"))
    if indentation != nil { append(UInt8(ascii: " ")) }
    write(member.value)
  }
}

// MARK: Blanks and brackets

extension JSONWriter {
  @inline(__always)
  private mutating func open(_ bracket: UInt8) {
    append(bracket)
    depth += 1
  }

  @inline(__always)
  private mutating func separate(_ isFirst: inout Bool) {
    if isFirst { isFirst = false } else { append(UInt8(ascii: ",")) }
    breakLine()
  }

  @inline(__always)
  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    breakLine()
    append(bracket)
  }

  @inline(__always)
  private mutating func breakLine() {
    guard let indentation else { return }
    append(UInt8(ascii: "\n"))
    for _ in 0..<indentation * depth { append(UInt8(ascii: " ")) }
  }
}

// MARK: Bytes

extension JSONWriter {
  @inline(__always)
  private mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(additional) }
  }

  @inline(never)
  private mutating func grow(_ additional: Int) {
    let larger = Swift.max(capacity * 2, count + additional)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: memory, count: count)
    memory.deallocate()
    memory = moved
    capacity = larger
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    reserve(1)
    memory[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    (memory + count).update(from: text.utf8Start, count: length)
    count += length
  }
}

// MARK: Strings

extension JSONWriter {
  private mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      reserve(utf8.count * 6 + 2)
      memory[count] = UInt8(ascii: "\"")
      count += 1
      var index = 0
      while index < utf8.count {
        let plain = JSONBytes.plainPrefix(of: utf8, from: index)
        if let start = utf8.baseAddress { (memory + count).update(from: start + index, count: plain) }
        count += plain
        index += plain
        if index < utf8.count { index += escape(utf8, at: index) }
      }
      memory[count] = UInt8(ascii: "\"")
      count += 1
    }
  }

  /// Writes the escape of what starts there and returns how many bytes that was.
  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = utf8[index]
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0xE2: return lineSeparator(utf8, at: index)
    default:
      append("\\u00")
      append(JSONWriter.digit(byte >> 4))
      append(JSONWriter.digit(byte & 0xF))
    }
    return 1
  }

  /// U+2028 and U+2029, which JavaScript takes for ends of lines; other characters that start as they do stay.
  private mutating func lineSeparator(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    if index + 2 < utf8.count, utf8[index + 1] == 0x80, utf8[index + 2] & 0xFE == 0xA8 {
      append("\\u202")
      append(JSONWriter.digit(utf8[index + 2] & 0xF))
      return 3
    }
    append(utf8[index])
    return 1
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

// MARK: Numbers

extension JSONWriter {
  private mutating func write(_ integer: Int64) {
    reserve(20)
    if integer < 0 { append(UInt8(ascii: "-")) }
    var rest = integer.magnitude
    let start = count
    repeat {
      memory[count] = UInt8(ascii: "0") + UInt8(rest % 10)
      count += 1
      rest /= 10
    } while rest > 0
    var low = start
    var high = count - 1
    while low < high {
      (memory[low], memory[high]) = (memory[high], memory[low])
      low += 1
      high -= 1
    }
  }

  /// Infinity and not-a-number, which JSON cannot say, become null.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return append("null") }
    for byte in number.shortest.utf8 { append(byte) }
  }
}
