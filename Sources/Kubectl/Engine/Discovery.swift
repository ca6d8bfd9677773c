import Tree

/// A kind's address on the server.
struct Resource: Sendable, Hashable {
  let group: String
  let version: String
  /// The plural, as in paths.
  let name: String
  let singular: String
  let kind: String
  let shortNames: [String]
  let categories: [String]
  let isNamespaced: Bool
  let verbs: [String]
  let subresources: [String]

  var apiVersion: String { group.isEmpty ? version : group + "/" + version }

  /// `/api/v1`, `/apis/apps/v1`.
  var versionPath: String { group.isEmpty ? "/api/" + version : "/apis/\(group)/\(version)" }

  /// `pods`, `deployments.apps`.
  var groupName: String { group.isEmpty ? name : name + "." + group }

  /// `pod`, `deployment.apps`: how kubectl names an object of it, before a slash.
  var objectPrefix: String { group.isEmpty ? kind.lowercased() : kind.lowercased() + "." + group }

  /// The path of one object, or of all of a namespace, or of all.
  func path(namespace: String?, name object: String? = nil, subresource: String? = nil) -> String {
    var path = versionPath
    if isNamespaced, let namespace { path += "/namespaces/" + Session.escape(namespace) }
    path += "/" + name
    if let object { path += "/" + Session.escape(object) }
    if let subresource { path += "/" + subresource }
    return path
  }
}

/// The kinds that the server has.
struct Discovery: Sendable {
  private(set) var resources: [Resource] = []
  /// Group and version of everything served, such as `apps/v1`.
  private(set) var groupVersions: [String] = []

  static let aggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"

  static let roots = ["/api", "/apis"]

  /// Asks for both aggregated lists, and piece by piece where the server has none.
  init(fetch: (_ path: String, _ accept: String) -> Value?) throws(Failure) {
    for root in Self.roots {
      guard let answer = fetch(root, Self.aggregated) else { continue }
      if answer["items"] != nil {
        for group in answer["items"]?.array ?? [] { add(group) }
      } else {
        addPlain(answer, root: root) { fetch($0, Session.json) }
      }
    }
    if resources.isEmpty {
      throw .error("couldn't get current server API group list: the server does not answer /api")
    }
  }

  private mutating func add(_ group: Value) {
    let groupName = group["metadata", "name"]?.string ?? ""
    for version in group["versions"]?.array ?? [] {
      let versionName = version["version"]?.string ?? ""
      groupVersions.append(groupName.isEmpty ? versionName : "\(groupName)/\(versionName)")
      for resource in version["resources"]?.array ?? [] {
        resources.append(
          Resource(
            group: groupName, version: versionName, name: resource["resource"]?.string ?? "",
            singular: resource["singularResource"]?.string ?? "",
            kind: resource["responseKind", "kind"]?.string ?? "", shortNames: Self.texts(resource["shortNames"]),
            categories: Self.texts(resource["categories"]), isNamespaced: resource["scope"] == "Namespaced",
            verbs: Self.texts(resource["verbs"]),
            subresources: (resource["subresources"]?.array ?? []).compactMap { $0["subresource"]?.string }))
      }
    }
  }

  /// The lists before Kubernetes 1.26: groups, and for each version its resources.
  private mutating func addPlain(_ answer: Value, root: String, fetch: (String) -> Value?) {
    var versions: [(group: String, version: String, path: String)] = []
    for version in Self.texts(answer["versions"]) where root == "/api" {
      versions.append(("", version, "/api/\(version)"))
    }
    for group in answer["groups"]?.array ?? [] {
      let name = group["name"]?.string ?? ""
      for version in group["versions"]?.array ?? [] {
        let text = version["version"]?.string ?? ""
        versions.append((name, text, "/apis/\(name)/\(text)"))
      }
    }
    for (group, version, path) in versions {
      groupVersions.append(group.isEmpty ? version : "\(group)/\(version)")
      let list = fetch(path)?["resources"]?.array ?? []
      let names = list.compactMap { $0["name"]?.string }
      for item in list {
        guard let name = item["name"]?.string, !name.contains("/") else { continue }
        resources.append(
          Resource(
            group: group, version: version, name: name, singular: item["singularName"]?.string ?? "",
            kind: item["kind"]?.string ?? "", shortNames: Self.texts(item["shortNames"]),
            categories: Self.texts(item["categories"]), isNamespaced: item["namespaced"] == true,
            verbs: Self.texts(item["verbs"]),
            subresources: names.filter { $0.hasPrefix(name + "/") }.map { String($0.dropFirst(name.count + 1)) }))
      }
    }
  }

  private static func texts(_ value: Value?) -> [String] { (value?.array ?? []).compactMap(\.string) }
}

extension Discovery {
  /// The resource that a word names: `po`, `pod`, `Pods`, `deployments.apps`, `deployments.v1.apps`.
  func resource(_ word: String) throws(Failure) -> Resource {
    let parts = word.lowercased().split(separator: ".", maxSplits: 1).map(String.init)
    guard let name = parts.first else { throw Self.unknown(word) }
    let qualifier = parts.count > 1 ? parts[1] : nil
    let candidates = resources.filter { qualifier == nil || Self.matches($0, qualifier ?? "") }
    let named = candidates.first { $0.name == name } ?? candidates.first { $0.singular == name }
    guard
      let found = named ?? candidates.first(where: { $0.kind.lowercased() == name })
        ?? candidates.first(where: { $0.shortNames.contains(name) })
    else { throw Self.unknown(word) }
    return found
  }

  private static func matches(_ resource: Resource, _ qualifier: String) -> Bool {
    resource.group == qualifier || "\(resource.version).\(resource.group)" == qualifier
      || resource.group.hasPrefix(qualifier + ".") || (resource.group.isEmpty && resource.version == qualifier)
  }

  private static func unknown(_ word: String) -> Failure {
    .error("the server doesn't have a resource type \(quoted(word))")
  }

  /// The resources that a word names: one, or all of a category such as `all`.
  func resources(_ word: String) throws(Failure) -> [Resource] {
    var seen: Set<String> = []
    // Of a resource's versions the first, which is the preferred one.
    let category = resources.filter {
      $0.categories.contains(word.lowercased()) && seen.insert($0.groupName).inserted
    }
    return category.isEmpty ? [try resource(word)] : category
  }

  /// The resource of an object's kind.
  func resource(of object: Value, source: String? = nil) throws(Failure) -> Resource {
    let apiVersion = object["apiVersion"]?.string ?? ""
    let kind = object["kind"]?.string ?? ""
    if let found = resources.first(where: { $0.apiVersion == apiVersion && $0.kind == kind }) { return found }
    let message = "no matches for kind \(quoted(kind)) in version \(quoted(apiVersion))"
    let hint = "ensure CRDs are installed first"
    guard let source else { throw .error(message) }
    throw .error(
      "resource mapping not found for name: \(quoted(object["metadata", "name"]?.string ?? "")) namespace: "
        + "\(quoted(object["metadata", "namespace"]?.string ?? "")) from \(quoted(source)): \(message)\n\(hint)")
  }
}
