import Store
import Synchronization

/// States of objects that many journals hold alike, as those of clusters do that were made of one preset: each is read
/// once, and is in memory once.
package final class SharedStates: Sendable {
  /// States that are remembered; those of some presets.
  private static let limit = 2_048
  /// States of one revision, in clusters that have different histories.
  private static let variants = 4

  /// By revision, because that is what a row tells first.
  private let states = Mutex<(count: Int, byRevision: [Int64: [StoredObject]])>((0, [:]))

  package init() {}

  /// What is known now, to look up without a lock.
  var known: [Int64: [StoredObject]] { states.withLock { $0.byRevision } }

  /// Remembers states, as many as there is room for.
  func remember(_ new: [StoredObject]) {
    guard !new.isEmpty else { return }
    states.withLock { states in
      for state in new where states.count < Self.limit {
        guard states.byRevision[state.revision, default: []].count < Self.variants else { continue }
        states.byRevision[state.revision, default: []].append(state)
        states.count += 1
      }
    }
  }
}
