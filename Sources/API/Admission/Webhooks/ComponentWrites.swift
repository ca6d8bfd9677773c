import Kinds
import Loop
import Store

/// Writes of the cluster's own parts that wait for webhooks.
///
/// A component does not wait: its write is refused for now, and it tries again as it does after any failure. The next
/// try of the same write finds the answers that have come meanwhile, and draws the same names.
package final class ComponentWrites {
  /// Writes that wait; when there are more, all are forgotten and asked about anew.
  private static let limit = 1_000

  private struct Waiting {
    var attempt: WriteAttempt
    var asked: Set<String> = []
  }

  private var waiting: [String: Waiting] = [:]
  private var calls: [(write: String, call: WebhookCall)] = []

  package init() {}

  /// The calls that are to be made now.
  package func takeCalls() -> [(write: String, call: WebhookCall)] {
    defer { calls = [] }
    return calls
  }

  /// What came of a call.
  package func know(_ reply: WebhookReply, to call: WebhookCall, of write: String) {
    waiting[write]?.attempt.replies[call] = reply
  }

  /// Runs a write, or puts it aside.
  func run<Result>(
    _ name: String, _ actor: String, with writer: ObjectWriter, _ body: () throws(Status) -> Result
  ) throws(Status) -> Result {
    var entry = waiting[name] ?? Waiting(attempt: Self.attempt(actor, writer.loop.now))
    let tape = Tape(entry.attempt.draws)
    let sender = Sender(entry.attempt, isComponent: true)
    writer.loop.tape = tape
    writer.sender = sender
    defer {
      writer.loop.tape = nil
      writer.sender = nil
    }
    do throws(Status) {
      let result = try body()
      waiting[name] = nil
      return result
    } catch {
      guard !sender.missing.isEmpty else {
        waiting[name] = nil
        throw error
      }
      entry.attempt.draws = tape.draws
      for call in sender.missing where entry.asked.insert(call.uid).inserted { calls.append((name, call)) }
      if waiting.count >= Self.limit { waiting = [:] }
      waiting[name] = entry
      throw error
    }
  }

  private static func attempt(_ actor: String, _ now: Time) -> WriteAttempt {
    var attempt = WriteAttempt(APIRequest(method: "", path: [], caller: .component(actor)))
    attempt.moment = now
    return attempt
  }
}

extension ObjectWriter {
  /// Runs a component's write; where webhooks are to be asked, so that it can be tried again.
  func asComponent<Result>(
    _ verb: String, _ kind: Kind, _ namespace: String, _ name: String, _ cause: Cause,
    _ body: () throws(Status) -> Result
  ) throws(Status) -> Result {
    guard sender == nil, let componentWrites, Admission.hasWebhooks(store) else { return try body() }
    let write = [verb, kind.groupResource.name, namespace, name, cause.actor].joined(separator: " ")
    return try componentWrites.run(write, cause.actor, with: self, body)
  }
}
