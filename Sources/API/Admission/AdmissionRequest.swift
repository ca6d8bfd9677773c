import Kinds
import Loop
import Store
import Tree

/// What an admission plugin looks at besides the object itself.
struct AdmissionRequest {
  enum Operation: String {
    case create = "CREATE"
    case update = "UPDATE"
    case delete = "DELETE"
    case connect = "CONNECT"
  }

  let kind: Kind
  let key: ObjectKey
  let operation: Operation
  /// Empty: the object itself.
  var subresource = ""
  /// nil of a creation.
  let previous: Value?
  let writer: ObjectWriter
  /// Which component writes, where nobody outside sends the request.
  let actor: String
  var isDryRun = false
  /// Whether the name was made of `generateName`, which admission that changes objects does not see yet.
  var isNameMade = false

  var isCreation: Bool { operation == .create }
  var store: Store { writer.store }

  /// The namespace that the object lies in; nil of a cluster's object.
  var namespace: Value? { store[Kind.namespace.key(namespace: "", name: key.namespace)]?.value }

  /// Who asks: the sender, or the component as Kubernetes knows it.
  var caller: Caller { writer.sender?.caller ?? .component(actor) }

  /// A refusal that names the object.
  func forbidden(_ why: String) -> Status { .forbidden(kind, key.name, why) }

  /// The refusal of an object whose name is not made yet.
  func forbidden(_ value: Value, _ why: String) -> Status {
    let made = isNameMade ? value["metadata", "generateName"]?.string : nil
    return .forbidden(kind, made ?? key.name, why)
  }
}

extension Caller {
  /// A part of the control plane, by the name that Kubernetes gives it.
  static func component(_ actor: String) -> Caller {
    let authenticated = "system:authenticated"
    if actor.hasPrefix("kubelet/") {
      return Caller(
        name: "system:node:" + actor.dropFirst("kubelet/".count), groups: ["system:nodes", authenticated])
    }
    switch actor {
    case "kube-scheduler", "default-scheduler": return Caller(name: "system:kube-scheduler", groups: [authenticated])
    case "kube-apiserver", "podium", "clock":
      return Caller(name: "system:apiserver", groups: ["system:masters", authenticated])
    default:
      return Caller(
        name: "system:serviceaccount:kube-system:" + actor,
        groups: ["system:serviceaccounts", "system:serviceaccounts:kube-system", authenticated])
    }
  }
}

/// Who sends the request that is being answered, and what admission has to tell him.
final class Sender {
  let caller: Caller
  /// The options of the request, as an object of meta/v1: `CreateOptions`, `PatchOptions` …
  var options: Value = [:]
  var warnings: [String] = []
  /// When the request came.
  let moment: Time?
  /// What webhooks have answered it.
  private let replies: [WebhookCall: WebhookReply]
  /// Whether it is a part of the cluster: what it asks may differ a little from one try to the next.
  private let isComponent: Bool
  /// The calls that it waits for.
  var missing: [WebhookCall] = []

  init(_ attempt: WriteAttempt, isComponent: Bool = false) {
    caller = attempt.request.caller
    moment = attempt.moment
    replies = attempt.replies
    self.isComponent = isComponent
  }

  /// The answer to a call, if it is known.
  func reply(to call: WebhookCall) -> WebhookReply? {
    if let reply = replies[call] { return reply }
    return isComponent ? replies.first { $0.key.uid == call.uid }?.value : nil
  }
}
