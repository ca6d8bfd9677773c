/// Gives out the pieces of a large answer block by block, so that they are never joined.
///
/// libmicrohttpd could send them as a vector, but 0.9.75 never finishes an answer of more pieces than the system's
/// IOV_MAX of 1,024.
final class PieceReader {
  /// Up to this size pieces are joined and sent at once.
  static let joinedSize = 64 << 10
  /// Bytes taken at a time: a little less than what the C library asks the system for anew each time.
  static let blockSize = 120 << 10

  private let pieces: [ArraySlice<UInt8>]
  private var index = 0
  /// How many bytes of the present piece have been given out.
  private var offset = 0

  init(_ pieces: [ArraySlice<UInt8>]) { self.pieces = pieces }

  /// Fills the buffer as far as there are bytes, and answers how many it took.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while filled < buffer.count, index < pieces.count {
      let count = min(buffer.count - filled, pieces[index].count - offset)
      if count > 0 {
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
        pieces[index].withUnsafeBytes { bytes in
          target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
        }
      }
      filled += count
      offset += count
      if offset == pieces[index].count { (index, offset) = (index + 1, 0) }
    }
    return filled
  }

  /// The pieces in one.
  static func joined(_ pieces: [ArraySlice<UInt8>], count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for piece in pieces { bytes += piece }
    return bytes
  }
}
