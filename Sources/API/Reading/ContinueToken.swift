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
