import Kinds
import Tree

/// All groups, versions and resources in one answer (API reference, APIGroupDiscoveryList apidiscovery.k8s.io/v2).
extension Discovery {
  static let aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

  /// Whether the client wants (and is served) the aggregated form.
  static func wantsAggregated(_ request: APIRequest) -> Bool {
    for clause in MediaTypes.clauses(request.header("Accept") ?? "") where clause.type == MediaType.json {
      guard let form = clause.parameters["as"] else { return false }
      if form == "APIGroupDiscoveryList", clause.parameters["g"] == "apidiscovery.k8s.io",
        clause.parameters["v"] == "v2"
      {
        return true
      }
    }
    return false
  }

  func aggregated(core: Bool) -> Value {
    [
      "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:],
      "items": .array(groups(core: core).map(aggregatedGroup)),
    ]
  }

  private func aggregatedGroup(_ group: Group) -> Value {
    let versions = group.versions.map { version -> Value in
      let served = kinds.kinds.filter { $0.group == group.name && $0.version == version }
      return [
        "version": .string(version), "resources": .array(served.sorted { $0.plural < $1.plural }.map(aggregatedKind)),
        "freshness": "Current",
      ]
    }
    return [
      "metadata": group.name.isEmpty ? [:] : ["name": .string(group.name)], "versions": .array(versions),
    ]
  }

  private func aggregatedKind(_ kind: Kind) -> Value {
    var value: Value = [
      "resource": .string(kind.plural), "responseKind": responseKind(kind.name),
      "scope": kind.isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(kind.singular),
      "verbs": .array(kind.shownVerbs.map(Value.string)),
    ]
    if !kind.shortNames.isEmpty { value["shortNames"] = .array(kind.shortNames.map(Value.string)) }
    if !kind.categories.isEmpty { value["categories"] = .array(kind.categories.map(Value.string)) }
    let subresources = Subresource.all(of: kind).map { subresource -> Value in
      [
        "subresource": .string(subresource.name),
        "responseKind": responseKind(
          subresource.kindName, group: subresource.foreignType?.group ?? "",
          version: subresource.foreignType?.version ?? ""),
        "verbs": .array(subresource.verbs.map(Value.string)),
      ]
    }
    if !subresources.isEmpty { value["subresources"] = .array(subresources) }
    return value
  }

  private func responseKind(_ name: String, group: String = "", version: String = "") -> Value {
    ["group": .string(group), "version": .string(version), "kind": .string(name)]
  }
}
