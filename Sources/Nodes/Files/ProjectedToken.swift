import Kinds
import Loop
import Tree

/// A token of the pod's service account in one of its volumes.
struct ProjectedToken {
  /// A volume's source `serviceAccountToken` (API reference, ServiceAccountTokenProjection v1 core).
  struct Wish {
    let path: String
    /// Empty: the API.
    let audience: String
    let seconds: Int64

    /// After that the kubelet fetches another: four fifths of its life, at most a day (pkg/kubelet/token).
    var renewalTime: Duration { .seconds(min(seconds * 4 / 5, 86_400)) }
  }

  let text: String
  /// From when on it is to be replaced.
  let renewal: Time

  static func wishes(of volume: Value) -> [Wish] {
    (volume["projected", "sources"]?.array ?? []).compactMap { source in
      guard let token = source["serviceAccountToken"], let path = token["path"]?.string else { return nil }
      return Wish(
        path: path, audience: token["audience"]?.string ?? "", seconds: token["expirationSeconds"]?.integer ?? 3_600)
    }
  }
}

extension Pod {
  /// Whether a container runs a command of the pod's own: an image's own program reads no token.
  var hasOwnCommands: Bool {
    (spec.containers + spec.initContainers).contains { ($0.value["command"] ?? $0.value["args"]) != nil }
  }
}
