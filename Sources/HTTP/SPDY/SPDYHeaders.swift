import CZlib

/// The header fields of a stream, by name in lower case.
package struct SPDYHeaders: Sendable, Equatable {
  private var fields: [String: String] = [:]

  /// No fields.
  package init() {}

  /// Fields by name.
  package init(_ fields: [String: String]) {
    self.fields = fields
  }

  /// The field's value; of several, joined by NUL, the first.
  package subscript(name: String) -> String? {
    fields[name].map { String($0.prefix { $0 != "\0" }) }
  }

  /// As they lie in a block before compression (Draft 3.1, section 2.6.10).
  var bytes: [UInt8] {
    var bytes = SPDYFrame.word(fields.count)
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      bytes += SPDYFrame.word(name.utf8.count) + Array(name.utf8)
      bytes += SPDYFrame.word(value.utf8.count) + Array(value.utf8)
    }
    return bytes
  }

  /// Reads a block.
  init(_ bytes: [UInt8]) throws(SPDYFailure) {
    var rest = bytes[...]
    func number() throws(SPDYFailure) -> Int {
      guard rest.count >= 4 else { throw .broken("a header block ends too early") }
      defer { rest = rest.dropFirst(4) }
      return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    func text() throws(SPDYFailure) -> String {
      let count = try number()
      guard rest.count >= count else { throw .broken("a header block ends too early") }
      defer { rest = rest.dropFirst(count) }
      guard let text = String(validating: rest.prefix(count), as: UTF8.self) else {
        throw .broken("a header is not UTF-8")
      }
      return text
    }
    for _ in 0..<(try number()) {
      let name = try text().lowercased()
      guard !name.isEmpty else { throw .broken("a header has no name") }
      guard fields.updateValue(try text(), forKey: name) == nil else {
        throw .broken("a header block has the name \(name.prefix(64)) twice")
      }
    }
    guard rest.isEmpty else { throw .broken("bytes follow the last header of a block") }
  }
}

/// Decompresses the header blocks of one direction, which are one zlib stream.
final class SPDYHeaderDecoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private let limit: Int

  /// A decoder for blocks of at most so many bytes, decompressed.
  init(limit: Int) {
    self.limit = limit
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  func decode(_ block: [UInt8]) throws(SPDYFailure) -> SPDYHeaders {
    guard isReady else { throw SPDYFailure(.internalError, "zlib has no memory") }
    guard let bytes = inflated(block) else { throw .broken("a header block cannot be decompressed") }
    guard bytes.count <= limit else {
      throw SPDYFailure(.frameTooLarge, "a header block is larger than the limit of \(limit) bytes")
    }
    return try SPDYHeaders(bytes)
  }

  /// Nil for what zlib cannot read. At most one byte more than the limit.
  private func inflated(_ block: [UInt8]) -> [UInt8]? {
    var isBroken = false
    let bytes = block.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: limit + 1) { output, count in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(limit + 1)
        while stream.pointee.avail_in > 0, stream.pointee.avail_out > 0, !isBroken { isBroken = !inflateOn() }
        count = limit + 1 - Int(stream.pointee.avail_out)
      }
    }
    return isBroken ? nil : bytes
  }

  private func inflateOn() -> Bool {
    switch inflate(stream, Z_SYNC_FLUSH) {
    case Z_OK: true
    case Z_NEED_DICT:
      inflateSetDictionary(stream, SPDYDictionary.bytes, UInt32(SPDYDictionary.bytes.count)) == Z_OK
    default: false
    }
  }
}

/// Compresses the header blocks of one direction.
final class SPDYHeaderEncoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let isMade =
      deflateInit_(stream, Z_DEFAULT_COMPRESSION, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    let dictionary = SPDYDictionary.bytes
    isReady = isMade && deflateSetDictionary(stream, dictionary, UInt32(dictionary.count)) == Z_OK
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func encode(_ headers: SPDYHeaders) throws(SPDYFailure) -> [UInt8] {
    let plain = headers.bytes
    let capacity = Int(deflateBound(stream, UInt(plain.count))) + 64
    var result = Z_MEM_ERROR
    let block = plain.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(capacity)
        if isReady { result = deflate(stream, Z_SYNC_FLUSH) }
        count = capacity - Int(stream.pointee.avail_out)
      }
    }
    guard result == Z_OK else { throw SPDYFailure(.internalError, "zlib has no memory") }
    return block
  }
}
