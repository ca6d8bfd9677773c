/// Pieces of bytes that wait in order, given out as far as a buffer reaches.
struct ByteQueue {
  private var pieces: [[UInt8]] = []
  private var first = 0
  private var offset = 0

  /// Bytes that wait.
  private(set) var count = 0

  mutating func append(_ piece: [UInt8]) {
    pieces.append(piece)
    count += piece.count
  }

  /// Moves as many bytes as fit; says how many.
  mutating func drain(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while filled < buffer.count, first < pieces.count {
      let taken = min(buffer.count - filled, pieces[first].count - offset)
      pieces[first].withUnsafeBytes { bytes in
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + taken]))
      }
      filled += taken
      offset += taken
      if offset == pieces[first].count { dropFirst() }
    }
    count -= filled
    return filled
  }

  private mutating func dropFirst() {
    pieces[first] = []
    first += 1
    offset = 0
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: first <= 64)
      first = 0
    } else if first >= 1024 {
      pieces.removeFirst(first)
      first = 0
    }
  }
}
