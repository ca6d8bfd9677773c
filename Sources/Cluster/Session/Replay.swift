import API
import Kinds
import Loop
package import Scheduler
import Store
import Synchronization
package import Tree

/// Makes a recorded session again, in virtual time, and compares every write with the recorded one, byte for byte.
package final class Replay {
  /// The first write that is another.
  package struct Difference: Sendable, Equatable {
    package let revision: Int64
    package let recorded: String
    package let replayed: String
  }

  package struct Outcome: Sendable, Equatable {
    /// Writes that were compared and are the same.
    package var writes = 0
    package var difference: Difference?
    /// Whether something acted on the cluster from here on that no record holds.
    package var isUnrecorded = false
  }

  /// What is given is no record.
  package struct Problem: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  private let lines: [Value]
  private let cluster: Cluster
  private let api: APIServer
  private let made = MadeWrites()
  private var outcome = Outcome()

  /// - Parameters:
  ///   - lines: the record's, the birth first.
  ///   - scheduler: what the recorded server was given with `--scheduler-config`.
  package init(_ lines: [Value], scheduler: SchedulerConfiguration = .standard) throws {
    guard let first = lines.first?["birth"], let birth = BirthRecord(record: first) else {
      throw Problem(description: "the first line is no birth of a recorded cluster that this podium can read")
    }
    self.lines = lines
    var options = birth.options
    options.scheduler = scheduler
    options.session = made
    if let identity = first["identity"] {
      let keys = RecordedKeys(identity, lines: lines)
      options.identity = ClusterIdentity(tokens: keys, certificates: keys)
      if let name = identity["cluster"]?.string { options.identity = options.identity?.bound(to: name) }
    }
    let feed = Feed(limits: birth.history)
    let signal = TimeSignal(Pace(real: 0, cluster: birth.birth, isPaused: true))
    cluster = try Cluster(
      options, journal: MemoryJournal(), origin: birth.contents, feed: feed, signal: signal, birth: birth.birth, real: 0
    )
    api = APIServer(
      kinds: options.kinds, feed: feed, tokens: TokenTable([:]), clusterName: options.name, version: "replay",
      identity: options.identity, now: { signal.now })
  }

  /// Runs to the record's end or the first difference.
  package func run() throws -> Outcome {
    for line in lines.dropFirst() {
      if let place = line["at"]?.array?.compactMap(\.integer), place.count == 2 {
        guard cluster.loop.replay(to: Time(nanoseconds: place[1]), performed: Int(place[0])) else {
          outcome.difference = Difference(
            revision: cluster.store.revision + 1, recorded: "\(place[0]) pieces of work by this place",
            replayed: "\(cluster.loop.performed), and no more to do")
          return outcome
        }
      }
      if line["unrecorded"] == true {
        outcome.isUnrecorded = true
        return outcome
      }
      try take(line)
      if outcome.difference != nil { return outcome }
    }
    return outcome
  }

  private func take(_ line: Value) throws {
    if let request = line["request"] {
      guard let attempt = WriteAttempt(record: request) else { throw Self.broken(line) }
      _ = api.attempt(attempt, with: cluster.writer)
    } else if let write = line["write"] {
      try make(write)
    } else if let connection = line["connection"] {
      guard cluster.redo(connection: connection) else { throw Self.broken(line) }
    } else if let reply = line["reply"] {
      guard let call = reply["call"].flatMap(WebhookCall.init(record:)),
        let answer = reply["reply"].flatMap(WebhookReply.init(record:))
      else { throw Self.broken(line) }
      cluster.know(answer, to: call, of: reply["write"]?.string ?? "")
    } else if let fork = line["fork"] {
      let problem = fork["problem"]?.string.map { Status(code: 500, reason: "", message: $0) }
      cluster.know(
        problem,
        of: ForkControl.Call(
          fork: fork["fork"]?.string ?? "", uid: fork["uid"]?.string ?? "", cluster: fork["cluster"]?.string ?? "",
          deed: fork["remove"] == true ? .remove : .make(JournalContents())))
    } else if line["commit"] == true {
      try cluster.commit(durably: false)
    } else if line["end"] == true {
      try cluster.conclude(real: 0)
    } else if let writes = line["writes"]?.array {
      if line["at"] != nil { try cluster.commit(durably: false) }
      compare(writes)
    }
  }

  private func make(_ write: Value) throws {
    guard
      let kind = api.kinds.kind(apiVersion: write["apiVersion"]?.string ?? "", name: write["kind"]?.string ?? "")
    else { throw Self.broken(write) }
    let cause = Cause(actor: write["actor"]?.string ?? "", request: write["request"]?.string ?? "")
    let object = write["object"] ?? [:]
    switch write["verb"]?.string {
    case "create":
      _ = try? cluster.writer.create(kind, object, namespace: write["namespace"]?.string ?? "", cause: cause)
    case "update":
      _ = try? cluster.writer.update(kind, object, subresource: write["subresource"]?.string, cause: cause)
    default:
      _ = try? cluster.writer.delete(
        kind, namespace: write["namespace"]?.string ?? "", name: write["name"]?.string ?? "",
        options: DeleteOptions(record: write["options"] ?? [:]), cause: cause)
    }
  }

  private func compare(_ writes: [Value]) {
    for write in writes {
      guard let revision = write.array?.first?.integer else { continue }
      let other = made.take(revision)
      guard other == write else {
        outcome.difference = Difference(
          revision: revision, recorded: Self.text(write), replayed: other.map(Self.text) ?? "nothing")
        return
      }
      outcome.writes += 1
    }
  }

  /// `updated pods/default/web-1 by kubelet/node-1 (9f3a…)`
  private static func text(_ write: Value) -> String {
    let parts = (write.array ?? []).dropFirst().map { $0.string ?? "" }
    guard parts.count == 4 else { return write.jsonText }
    return "\(parts[0]) \(parts[1]) by \(parts[2]) (\(parts[3]))"
  }

  private static func broken(_ line: Value) -> Problem {
    Problem(description: "a line of the record cannot be read: \(line.jsonText.prefix(200))")
  }
}

/// The writes of a replay, which records itself to be compared.
private final class MadeWrites: SessionLog {
  private let writes = Mutex<[Int64: Value]>([:])

  func write(_ line: Value) {
    for write in line["writes"]?.array ?? [] {
      guard let revision = write.array?.first?.integer else { continue }
      writes.withLock { $0[revision] = write }
    }
  }

  /// The write that made a revision, once.
  func take(_ revision: Int64) -> Value? { writes.withLock { $0.removeValue(forKey: revision) } }
}
