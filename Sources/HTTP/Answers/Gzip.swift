import CZlib

/// The gzip format (RFC 1952) by zlib.
enum Gzip {
  enum Level: Int32 {
    /// For answers made on the fly.
    case fast = 1
    /// For files that are compressed once and sent often.
    case small = 9
  }

  /// 15 bits of window, and 16 for gzip's frame instead of zlib's.
  private static let windowBits: Int32 = 15 + 16
  private static let memoryLevel: Int32 = 8

  /// The pieces as one gzip member; nil when zlib has no memory.
  static func compress(_ pieces: [ArraySlice<UInt8>], level: Level) -> [UInt8]? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level.rawValue, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let size = pieces.reduce(0) { $0 + $1.count }
    let capacity = Int(deflateBound(&stream, UInt(size))) + 64
    let isDone = { (result: Int32) in result == Z_STREAM_END }
    var succeeded = false
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(clamping: capacity)
      for piece in pieces where !piece.isEmpty { feed(piece, to: &stream) }
      succeeded = isDone(deflate(&stream, Z_FINISH))
      count = Int(stream.total_out)
    }
    return succeeded ? output : nil
  }

  private static func feed(_ piece: ArraySlice<UInt8>, to stream: inout z_stream) {
    piece.withUnsafeBufferPointer { bytes in
      stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      stream.avail_in = UInt32(clamping: bytes.count)
      _ = deflate(&stream, Z_NO_FLUSH)
    }
  }
}
