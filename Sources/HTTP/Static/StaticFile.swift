/// A file's content with what is needed to serve it: type, validators, a compressed twin.
package final class StaticFile: Sendable {
  /// From how many bytes on text is kept compressed as well, unless said otherwise: 1 KiB.
  package static let defaultThreshold = 1 << 10

  /// The content.
  package let bytes: [UInt8]
  /// `text/css; charset=utf-8`
  package let contentType: String
  /// A strong entity tag, made from the content.
  package let tag: String
  /// The tag of the compressed twin, which is other bytes and so needs another tag.
  package let compressedTag: String
  /// The gzip twin; nil when compression would not pay.
  package let compressed: [UInt8]?

  /// A file from memory; the type follows the ending of the path.
  package init(path: String, bytes: [UInt8], compressionThreshold: Int = StaticFile.defaultThreshold) {
    let name = SHA256.digest(bytes).prefix(12).map(Self.hexadecimal).joined()
    let type = ContentTypes.type(ofPath: path)
    let isWorthwhile = bytes.count >= compressionThreshold && ContentTypes.isCompressible(type)
    let smaller = isWorthwhile ? Gzip.compress([bytes[...]], level: .small) : nil
    self.bytes = bytes
    contentType = type
    tag = "\"\(name)\""
    compressedTag = "\"\(name)-gzip\""
    compressed = smaller.flatMap { $0.count < bytes.count ? $0 : nil }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
