import API
import Loop

/// Archives as `tar` reads and writes them (POSIX, pax "ustar Interchange Format", with GNU's long names).
struct Archive {
  struct Entry: Equatable {
    /// Without a slash at the start; a directory's ends with one.
    var name: String
    var bytes: [UInt8] = []

    var isDirectory: Bool { name.hasSuffix("/") }
  }

  /// Why bytes are no archive, in GNU tar's words.
  enum Problem: String, Error {
    case noArchive = "This does not look like a tar archive"
    case endsTooEarly = "Unexpected EOF in archive"
  }

  private static let blockSize = 512
  private static let nameSize = 100

  var entries: [Entry] = []
  /// Members that are neither files nor directories.
  private(set) var others: [String] = []

  init(_ entries: [Entry]) { self.entries = entries }

  // MARK: To bytes

  /// As it is written: each member with a header, and two empty blocks at the end.
  func bytes(at time: Time) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      let name = Array(entry.name.utf8)
      if name.count > Self.nameSize {
        bytes += Self.header("././@LongLink", size: name.count + 1, type: "L", at: time) + Self.padded(name + [0])
      }
      let type: Character = entry.isDirectory ? "5" : "0"
      bytes += Self.header(entry.name, size: entry.bytes.count, type: type, at: time) + Self.padded(entry.bytes)
    }
    return bytes + [UInt8](repeating: 0, count: 2 * Self.blockSize)
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (blockSize - bytes.count % blockSize) % blockSize)
  }

  private static func header(_ name: String, size: Int, type: Character, at time: Time) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: blockSize)
    func put(_ text: some Sequence<UInt8>, at place: Int) {
      for (index, byte) in text.enumerated() { header[place + index] = byte }
    }
    func octal(_ number: Int, digits: Int) -> [UInt8] {
      let text = String(max(number, 0), radix: 8)
      return Array((String(repeating: "0", count: max(digits - text.count, 0)) + text).utf8)
    }
    put(name.utf8.prefix(nameSize), at: 0)
    put(octal(type == "5" ? 0o755 : 0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(Int(time.seconds), digits: 11), at: 136)
    put([UInt8](repeating: UInt8(ascii: " "), count: 8), at: 148)
    put(String(type).utf8, at: 156)
    put("ustar\0".utf8, at: 257)
    put("00".utf8, at: 263)
    put("root".utf8, at: 265)
    put("root".utf8, at: 297)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + [0], at: 148)
    return header
  }

  // MARK: From bytes

  /// Reads an archive up to its two empty blocks.
  init(_ bytes: [UInt8]) throws(Problem) {
    var place = 0
    var longName: String?
    while place + Self.blockSize <= bytes.count {
      let header = bytes[place..<place + Self.blockSize]
      if header.allSatisfy({ $0 == 0 }) { return }
      guard Self.isHeader(header) else { throw .noArchive }
      guard let size = Self.number(header, 124, 12) else { throw .noArchive }
      let start = place + Self.blockSize
      guard size <= bytes.count - start else { throw .endsTooEarly }
      let content = Array(bytes[start..<start + size])
      place = start + (size + Self.blockSize - 1) / Self.blockSize * Self.blockSize
      switch header[header.startIndex + 156] {
      case UInt8(ascii: "L"): longName = Self.text(content[...])
      case UInt8(ascii: "x"): longName = Self.path(ofRecords: content) ?? longName
      case UInt8(ascii: "g"): break
      case let type:
        add(longName ?? Self.name(header), content, type: type)
        longName = nil
      }
    }
    throw .endsTooEarly
  }

  private mutating func add(_ name: String, _ content: [UInt8], type: UInt8) {
    switch type {
    case UInt8(ascii: "5"): entries.append(Entry(name: name.hasSuffix("/") ? name : name + "/"))
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): entries.append(Entry(name: name, bytes: content))
    default: others.append(name)
    }
  }

  private static func isHeader(_ header: ArraySlice<UInt8>) -> Bool {
    guard let sum = number(header, 148, 8) else { return false }
    let start = header.startIndex
    var found = 8 * Int(UInt8(ascii: " "))
    for index in header.indices where !(start + 148..<start + 156).contains(index) { found += Int(header[index]) }
    return found == sum
  }

  private static func number(_ header: ArraySlice<UInt8>, _ place: Int, _ count: Int) -> Int? {
    let field = header.dropFirst(place).prefix(count)
    let digits = text(field).filter { $0 != " " }
    return digits.isEmpty ? 0 : Int(digits, radix: 8).flatMap { $0 >= 0 ? $0 : nil }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String { ByteText.text(Array(field.prefix { $0 != 0 })) }

  private static func name(_ header: ArraySlice<UInt8>) -> String {
    let name = text(header.prefix(nameSize))
    let isUstar = header.dropFirst(257).prefix(6).elementsEqual("ustar\0".utf8)
    let prefix = isUstar ? text(header.dropFirst(345).prefix(155)) : ""
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  /// The `path` of pax records, each `LENGTH KEY=VALUE` and a line's end.
  private static func path(ofRecords bytes: [UInt8]) -> String? {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let record = ByteText.text(Array(line[(space + 1)...]))
      if record.hasPrefix("path=") { return String(record.dropFirst(5)) }
    }
    return nil
  }
}
