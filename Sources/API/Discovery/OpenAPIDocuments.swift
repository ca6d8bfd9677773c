import Kinds
import Synchronization
import Tree

/// The OpenAPI documents, each made when it is first asked for and then kept: clients load them often.
final class OpenAPIDocuments: Sendable {
  /// Clients ask for it with `@v1.0`; an answer may not name it so, because an `@` is no part of a media type (RFC 6838
  /// section 4.2), and Go's parser refuses it.
  static let protobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

  private let kinds: KindTable
  private let made: Mutex<Made> = Mutex(Made())

  private struct Made {
    var documents: [String: [UInt8]] = [:]
    /// The kinds of which they are.
    var kinds: [Kind] = []
  }

  init(kinds: KindTable) { self.kinds = kinds }

  /// `/openapi/v2`, `/openapi/v3`, `/openapi/v3/apis/GROUP/VERSION`; nil where there is no such document.
  func answer(_ request: APIRequest) -> APIResponse? {
    let path = Array(request.path.dropFirst())
    switch (path.first, path.count) {
    case ("v2", 1): return version2(request)
    case ("v3", 1):
      let index = document("v3") { OpenAPI.v3Index(kinds).json }
      return index.map { APIResponse(status: 200, contentType: "text/plain; charset=utf-8", body: [$0]) }
    case ("v3", 3) where path[1] == "api": return version3(group: "", version: path[2])
    case ("v3", 4) where path[1] == "apis": return version3(group: path[2], version: path[3])
    default: return nil
    }
  }

  private func version2(_ request: APIRequest) -> APIResponse? {
    let accepted = MediaTypes.clauses(request.header("Accept") ?? "").map(\.type)
    if accepted.first?.hasPrefix("application/com.github.proto-openapi.spec.v2") == true {
      return document("v2.protobuf") { OpenAPI.v2Protobuf(kinds) }
        .map { APIResponse(status: 200, contentType: Self.protobufType, body: [$0]) }
    }
    return document("v2") { OpenAPI.v2(kinds).json }
      .map { APIResponse(status: 200, contentType: MediaType.json, body: [$0]) }
  }

  private func version3(group: String, version: String) -> APIResponse? {
    document("v3/\(group)/\(version)") { OpenAPI.v3(group: group, version: version, kinds)?.json }
      .map { APIResponse(status: 200, contentType: MediaType.json, body: [$0]) }
  }

  private func document(_ name: String, make: () -> [UInt8]?) -> [UInt8]? {
    let present = kinds.kinds
    let kept = made.withLock { made in
      if made.kinds != present { made = Made(kinds: present) }
      return made.documents[name]
    }
    if let kept { return kept }
    guard let bytes = make() else { return nil }
    made.withLock { if $0.kinds == present { $0.documents[name] = bytes } }
    return bytes
  }
}
