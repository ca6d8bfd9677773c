package import Kinds
import Store
package import Tree

/// Which of a cluster's last writes somebody wants to see: what a timeline shows.
package struct HistoryQuery: Sendable {
  private static let limits = 1...5_000
  private static let standardLimit = 500
  /// Writes in one answer that come with their objects.
  private static let objectsLimit = 200

  /// Writes after this revision; nil: from the oldest that is kept.
  private var after: Int64?
  /// Writes before this revision.
  private var before: Int64 = .max
  private var limit = standardLimit
  /// Whether the last ones are wanted where there are too many, and not the first.
  private var isLast = false
  /// Empty: all that the caller may list.
  private var resources: Set<String> = []
  private var namespace: String?
  private var name: String?
  private var isStepsOnly = false
  private var hasObjects = false

  /// Reads a query's parameters; an unknown one is refused, so that nobody takes a misspelt filter for one that works.
  package init(_ parameters: [(name: String, value: String)]) throws(Status) {
    for (name, value) in parameters {
      switch name {
      case "after": after = try Self.number(value, name)
      case "before": before = try Self.number(value, name)
      case "limit": limit = Int(clamping: try Self.number(value, name))
      case "last": isLast = RequestInfo.isTrue(value)
      case "resources": resources = Set(value.split(separator: ",").map(String.init))
      case "namespace": namespace = value
      case "name": self.name = value
      case "steps": isStepsOnly = RequestInfo.isTrue(value)
      case "objects": hasObjects = RequestInfo.isTrue(value)
      default:
        throw .badRequest(
          "\"\(name)\" is no parameter of a history: give after, before, limit, last, resources, namespace, name, steps "
            + "or objects")
      }
    }
    guard Self.limits.contains(limit) else {
      throw .badRequest("limit \(limit) is out of range: give \(Self.limits.lowerBound) to \(Self.limits.upperBound)")
    }
    if hasObjects { limit = min(limit, Self.objectsLimit) }
  }

  private static func number(_ text: String, _ name: String) throws(Status) -> Int64 {
    guard let number = Int64(text), number >= 0 else {
      throw .badRequest("\(name) \"\(text)\" is no revision or count: give a whole number")
    }
    return number
  }

  /// The writes that match and that the caller may see, as an object of kind `History`.
  package func answer(from server: APIServer, to caller: Caller) throws(Status) -> Value {
    let feed = server.feed
    let oldest = feed.oldestRevision
    guard let changes = feed.changes(after: after ?? oldest) else {
      throw .expired(after ?? oldest, oldest: feed.oldestRevision)
    }
    let kinds = try kinds(of: server)
    var sight = Sight(caller: caller, authorizer: server.authorizer)
    var found: [(Change, Kind)] = []
    var areMore = false
    for change in isLast ? Array(changes.reversed()) : changes {
      guard change.revision < before, matches(change), let kind = kinds[change.key.groupResource],
        sight.reaches(change.key)
      else { continue }
      areMore = found.count == limit
      if areMore { break }
      found.append((change, kind))
    }
    if isLast { found.reverse() }
    return [
      "kind": "History", "apiVersion": .string(Kind.clock.apiVersion), "oldestRevision": .integer(oldest),
      "revision": .integer(feed.snapshot.revision), "time": .string(server.now().microTimestamp),
      "more": .boolean(areMore), "items": .array(found.map { item($0, of: $1) }),
    ]
  }

  private func kinds(of server: APIServer) throws(Status) -> [GroupResource: Kind] {
    var kinds: [GroupResource: Kind] = [:]
    for kind in server.kinds.collections {
      if resources.isEmpty || resources.contains(kind.groupResource.name) { kinds[kind.groupResource] = kind }
    }
    if let unknown = resources.subtracting(kinds.keys.map(\.name)).min() {
      throw .badRequest(
        "the server has no resource \"\(unknown)\" with a history: name it as in pods or deployments.apps")
    }
    return kinds
  }

  private func matches(_ change: Change) -> Bool {
    (namespace.map { $0 == change.key.namespace } ?? true) && (name.map { $0 == change.key.name } ?? true)
      && (!isStepsOnly || change.isVisible)
  }

  private func item(_ change: Change, of kind: Kind) -> Value {
    var item: Value = [
      "revision": .integer(change.revision), "time": .string(change.time.microTimestamp),
      "type": .string(change.eventType), "resource": .string(kind.plural), "group": .string(kind.group),
      "kind": .string(kind.name), "namespace": .string(change.key.namespace), "name": .string(change.key.name),
      "actor": .string(change.cause.actor), "request": .string(change.cause.request),
    ]
    if let subject = change.cause.subject {
      item["subject"] = [
        "resource": .string(subject.groupResource.resource), "group": .string(subject.groupResource.group),
        "namespace": .string(subject.namespace), "name": .string(subject.name),
      ]
      item["subject", "revision"] = change.cause.subjectRevision.map(Value.integer)
    }
    item["previous"] = change.previous.map { .integer($0.revision) }
    if hasObjects { item["object"] = change.object.value }
    return item
  }
}

/// Which objects a caller may list.
private struct Sight {
  private struct Place: Hashable {
    let collection: GroupResource
    let namespace: String
  }

  let caller: Caller
  let authorizer: Authorizer
  private var known: [Place: Bool] = [:]

  init(caller: Caller, authorizer: Authorizer) {
    self.caller = caller
    self.authorizer = authorizer
  }

  mutating func reaches(_ key: ObjectKey) -> Bool {
    let place = Place(collection: key.groupResource, namespace: key.namespace)
    if let known = known[place] { return known }
    let wish = Attributes(
      caller: caller, verb: "list", group: key.groupResource.group, resource: key.groupResource.resource,
      namespace: key.namespace)
    let isAllowed = authorizer.allows(wish)
    known[place] = isAllowed
    return isAllowed
  }
}
