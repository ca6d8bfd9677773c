import Kinds
import Tree

/// Where the next page of a list begins: at which revision, after which object.
///
/// The text is base64url of JSON, as in Kubernetes, so that clients that look into it find what they know.
struct ContinueToken: Equatable {
  /// The revision of a token whose list goes on with the present, because its own moment is no longer kept (any below
  /// zero is taken so).
  static let present: Int64 = -1

  var revision: Int64
  /// The path of the last object of the page before.
  var path: String

  init(revision: Int64, path: String) {
    self.revision = revision
    self.path = path
  }

  /// What a client gave back; the refusals are those of k8s.io/apiserver, storage/continue.go.
  init(_ text: String) throws(Status) {
    if let place = Self.firstBadByte(of: text) {
      throw Self.invalid("continue key is not valid: illegal base64 data at input byte \(place)")
    }
    let value: Value
    do {
      value = try JSON.parse(Base64.decode(text) ?? [])
    } catch {
      throw Self.invalid("continue key is not valid: \(error.message)")
    }
    let version = value["v"]?.string ?? ""
    guard version == "meta.k8s.io/v1" else {
      throw Self.invalid("continue key is not valid: server does not recognize this encoded version \(version)")
    }
    guard let revision = value["rv"]?.integer, revision != 0 else {
      throw Self.invalid("continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
    }
    guard let path = value["start"]?.string, !path.isEmpty else {
      throw Self.invalid("continue key is not valid: encoded start key empty (version meta.k8s.io/v1)")
    }
    if path.split(separator: "/", omittingEmptySubsequences: false).contains(where: { ["", ".", ".."].contains($0) }) {
      throw Self.invalid("continue key is not valid: \(path)")
    }
    self.init(revision: revision, path: path)
  }

  /// Where a text ceases to be base64 without padding; nil where it is all right.
  private static func firstBadByte(of text: String) -> Int? {
    let bytes = Array(text.utf8)
    let bad = bytes.firstIndex { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        false
      default: true
      }
    }
    return bad ?? (bytes.count % 4 == 1 ? bytes.count - 1 : nil)
  }

  private static func invalid(_ why: String) -> Status {
    .badRequest("invalid continue token: " + why)
  }

  var text: String {
    let value: Value = ["v": "meta.k8s.io/v1", "rv": .integer(revision), "start": .string(path)]
    return Base64.encode(value.json)
  }
}
