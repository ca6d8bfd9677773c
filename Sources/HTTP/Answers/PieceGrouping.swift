/// Fits the pieces of an answer to one vectored write: libmicrohttpd 0.9.75 never finishes an answer of more pieces than
/// the system's IOV_MAX of 1,024, and a vector for a few bytes costs more than copying them.
enum PieceGrouping {
  /// Pieces up to this size are joined with their neighbours.
  private static let small = 4 << 10
  /// Joined pieces grow up to this size.
  private static let joined = 64 << 10
  private static let maximumCount = 1000

  static func grouped(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var groups: [[UInt8]] = []
    var open: [UInt8] = []
    for piece in pieces {
      if piece.count > small || open.count + piece.count > joined {
        if !open.isEmpty { groups.append(open) }
        open = []
      }
      if piece.count > small { groups.append(piece) } else { open += piece }
    }
    if !open.isEmpty { groups.append(open) }
    return groups.count <= maximumCount ? groups : [Array(groups.joined())]
  }
}
