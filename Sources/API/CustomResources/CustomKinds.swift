package import Kinds
package import Store
import Synchronization
import Tree

/// The kinds that a cluster's CustomResourceDefinitions make it serve.
///
/// They are read anew only after a write to a definition, and of unchanged definitions they stay the same.
package final class CustomKinds: Sendable {
  private struct Entry {
    var definition: StoredObject
    var kinds: [Kind]
  }

  private struct Cache {
    var entries: [Entry]
    var kinds: [Kind]
    /// Up to which revision no later write to a definition is known.
    var revision: Int64
  }

  private let feed: Feed
  private let cache: Mutex<Cache?> = Mutex(nil)

  package init(feed: Feed) { self.feed = feed }

  /// The kinds that are served now, by group; of a kind's versions the preferred first.
  package var kinds: [Kind] {
    let snapshot = feed.snapshot
    let known = cache.withLock { $0 }
    if var known {
      if known.revision >= snapshot.revision { return known.kinds }
      if let changes = feed.changes(after: known.revision), !changes.contains(where: Self.concernsDefinitions) {
        known.revision = changes.last?.revision ?? snapshot.revision
        remember(known)
        return known.kinds
      }
    }
    let entries = Self.entries(snapshot, known: known?.entries ?? [])
    let kinds = entries.flatMap(\.kinds).enumerated()
      .sorted { ($0.element.group, $0.offset) < ($1.element.group, $1.offset) }.map(\.element)
    let cache = Cache(entries: entries, kinds: kinds, revision: snapshot.revision)
    remember(cache)
    return cache.kinds
  }

  private func remember(_ next: Cache) {
    cache.withLock { cache in
      if next.revision >= cache?.revision ?? .min { cache = next }
    }
  }

  private static func entries(_ snapshot: Snapshot, known: [Entry]) -> [Entry] {
    snapshot.list(Kind.customResourceDefinition.groupResource).map { definition in
      let value = definition.value
      let present = known.first { entry in
        let old = entry.definition.value
        return old["metadata", "uid"] == value["metadata", "uid"] && old["spec"] == value["spec"]
          && old["status", "acceptedNames"] == value["status", "acceptedNames"] && !entry.kinds.isEmpty
      }
      return Entry(definition: definition, kinds: present?.kinds ?? Kind.custom(of: value))
    }
  }

  private static func concernsDefinitions(_ change: Change) -> Bool {
    change.key.groupResource == Kind.customResourceDefinition.groupResource
  }
}
