import API
import Kinds
import Loop
import Store
package import Tree

/// Where the lines of a session's record go, in their order. Called by one thread at a time.
package protocol SessionLog: Sendable {
  func write(_ line: Value)
}

/// Notes everything that a cluster's run depends on: what it was born with, and each input with the place in the run at
/// which it came. From that `Replay` makes the same run again (docs/decisions/0013-replay.md).
final class SessionRecorder: InputListener {
  private enum Phase {
    /// The loop's own work.
    case work
    /// Commands from outside.
    case commands
    /// What follows from them before the loop goes on.
    case consequences
  }

  private let log: any SessionLog
  private let loop: Loop
  private let store: Store
  private var phase = Phase.work
  private var inputs = 0

  init(_ log: any SessionLog, loop: Loop, store: Store) {
    self.log = log
    self.loop = loop
    self.store = store
  }

  /// Where the run is: after so many pieces of work, at that moment.
  private var place: Value { [.integer(Int64(loop.performed)), .integer(loop.now.nanoseconds)] }

  // MARK: A turn

  /// Runs a command; one that has acted on the cluster in a way that is no input is noted as that.
  func run<Result>(_ command: () -> Result) -> Result {
    phase = .commands
    defer { phase = .work }
    let before = (inputs, store.revision, loop.scheduled, loop.performed)
    let result = command()
    let hasActed = store.revision != before.1 || loop.scheduled != before.2
    if inputs == before.0, hasActed, loop.performed == before.3 { log.write(["at": place, "unrecorded": true]) }
    return result
  }

  /// The turn's commands are done; the body does what follows from them.
  func end<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    log.write(["at": place, "end": true])
    phase = .consequences
    defer { phase = .work }
    try body()
  }

  // MARK: Inputs

  func note(_ attempt: WriteAttempt) { input("request", attempt.record) }

  func note(_ write: DirectWrite, cause: Cause) {
    guard phase == .commands, !loop.isWorking else { return }
    input("write", write.record(cause))
  }

  /// Something begins, goes on or ends between the outside and a container.
  func note(connection: Value) {
    guard phase == .commands, !loop.isWorking else { return }
    input("connection", connection)
  }

  func note(_ reply: WebhookReply, to call: WebhookCall, of write: String) {
    input("reply", ["write": .string(write), "call": call.record, "reply": reply.record])
  }

  func note(_ problem: Status?, of call: ForkControl.Call) {
    var record: Value = ["fork": .string(call.fork), "uid": .string(call.uid), "cluster": .string(call.cluster)]
    if case .remove = call.deed { record["remove"] = true }
    record["problem"] = problem.map { .string($0.message) }
    input("fork", record)
  }

  /// A commit in the middle of a command.
  func noteCommit() { if phase == .commands { input("commit", true) } }

  private func input(_ name: String, _ value: Value) {
    inputs += 1
    log.write(["at": place, .init(name): value])
  }

  // MARK: What came of them

  func note(_ changes: [Change]) {
    var line: Value = ["writes": .array(changes.map(\.record))]
    if phase == .work { line["at"] = place }
    log.write(line)
  }
}

extension Change {
  /// What a record holds of a write: enough to tell whether another is the same, byte for byte.
  var record: Value {
    [
      .integer(revision), .string(kind.rawValue), .string(key.description), .string(cause.actor),
      .string(String(Self.digest(of: object.json), radix: 16)),
    ]
  }

  /// FNV-1a, of 64 bits.
  private static func digest(of bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension DirectWrite {
  fileprivate func record(_ cause: Cause) -> Value {
    var record: Value = ["actor": .string(cause.actor), "request": .string(cause.request)]
    let kind: Kind
    switch self {
    case .create(let of, let value, let namespace):
      kind = of
      record["verb"] = "create"
      record["object"] = value
      record["namespace"] = .string(namespace)
    case .update(let of, let value, let subresource):
      kind = of
      record["verb"] = "update"
      record["object"] = value
      record["subresource"] = subresource.map(Value.string)
    case .delete(let of, let namespace, let name, let options):
      kind = of
      record["verb"] = "delete"
      record["namespace"] = .string(namespace)
      record["name"] = .string(name)
      record["options"] = options.record
    }
    record["kind"] = .string(kind.name)
    record["apiVersion"] = .string(kind.apiVersion)
    return record
  }
}
