import Loop
import Kinds

/// A request that writes, with everything that came from outside while it waited.
///
/// A write that needs a webhook's answer has written nothing yet. It is put aside, and run again from its beginning once
/// the answer is there: with the same moment and the same random draws, so that it asks the same, and finds the answer.
/// What it depends on has perhaps changed meanwhile; then it asks anew.
package struct WriteAttempt: Sendable {
  package let request: APIRequest
  var moment: Time?
  var draws: Tape.Draws = [:]
  var replies: [WebhookCall: WebhookReply] = [:]

  package init(_ request: APIRequest) { self.request = request }

  /// This attempt, knowing what came of a call.
  package func knowing(_ replies: [(call: WebhookCall, reply: WebhookReply)]) -> WriteAttempt {
    var next = self
    for (call, reply) in replies { next.replies[call] = reply }
    return next
  }
}

/// What came of one run of a request that writes.
package enum WriteOutcome: Sendable {
  case response(APIResponse)
  /// These calls are to be made, then the attempt is to be run again.
  case waits(WriteAttempt, [WebhookCall])
}

/// Webhooks' answers as far as they are known, and the calls that are still to be made.
struct Calls {
  private let sender: Sender?
  private var missing: [WebhookCall] = []

  init(_ request: AdmissionRequest) { sender = request.writer.sender }

  var isWaiting: Bool { !missing.isEmpty }

  /// The answer to a call; nil: it is not there yet, and the write has to wait.
  mutating func reply(to call: WebhookCall) -> WebhookReply? {
    guard let sender else { return .failure("webhooks are not called from here") }
    if let known = sender.reply(to: call) { return known }
    missing.append(call)
    return nil
  }

  /// Ends the run: its sender knows which calls it waits for.
  var wait: Status {
    sender?.missing += missing
    return .waitsForWebhook
  }
}

extension Status {
  /// A write has been put aside until a webhook answers.
  static let waitsForWebhook = Status(
    code: 503, reason: "ServiceUnavailable", message: "the write waits for a webhook's answer")

  /// Whether a write was refused only because a webhook is being asked: it is to be tried again.
  package var waitsForWebhook: Bool { self == .waitsForWebhook }
}
