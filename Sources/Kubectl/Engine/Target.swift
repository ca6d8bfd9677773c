import Tree

/// What a command is to work on: one named object, or all of a kind that a selector takes.
struct Target {
  let resource: Resource
  /// nil for a cluster's own kinds, or for all namespaces.
  let namespace: String?
  let name: String?
  /// The file that named it, if one did, and what stood there.
  var source: String?
  var manifest: Value?

  var path: String { resource.path(namespace: namespace, name: name) }
}

/// One object that a command works on.
struct Item {
  let resource: Resource
  var object: Value
  var source: String?

  var name: String { object["metadata", "name"]?.string ?? "" }
  var namespace: String? { resource.isNamespaced ? object["metadata", "namespace"]?.string : nil }
  /// `deployment.apps/web`.
  var title: String { resource.objectPrefix + "/" + name }
  var path: String { resource.path(namespace: namespace, name: name) }
}

extension Invocation {
  /// What the arguments or files name (k8s.io/cli-runtime, resource.Builder).
  ///
  /// - Parameters:
  ///   - words: kinds and names; the command's arguments if not said.
  ///   - allowsAll: whether a kind without a name means all of it.
  func targets(_ words: [String]? = nil, allowsAll: Bool = false) throws(Failure) -> [Target] {
    if !list("filename").isEmpty || !text("kustomize").isEmpty {
      var targets: [Target] = []
      for document in try Manifests.read(self) { targets.append(try target(document)) }
      return targets
    }
    let words = words ?? arguments
    if words.contains(where: { $0.contains("/") }) { return try slashed(words) }
    guard let kinds = words.first else { throw nothingNamed }
    return try named(kinds, Array(words.dropFirst()), allowsAll: allowsAll)
  }

  /// Neither arguments nor files say what to work on.
  var nothingNamed: Failure {
    .error(
      "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n"
        + "   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'")
  }

  private var hasSelector: Bool { !text("selector").isEmpty || !text("field-selector").isEmpty }

  private func scope(_ resource: Resource) -> String? {
    resource.isNamespaced && !isOn("all-namespaces") ? session.namespace : nil
  }

  private func slashed(_ words: [String]) throws(Failure) -> [Target] {
    if hasSelector { throw .error("name cannot be provided when a selector is specified") }
    var targets: [Target] = []
    for word in words {
      let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 1 {
        throw .error(
          "there is no need to specify a resource type as a separate argument when passing arguments in resource/name "
            + "form (e.g. '\(path) resource/<resource_name>' instead of "
            + "'\(path) resource resource/<resource_name>'")
      }
      if parts.count > 2 { throw .error("arguments in resource/name form may not have more than one slash") }
      if parts[0].isEmpty || parts[1].isEmpty {
        throw .error("arguments in resource/name form must have a single resource and name")
      }
      let resource = try session.discovery().resource(parts[0])
      if isOn("all-namespaces") { throw namedAcrossNamespaces }
      targets.append(Target(resource: resource, namespace: scope(resource), name: parts[1]))
    }
    return targets
  }

  private var namedAcrossNamespaces: Failure { .error("a resource cannot be retrieved by name across all namespaces") }

  private func named(_ kinds: String, _ names: [String], allowsAll: Bool) throws(Failure) -> [Target] {
    if !names.isEmpty, hasSelector { throw .error("name cannot be provided when a selector is specified") }
    if !names.isEmpty, isOn("all") {
      throw .error("name cannot be provided when --all is specified")
    }
    if names.isEmpty, !allowsAll, !isOn("all"), !hasSelector {
      throw .error("resource(s) were provided, but no name was specified")
    }
    if !names.isEmpty, isOn("all-namespaces") { throw namedAcrossNamespaces }
    var targets: [Target] = []
    for word in kinds.split(separator: ",").map(String.init) {
      for resource in try session.discovery().resources(word) where names.isEmpty {
        targets.append(Target(resource: resource, namespace: scope(resource), name: nil))
      }
      if names.isEmpty { continue }
      let resource = try session.discovery().resource(word)
      for name in names { targets.append(Target(resource: resource, namespace: scope(resource), name: name)) }
    }
    return targets
  }

  /// The target that a file's object is.
  func target(_ document: Manifests.Document) throws(Failure) -> Target {
    var object = document.object
    let resource = try session.discovery().resource(of: object, source: document.source)
    var namespace: String?
    if resource.isNamespaced {
      let own = object["metadata", "namespace"]?.string ?? ""
      if !own.isEmpty, session.namespaceWasSet, own != session.namespace {
        throw .error(
          "the namespace from the provided object \(quoted(own)) does not match the namespace "
            + "\(quoted(session.namespace)). You must pass '--namespace=\(own)' to perform this operation.")
      }
      namespace = own.isEmpty ? session.namespace : own
      object["metadata", "namespace"] = namespace.map { .string($0) }
    } else {
      object["metadata", "namespace"] = nil
    }
    return Target(
      resource: resource, namespace: namespace, name: object["metadata", "name"]?.string, source: document.source,
      manifest: object)
  }

  /// The query of a list.
  func listQuery(selects: Bool = true) -> [(String, String)] {
    var query: [(String, String)] = []
    if !text("selector").isEmpty { query.append(("labelSelector", text("selector"))) }
    if !text("field-selector").isEmpty { query.append(("fieldSelector", text("field-selector"))) }
    return query
  }

  /// The objects that are named, as the server has them now. What is not there is collected and said at the end.
  func items(_ words: [String]? = nil, allowsAll: Bool = false) throws(Failure) -> [Item] {
    var items: [Item] = []
    var problems: [Failure] = []
    for target in try targets(words, allowsAll: allowsAll) {
      do throws(Failure) {
        items += try self.items(of: target)
      } catch {
        problems.append(error)
      }
    }
    for problem in problems.dropLast() { session.warn(problem.text) }
    if let last = problems.last { throw last }
    return items
  }

  func items(of target: Target) throws(Failure) -> [Item] {
    if target.name != nil {
      let object = try session.request("GET", target.path)
      return [Item(resource: target.resource, object: object, source: target.source)]
    }
    return try session.list(target, query: listQuery()).items
  }
}

extension Session {
  /// All objects of a list, page by page, and its revision.
  func list(_ target: Target, query: [(String, String)]) throws(Failure) -> (items: [Item], revision: String) {
    var items: [Item] = []
    var query = query + [("limit", String(Session.chunk))]
    while true {
      let list: Value
      do throws(Failure) {
        list = try request("GET", target.path, query: query)
      } catch {
        throw error.whileFinding(target.resource, query)
      }
      let kind = list["kind"]?.string ?? "List"
      for var object in list["items"]?.array ?? [] {
        if object["kind"] == nil {
          let members = [("apiVersion", list["apiVersion"] ?? ""), ("kind", Value.string(String(kind.dropLast(4))))]
          object = .object(Members(members + (object.object ?? Members()).map { ($0.key, $0.value) }))
        }
        items.append(Item(resource: target.resource, object: object, source: target.source))
      }
      guard let next = list["metadata", "continue"]?.string, !next.isEmpty else {
        return (items, list["metadata", "resourceVersion"]?.string ?? "")
      }
      query = query.filter { $0.0 != "continue" } + [("continue", next)]
    }
  }
}
