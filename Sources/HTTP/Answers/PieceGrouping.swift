/// Fits the pieces of an answer to one vectored write: libmicrohttpd 0.9.75 never finishes an answer of more pieces than
/// the system's IOV_MAX of 1,024, and a vector for a few bytes costs more than copying them.
enum PieceGrouping {
  /// Pieces up to this size are joined with their neighbours.
  private static let small = 4 << 10
  /// Joined pieces grow up to this size.
  private static let largest = 64 << 10
  private static let maximumCount = 1000

  static func grouped(_ pieces: [[UInt8]]) -> [[UInt8]] {
    let total = pieces.reduce(0) { $0 + $1.count }
    if pieces.count == 1, total > 0 { return pieces }
    if total <= small { return total == 0 ? [] : [joined(pieces, total)] }
    var groups: [[UInt8]] = []
    var open: [UInt8] = []
    for piece in pieces {
      if piece.count > small || open.count + piece.count > largest {
        if !open.isEmpty { groups.append(open) }
        open = []
      }
      if piece.count > small { groups.append(piece) } else { open += piece }
    }
    if !open.isEmpty { groups.append(open) }
    return groups.count <= maximumCount ? groups : [joined(groups, total)]
  }

  private static func joined(_ pieces: [[UInt8]], _ total: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total)
    for piece in pieces { bytes += piece }
    return bytes
  }
}
