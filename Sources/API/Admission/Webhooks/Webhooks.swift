import Kinds
import Loop
import Store
import Tree

/// One webhook of a configuration.
struct Webhook {
  let configuration: String
  /// Which of the configuration's webhooks.
  let index: Int
  let source: Value

  var name: String { source["name"]?.string ?? "" }
  /// What tells it apart from all others.
  var id: String { "webhook/\(configuration)/\(index)" }
  var isFailureIgnored: Bool { source["failurePolicy"]?.string == "Ignore" }

  /// The webhooks of all configurations of a kind, in the order of the configurations' names.
  static func all(_ kind: Kind, _ store: Store) -> [Webhook] {
    guard store.snapshot.count(kind.groupResource) > 0 else { return [] }
    return store.list(kind.groupResource).flatMap { stored in
      (stored.value["webhooks"]?.array ?? []).enumerated().map { index, source in
        Webhook(configuration: stored.name, index: index, source: source)
      }
    }
  }

  /// As which kind the webhook wants to see the request; nil where it is not asked.
  func kind(for attempt: PolicyAttempt) throws(Status) -> Kind? {
    guard PolicyMatch.isSelected(source, attempt) else { return nil }
    let isEquivalent = source["matchPolicy"]?.string != "Exact"
    guard let kind = PolicyMatch.names(source["rules"], attempt, equivalent: isEquivalent) else { return nil }
    guard let conditions = source["matchConditions"]?.array, !conditions.isEmpty else { return kind }
    var run = PolicyRun(attempt, params: nil)
    do throws(PolicyRun.ConditionErrors) {
      return try run.meets(conditions) ? kind : nil
    } catch {
      if isFailureIgnored { return nil }
      throw attempt.request.forbidden(attempt.object ?? .null, error.message)
    }
  }

  /// A dry run is not told to a webhook that would do something about it.
  func checkDryRun(_ request: AdmissionRequest) throws(Status) {
    guard request.isDryRun, !["None", "NoneOnDryRun"].contains(source["sideEffects"]?.string ?? "") else { return }
    throw .badRequest("admission webhook \(Value.string(name).jsonText) does not support dry run")
  }

  // MARK: Calls

  /// The webhook's verdict; a failure where it cannot be had.
  /// - Throws: nothing else but the wish to wait, which `Calls` notes.
  func verdict(_ attempt: PolicyAttempt, as kind: Kind, _ calls: inout Calls) -> Result<WebhookVerdict, WebhookFailure>?
  {
    let uid = attempt.request.writer.loop.random("webhooks").uuid()
    let review = WebhookReview(attempt, as: kind, uid: uid, hook: source)
    do throws(WebhookFailure) {
      let call = try self.call(review, attempt.request.store)
      guard let reply = calls.reply(to: call) else { return nil }
      return .success(try Self.verdict(reply, to: call, uid: uid))
    } catch {
      return .failure(error)
    }
  }

  private static func verdict(_ reply: WebhookReply, to call: WebhookCall, uid: String) throws(WebhookFailure)
    -> WebhookVerdict
  {
    switch reply {
    case .failure(let why): throw WebhookFailure(message: "failed to call webhook: Post \"\(call.url)\": \(why)")
    case .answer(let status, let body):
      guard (200..<300).contains(status) else { throw .answer(status, body) }
      guard let review = try? JSON.parse(body), review.object != nil else {
        throw WebhookFailure(
          message: "failed to call webhook: couldn't get version/kind; json parse error: invalid character")
      }
      guard review["kind"] == "AdmissionReview" else {
        throw WebhookFailure(
          message: "received invalid webhook response: expected webhook response of admission.k8s.io/v1, "
            + "Kind=AdmissionReview, got \(review["apiVersion"]?.string ?? ""), Kind=\(review["kind"]?.string ?? "")")
      }
      do throws(WebhookVerdict.Invalid) {
        return try WebhookVerdict(review, uid: uid)
      } catch {
        throw WebhookFailure(message: error.message)
      }
    }
  }

  private static let standardTimeout = 10

  private func call(_ review: WebhookReview, _ store: Store) throws(WebhookFailure) -> WebhookCall {
    let client = source["clientConfig"] ?? [:]
    let seconds = source["timeoutSeconds"]?.integer.map(Int.init) ?? Self.standardTimeout
    if let service = client["service"] { throw unreachable(service, seconds, store) }
    let text = client["url"]?.string ?? ""
    guard let address = WebhookAddress(text) else {
      throw WebhookFailure(message: "Unparsable URL: parse \(Value.string(text).jsonText): invalid URI")
    }
    let bundle = client["caBundle"]?.string.flatMap { Base64.decode($0, alphabet: .standard) } ?? []
    return WebhookCall(
      address: address, certificates: String(decoding: bundle, as: UTF8.self), timeoutSeconds: seconds,
      uid: review.uid, body: review.body)
  }

  /// A service's pods are simulated: none of them answers a review.
  private func unreachable(_ service: Value, _ seconds: Int, _ store: Store) -> WebhookFailure {
    let name = service["name"]?.string ?? ""
    let namespace = service["namespace"]?.string ?? ""
    let port = UInt16(exactly: service["port"]?.integer ?? 443) ?? 443
    let address = WebhookAddress(
      service: name, namespace: namespace, port: port, path: service["path"]?.string ?? "")
    let why: String
    if let stored = store[Kind.service.key(namespace: namespace, name: name)] {
      let isServed = EndpointAddresses.hasReady(namespace: namespace, service: name, store)
      why =
        isServed
        ? "dial tcp \(stored.value["spec", "clusterIP"]?.string ?? ""):\(port): connect: connection refused"
        : "no endpoints available for service \(Value.string(name).jsonText)"
    } else {
      why = "service \(Value.string(name).jsonText) not found"
    }
    return WebhookFailure(message: "failed to call webhook: Post \"\(address)?timeout=\(seconds)s\": \(why)")
  }

  // MARK: Refusals

  /// The refusal where the webhook says no (k8s.io/apiserver, webhook/errors ToStatusErr).
  func denial(_ result: Value?) -> Status {
    let given = result?["message"]?.string ?? ""
    let reason = result?["reason"]?.string ?? ""
    let head = "admission webhook \(Value.string(name).jsonText) denied the request"
    let message =
      !given.isEmpty ? "\(head): \(given)" : !reason.isEmpty ? "\(head): \(reason)" : head + " without explanation"
    var code = Int(result?["code"]?.integer ?? 0)
    if code < 400 { code = 400 }
    return Status(code: code, reason: reason, message: message, details: result?["details"].map(Status.Details.init))
  }

  /// The refusal where the webhook cannot be asked.
  func refusal(_ failure: WebhookFailure) -> Status {
    let message = "failed calling webhook \(Value.string(name).jsonText): \(failure.message)"
    return .internalError(message)
  }
}

extension Status {
  static func internalError(_ message: String) -> Status {
    Status(
      code: 500, reason: "InternalError", message: "Internal error occurred: " + message,
      details: Details(causes: [Cause(reason: "", message: message, field: "")]))
  }
}

extension Status.Details {
  /// The details of a Status object.
  fileprivate init(_ value: Value) {
    self.init(
      name: value["name"]?.string, group: value["group"]?.string, kind: value["kind"]?.string,
      uid: value["uid"]?.string,
      causes: (value["causes"]?.array ?? []).map { cause in
        Status.Cause(
          reason: cause["reason"]?.string ?? "", message: cause["message"]?.string ?? "",
          field: cause["field"]?.string ?? "")
      }, retryAfterSeconds: value["retryAfterSeconds"]?.integer.map(Int.init))
  }
}

/// Whether a service has anything behind it.
private enum EndpointAddresses {
  static func hasReady(namespace: String, service: String, _ store: Store) -> Bool {
    store.list(Kind.endpointSlice.groupResource, namespace: namespace).contains { slice in
      slice.value["metadata", "labels", "kubernetes.io/service-name"]?.string == service
        && (slice.value["endpoints"]?.array ?? []).contains { $0["conditions", "ready"]?.boolean == true }
    }
  }
}
