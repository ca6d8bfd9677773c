import API
import Loop
package import Kinds
package import Store
import Tree

/// Makes clusters of moments of other clusters, and removes them again. Its calls may wait for clusters, so they are
/// made on no lane.
package protocol ForkMaker: Sendable {
  /// Makes a cluster of that name; what is answered is why not.
  func make(_ name: String, from contents: JournalContents) -> Status?

  /// Removes a cluster; what is answered is why not. One that is not there is as good as removed.
  func remove(_ name: String) -> Status?
}

/// Does what Forks ask for. The clusters are made and removed elsewhere, and what came of it is an input of a later turn.
package final class ForkControl {
  /// What is to be done for the Fork of that name and uid.
  package struct Call: Sendable {
    package enum Deed: Sendable {
      case make(JournalContents)
      case remove
    }

    package let fork: String
    package let uid: String
    package let cluster: String
    package let deed: Deed
  }

  private static let component = "forks"

  private let clusterName: String
  private let canMake: Bool
  private let client: Client
  private let feed: Feed
  private var isChanged = true
  private var calls: [Call] = []
  /// The Forks, by uid, for which a call is under way.
  private var isUnderWay: Set<String> = []

  init(_ options: ClusterOptions, client: Client, feed: Feed) {
    clusterName = options.name
    canMake = options.forks != nil
    self.client = client
    self.feed = feed
    client.store.observe([.fork]) { [unowned self] change in
      if change.cause.actor != Self.component { isChanged = true }
    }
  }

  var isPending: Bool { isChanged }

  /// Notes what is to be done. All that is written is in the journal.
  func follow() {
    isChanged = false
    for stored in client.list(.fork) where !isUnderWay.contains(stored.uid) {
      let fork = Fork(stored.value)
      if fork.metadata.isDeleting {
        end(fork, stored)
      } else if fork.status.phase ?? "Pending" == "Pending" {
        begin(stored)
      }
    }
  }

  /// What is to be done now; `know` is to be called with what came of it.
  func takeCalls() -> [Call] {
    defer { calls = [] }
    return calls
  }

  func know(_ problem: Status?, of call: Call) {
    isUnderWay.remove(call.uid)
    guard let stored = client.get(.fork, name: call.fork), stored.uid == call.uid else { return }
    var fork = Fork(stored.value)
    switch call.deed {
    case .remove where problem == nil: release(stored)
    case .remove:
      fork.status.message = problem?.message
      report(fork, stored)
    case .make:
      fork.status.phase = problem == nil ? "Ready" : "Failed"
      fork.status.address = problem == nil ? "/clusters/" + call.cluster : nil
      fork.status.message = problem?.message
      report(fork, stored)
    }
    isChanged = true
  }

  // MARK: Making

  private func begin(_ stored: StoredObject) {
    var fork = Fork(stored.value)
    let name = clusterName + PastFields.separator + (fork.spec.name ?? fork.name)
    guard let moment = moment(of: fork.spec) else {
      fork.status.phase = "Failed"
      fork.status.message = "The moment is no longer kept: the history begins with revision \(feed.oldestRevision)."
      return report(fork, stored)
    }
    guard canMake else {
      fork.status.phase = "Failed"
      fork.status.message = "This cluster runs alone: there is no server that could make another."
      return report(fork, stored)
    }
    fork.status.phase = "Pending"
    fork.status.cluster = name
    fork.status.revision = moment.revision
    fork.status.time = moment.time.microTimestamp
    report(fork, stored)
    isUnderWay.insert(stored.uid)
    calls.append(Call(fork: stored.name, uid: stored.uid, cluster: name, deed: .make(contents(at: moment))))
  }

  private func moment(of choice: MomentChoice) -> Moment? {
    if let name = choice.bookmark {
      return client.get(.bookmark, name: name).flatMap { Bookmark($0.value).spec.revision }.flatMap(feed.moment)
    }
    guard let revision = choice.revision else { return Moment(snapshot: feed.snapshot, time: client.loop.now) }
    return feed.moment(at: revision)
  }

  /// The moment with the history that led to it. What asks for something of this cluster is left out.
  private func contents(at moment: Moment) -> JournalContents {
    let oldest = feed.oldestRevision
    let history = moment.revision < oldest ? [] : feed.changes(after: oldest) ?? []
    return JournalContents(
      snapshot: moment.snapshot.without(Kind.fork.groupResource).without(Kind.rewind.groupResource),
      history: Array(history.prefix { $0.revision <= moment.revision }), time: moment.time,
      kept: feed.keptMoments.filter { $0.revision <= moment.revision })
  }

  // MARK: Removing

  private func end(_ fork: Fork, _ stored: StoredObject) {
    guard stored.value["metadata", "finalizers"]?.array?.contains(.string(PastMoments.forkFinalizer)) == true else {
      return
    }
    guard canMake, !fork.spec.keeps, fork.status.phase != "Failed", let name = fork.status.cluster else {
      return release(stored)
    }
    isUnderWay.insert(stored.uid)
    calls.append(Call(fork: stored.name, uid: stored.uid, cluster: name, deed: .remove))
  }

  private func release(_ stored: StoredObject) {
    var value = stored.value
    let others = value["metadata", "finalizers"]?.array?.filter { $0 != .string(PastMoments.forkFinalizer) } ?? []
    value["metadata", "finalizers"] = others.isEmpty ? nil : .array(others)
    _ = try? client.update(.fork, value, cause: cause("release", stored))
  }

  private func report(_ fork: Fork, _ stored: StoredObject) {
    guard fork.value != stored.value else { return }
    _ = try? client.update(.fork, fork.value, subresource: "status", cause: cause("update status of", stored))
  }

  private func cause(_ verb: String, _ stored: StoredObject) -> Cause {
    Cause(actor: Self.component, request: "\(verb) forks \(stored.name)", subject: stored)
  }
}
