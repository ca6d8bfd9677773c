import Kinds
import Tree

/// Tells clients which groups, versions and resources there are (Kubernetes documentation, "API Concepts").
struct Discovery: Sendable {
  let kinds: KindTable
  let version: String

  /// A group with the versions that are served, the preferred first.
  struct Group: Sendable {
    var name: String
    var versions: [String]
  }

  /// In the order of the kinds table; the core group, if `core`, else all others.
  func groups(core: Bool) -> [Group] {
    var groups: [Group] = []
    for kind in kinds.kinds where kind.group.isEmpty == core {
      if let index = groups.firstIndex(where: { $0.name == kind.group }) {
        if !groups[index].versions.contains(kind.version) { groups[index].versions.append(kind.version) }
      } else {
        groups.append(Group(name: kind.group, versions: [kind.version]))
      }
    }
    return groups
  }

  /// `/api`
  func coreVersions(serverAddress: String) -> Value {
    [
      "kind": "APIVersions", "versions": .array((groups(core: true).first?.versions ?? []).map(Value.string)),
      "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]],
    ]
  }

  /// `/apis`
  var groupList: Value {
    [
      "kind": "APIGroupList", "apiVersion": "v1",
      "groups": .array(groups(core: false).map { entry($0, isListed: true) }),
    ]
  }

  /// `/apis/GROUP`; nil where there is no such group.
  func group(_ name: String) -> Value? {
    groups(core: false).first { $0.name == name }.map { entry($0, isListed: false) }
  }

  private func entry(_ group: Group, isListed: Bool) -> Value {
    let versions = group.versions.map { version -> Value in
      ["groupVersion": .string(group.name + "/" + version), "version": .string(version)]
    }
    var value: Value = isListed ? [:] : ["kind": "APIGroup", "apiVersion": "v1"]
    value["name"] = .string(group.name)
    value["versions"] = .array(versions)
    value["preferredVersion"] = versions.first
    return value
  }

  /// `/api/v1`, `/apis/GROUP/VERSION`; nil where there is no such version.
  func resources(group: String, version: String) -> Value? {
    let served = kinds.kinds.filter { $0.group == group && $0.version == version }
    guard let first = served.first else { return nil }
    var value: Value = ["kind": "APIResourceList"]
    if !group.isEmpty { value["apiVersion"] = "v1" }
    value["groupVersion"] = .string(first.apiVersion)
    value["resources"] = .array(served.sorted { $0.plural < $1.plural }.flatMap(entries))
    return value
  }

  private func entries(_ kind: Kind) -> [Value] {
    var main: Value = [
      "name": .string(kind.plural), "singularName": .string(kind.singular), "namespaced": .boolean(kind.isNamespaced),
      "kind": .string(kind.name), "verbs": .array(kind.shownVerbs.map(Value.string)),
    ]
    if !kind.shortNames.isEmpty { main["shortNames"] = .array(kind.shortNames.map(Value.string)) }
    if !kind.categories.isEmpty { main["categories"] = .array(kind.categories.map(Value.string)) }
    if kind.isStored, let hash = StorageVersionHash.of(kind) {
      main["storageVersionHash"] = .string(hash)
    }
    return [main]
      + Subresource.all(of: kind).map { subresource in
        var value: Value = [
          "name": .string(kind.plural + "/" + subresource.name), "singularName": "",
          "namespaced": .boolean(kind.isNamespaced),
        ]
        if let type = subresource.foreignType {
          value["group"] = .string(type.group)
          value["version"] = .string(type.version)
        }
        value["kind"] = .string(subresource.kindName)
        value["verbs"] = .array(subresource.verbs.map(Value.string))
        return value
      }
  }
}

extension Kind {
  /// In Kubernetes' order, which for custom kinds is no order.
  var shownVerbs: [String] { custom == nil ? verbs.sorted() : verbs }

  /// `apps/v1/Deployment`, `v1/Pod`
  var groupVersionKind: String { apiVersion + "/" + name }
}
