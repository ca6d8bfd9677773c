import API
import ClusterTesting
import Kinds
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Cluster

@Suite("A cluster's door") struct DoorTests {
  private func open(_ journal: KeepingJournal) -> (Door, Result<Void, JournalError>, Feed) {
    let (door, feed) = (Door(), Feed())
    let signal = TimeSignal(Pace(real: 0, cluster: Lab.birth))
    let journal = Handed(journal)
    let outcome = door.openAndWait { () throws(JournalError) in
      try Cluster(
        ClusterOptions(nodes: 1, seed: 7), journal: journal.content, feed: feed, signal: signal, birth: Lab.birth,
        real: MonotonicClock.now)
    }
    return (door, outcome, feed)
  }

  @Test("runs commands on the cluster's thread and answers when they are committed")
  func commands() throws {
    let (door, outcome, feed) = open(KeepingJournal())
    try outcome.get()
    let answer = Mailbox<Int64>()
    #expect(
      door.submit { cluster in
        let made = try? cluster.client.create(
          .configMap, ["metadata": ["name": "a", "namespace": "default"]], cause: Cause(actor: "t"))
        return { answer.put(made?.revision ?? 0) }
      })
    let revision = try #require(answer.takeAll(until: nil)?.first)
    #expect(revision > 0)
    #expect(feed.snapshot.revision >= revision)
    door.close()
    #expect(!door.submit { _ in nil })
  }

  @Test("tells why a cluster could not be opened, and lets nobody in")
  func failure() {
    let journal = KeepingJournal()
    journal.fails = true
    let (door, outcome, _) = open(journal)
    #expect(throws: JournalError.self) { try outcome.get() }
    #expect(!door.submit { _ in nil })
    #expect(door.stopReason?.description == "the disk is full")
  }
}

/// Takes a journal to the one thread that will use it.
private struct Handed: @unchecked Sendable {
  let content: KeepingJournal
  init(_ content: KeepingJournal) { self.content = content }
}
