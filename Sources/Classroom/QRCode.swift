import CQREncode

/// A QR code (ISO/IEC 18004) as a picture.
package enum QRCode {
  /// Light modules around the code, without which readers do not find it.
  private static let margin = 4
  /// Bytes of a text that still makes a code which can be read from a projector.
  private static let limit = 512

  /// The text as an SVG of dark squares on white; nil for a text that is too long.
  package static func svg(of text: String) -> String? {
    guard text.utf8.count <= limit, let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    let size = width + 2 * margin
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        let start = column
        while column < width, code.pointee.data[row * width + column] & 1 == 1 { column += 1 }
        if column > start { path += "M\(start + margin) \(row + margin)h\(column - start)v1h-\(column - start)z" }
        column += 1
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" shape-rendering="crispEdges" role="img">\
      <rect width="\(size)" height="\(size)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>

      """
  }
}
