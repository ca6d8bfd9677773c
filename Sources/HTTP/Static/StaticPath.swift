/// A request path made into a path inside a folder, or refused.
enum StaticPath {
  /// The relative path: `js/app.js`, `index.html` for a path that ends in a slash. Nil for anything that could lead out of
  /// the folder or to a hidden file. Checked after percent-decoding, so that no escape hides a dot or a slash.
  static func relative(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/"), let decoded = PercentEncoding.decode(path) else { return nil }
    guard decoded.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\\" && $0.value != 0x7F }) else { return nil }
    var parts = decoded.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let isFolder = parts.last?.isEmpty ?? true
    if isFolder { parts = parts.dropLast() }
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { return nil }
    return (parts + (isFolder ? ["index.html"] : [])).joined(separator: "/")
  }
}
