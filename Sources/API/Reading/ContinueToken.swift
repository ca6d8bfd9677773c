import Kinds
import Tree

/// Where the next page of a list begins: at which revision, after which object.
///
/// The text is base64url of JSON, as in Kubernetes, so that clients that look into it find what they know.
struct ContinueToken: Equatable {
  var revision: Int64
  /// The path of the last object of the page before.
  var path: String

  init(revision: Int64, path: String) {
    self.revision = revision
    self.path = path
  }

  init(_ text: String) throws(Status) {
    guard let bytes = Base64.decode(text) else {
      throw .badRequest("invalid continue token: continue key is not valid: illegal base64 data")
    }
    let value: Value
    do {
      value = try JSON.parse(bytes)
    } catch {
      throw .badRequest("invalid continue token: continue key is not valid: \(error.message)")
    }
    guard value["v"]?.string == "meta.k8s.io/v1", let revision = value["rv"]?.integer,
      let path = value["start"]?.string
    else { throw .badRequest("invalid continue token: continue key is not valid: unrecognized encoded version") }
    self.init(revision: revision, path: path)
  }

  var text: String {
    let value: Value = ["v": "meta.k8s.io/v1", "rv": .integer(revision), "start": .string(path)]
    return Base64.encode(value.json)
  }
}

/// base64url (RFC 4648, section 5), with or without padding when read, without when written.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
