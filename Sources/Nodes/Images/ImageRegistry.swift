import API
import Kinds
import Store
import Tree

/// Where simulated images are pulled from: the cluster's Image objects, then the catalogue in the box.
struct ImageRegistry {
  let client: Client
  let catalogue: ImageCatalogue

  /// How the image behaves, or why it cannot be had. An Image object with a tag stands for that tag, one without for
  /// every tag of its repository.
  func lookup(_ reference: ImageReference) -> ImageCatalogue.Lookup {
    let known = catalogue.lookup(reference)
    var base = ImageBehaviour()
    if case .found(let behaviour) = known { base = behaviour }
    guard let object = object(for: reference) else { return known }
    return .found(ImageBehaviour(object["spec"] ?? [:], base: base))
  }

  private func object(for reference: ImageReference) -> Value? {
    var general: Value?
    for stored in client.list(.image) {
      guard let name = stored.value["spec"]?["image"]?.string, let described = ImageReference(name),
        described.repository == reference.repository
      else { continue }
      let hasTag = name.split(separator: "/").last?.contains(":") ?? false
      if hasTag, described.tag == reference.tag { return stored.value }
      if !hasTag { general = stored.value }
    }
    return general
  }

  /// containerd's words when the image cannot be had.
  static func refusal(_ reference: ImageReference, _ lookup: ImageCatalogue.Lookup) -> String? {
    let name = reference.canonical
    let prefix = "failed to pull and unpack image \"\(name)\": failed to resolve reference \"\(name)\": "
    switch lookup {
    case .found(let behaviour):
      return behaviour.pullError.map { "rpc error: code = Unknown desc = " + prefix + $0 }
    case .unknownTag:
      return "rpc error: code = NotFound desc = " + prefix + name + ": not found"
    case .unknownRepository:
      return "rpc error: code = Unknown desc = " + prefix
        + "pull access denied, repository does not exist or may require authorization: server message: "
        + "insufficient_scope: authorization failed"
    }
  }
}
