import Kinds
package import Store
import Synchronization

/// To which flow a request belongs, and with which priority (Kubernetes documentation, "API Priority and Fairness").
package struct FlowClass: Sendable {
  /// The flow schema's identifier.
  package let schemaUID: String
  package let level: PriorityLevel
  /// The schema and what tells its flows apart.
  package let flow: String

  /// What every answer tells of it.
  package var headers: [(name: String, value: String)] {
    [
      ("X-Kubernetes-Pf-Flowschema-Uid", schemaUID), ("X-Kubernetes-Pf-Prioritylevel-Uid", level.uid),
    ]
  }
}

/// Sorts requests into flows as the cluster's FlowSchemas and PriorityLevelConfigurations say.
///
/// They are read anew only after a write to one of them.
package final class FlowClassifier: Sendable {
  /// Requests that may be under way in all levels together (kube-apiserver's --max-requests-inflight and
  /// --max-mutating-requests-inflight at their defaults).
  package static let seats: Int64 = 600

  private struct Index {
    var rules: [FlowRules]
    var levels: [String: PriorityLevel]
  }

  private struct Cache {
    var index: Index
    /// Up to which revision no later write to the group is known.
    var revision: Int64
  }

  private let feed: Feed
  private let cache: Mutex<Cache?> = Mutex(nil)

  package init(feed: Feed) { self.feed = feed }

  /// The class of a request; nil where no schema is about it, or its level is missing.
  package func classify(_ request: APIRequest) -> FlowClass? {
    let attributes = Attributes(request, request.info)
    let index = index
    guard let rules = index.rules.first(where: { $0.matches(attributes) }), let level = index.levels[rules.level]
    else { return nil }
    return FlowClass(schemaUID: rules.uid, level: level, flow: rules.name + "/" + rules.flow(of: attributes))
  }

  private var index: Index {
    let snapshot = feed.snapshot
    let known = cache.withLock { $0 }
    if let known, known.revision >= snapshot.revision { return known.index }
    if let known, let changes = feed.changes(after: known.revision), !changes.contains(where: Self.concernsFlows) {
      remember(known.index, changes.last?.revision ?? snapshot.revision)
      return known.index
    }
    let index = Self.index(of: snapshot)
    remember(index, snapshot.revision)
    return index
  }

  private static func index(of snapshot: Snapshot) -> Index {
    var levels = snapshot.list(Kind.priorityLevelConfiguration.groupResource).map(PriorityLevel.init)
    let shares = max(1, levels.reduce(0) { $0 + $1.shares })
    for index in levels.indices where levels[index].seats != nil {
      levels[index].seats = Int((seats * levels[index].shares + shares - 1) / shares)
    }
    return Index(
      rules: snapshot.list(Kind.flowSchema.groupResource).map(FlowRules.init).sorted(by: FlowRules.isBefore),
      levels: Dictionary(levels.map { ($0.name, $0) }) { first, _ in first })
  }

  private func remember(_ index: Index, _ revision: Int64) {
    cache.withLock { cache in
      if revision >= cache?.revision ?? .min { cache = Cache(index: index, revision: revision) }
    }
  }

  private static func concernsFlows(_ change: Change) -> Bool {
    change.key.groupResource.group == Kind.flowSchema.group
  }
}
