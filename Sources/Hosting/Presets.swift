import Cluster
import Loop
import Store
import Synchronization

/// Clusters that were made once and have come to rest, to make others from.
final class Presets: Sendable {
  /// How long a new cluster gets to come to rest; its nodes are ready long before.
  private static let restingTime = Duration.seconds(60)

  private let blueprint: ClusterBlueprint
  private let made: Mutex<[Int: JournalContents]> = Mutex([:])
  /// Held while one is made, so that who wants the same waits for it.
  private let making = Mutex(())

  init(_ blueprint: ClusterBlueprint) { self.blueprint = blueprint }

  /// What a cluster with so many machines holds at rest. The first call makes it.
  func contents(nodes: Int) throws(JournalError) -> JournalContents {
    if let contents = made.withLock({ $0[nodes] }) { return contents }
    let outcome: Result<JournalContents, JournalError> = making.withLock { _ in
      do throws(JournalError) {
        if let contents = made.withLock({ $0[nodes] }) { return .success(contents) }
        let contents = try make(nodes: nodes)
        made.withLock { $0[nodes] = contents }
        return .success(contents)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func make(nodes: Int) throws(JournalError) -> JournalContents {
    let feed = Feed()
    let birth = Time(seconds: Time(nanoseconds: MonotonicClock.calendar).seconds)
    // It ends now, so that what is made from it begins now.
    let start = birth + .seconds(-60)
    let signal = TimeSignal(Pace(real: 0, cluster: start, isPaused: true))
    let cluster = try Cluster(
      blueprint.options(named: "preset", nodes: nodes, seed: nil), journal: MemoryJournal(), feed: feed,
      signal: signal, birth: start, real: 0)
    cluster.loop.advance(to: start + Self.restingTime)
    try cluster.commit(durably: true)
    return JournalContents(snapshot: feed.snapshot, history: [], time: cluster.loop.now)
  }
}
