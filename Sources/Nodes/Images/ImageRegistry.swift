import API
import Kinds
import Store
import Tree

/// Where simulated images are pulled from: the cluster's Image objects, then the catalogue in the box.
struct ImageRegistry {
  let client: Client
  let catalogue: ImageCatalogue

  /// How the image behaves, or why it cannot be had. An Image object stands for its repository, with the tags that it
  /// lists or, without a list, with any.
  func lookup(_ reference: ImageReference) -> ImageCatalogue.Lookup {
    let known = catalogue.lookup(reference)
    guard let spec = object(for: reference)?["spec"] else { return known }
    let tags = (spec["tags"]?.array ?? []).compactMap(\.string)
    if !tags.isEmpty, reference.digest == nil, !tags.contains(reference.tag) { return .unknownTag }
    var base = ImageBehaviour()
    if case .found(let behaviour) = known { base = behaviour }
    return .found(ImageBehaviour(spec, base: base))
  }

  /// The Image object of the reference's repository; of several the one that lists the tag.
  private func object(for reference: ImageReference) -> Value? {
    let objects = client.list(.image).map(\.value).filter { object in
      object["spec"]?["repository"]?.string.flatMap { ImageReference($0) }?.repository == reference.repository
    }
    let exact = objects.first { $0["spec"]?["tags"]?.array?.contains(.string(reference.tag)) ?? false }
    return exact ?? objects.first
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
