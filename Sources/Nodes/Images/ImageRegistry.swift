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

  /// containerd's words when the image cannot be had by somebody with these logins. The kubelet leaves out a code that
  /// says nothing.
  static func refusal(_ reference: ImageReference, _ lookup: ImageCatalogue.Lookup, _ secrets: PullSecrets) -> String? {
    let name = reference.canonical
    let prefix = "failed to pull and unpack image \"\(name)\": failed to resolve reference \"\(name)\": "
    switch lookup {
    case .found(let behaviour):
      if let problem = behaviour.pullError { return prefix + problem }
      return secrets.open(reference, wanting: behaviour.login) ? nil : prefix + unauthorized(reference, secrets)
    case .unknownTag:
      return "rpc error: code = NotFound desc = " + prefix + name + ": not found"
    case .unknownRepository:
      return prefix
        + "pull access denied, repository does not exist or may require authorization: server message: "
        + "insufficient_scope: authorization failed"
    }
  }
  private static func unauthorized(_ reference: ImageReference, _ secrets: PullSecrets) -> String {
    let parts = reference.repository.split(separator: "/", maxSplits: 1).map(String.init)
    let host = parts[0] == "docker.io" ? "auth.docker.io" : parts[0]
    let service = parts[0] == "docker.io" ? "registry.docker.io" : parts[0]
    if secrets.logins(for: reference).isEmpty {
      return "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to "
        + "https://\(host)/token?scope=repository%3A\(parts[1].replacing("/", with: "%2F"))%3Apull&service=\(service): "
        + "401 Unauthorized"
    }
    return "failed to authorize: failed to fetch oauth token: unexpected status from POST request to "
      + "https://\(host)/token: 401 Unauthorized"
  }
}
