import Kinds
import Store
import Tree

/// The kinds whose objects no webhook and no policy is asked about: it could not be repaired otherwise.
enum AdmissionKinds {
  static func isExempt(_ kind: Kind) -> Bool { kind.group == Kind.validatingWebhookConfiguration.group }
}

/// Changes objects as MutatingWebhookConfigurations' web services say, one after the other (Kubernetes documentation,
/// "Dynamic Admission Control").
enum MutatingWebhooks {
  static func admit(_ value: inout Value, _ request: AdmissionRequest, _ again: inout Reinvocation) throws(Status) {
    var object: Value? = value
    try ask(&object, request, &again)
    if let object { value = object }
  }

  /// A deletion: there is nothing to change.
  static func admitDeletion(_ request: AdmissionRequest) throws(Status) {
    var object: Value?
    var again = Reinvocation()
    try ask(&object, request, &again)
  }

  private static func ask(_ object: inout Value?, _ request: AdmissionRequest, _ again: inout Reinvocation)
    throws(Status)
  {
    guard !AdmissionKinds.isExempt(request.kind) else { return }
    for webhook in Webhook.all(.mutatingWebhookConfiguration, request.store) {
      let attempt = PolicyAttempt(request: request, object: object)
      guard let kind = try webhook.kind(for: attempt), again.runs(webhook.id) else { continue }
      try webhook.checkDryRun(request)
      let before = object
      try apply(webhook, attempt, as: kind, &object)
      if object != before { again.noteChange() }
      again.noteRun(of: webhook.id, wantsChanges: webhook.source["reinvocationPolicy"]?.string == "IfNeeded")
    }
  }

  private static func apply(_ webhook: Webhook, _ attempt: PolicyAttempt, as kind: Kind, _ object: inout Value?)
    throws(Status)
  {
    var calls = Calls(attempt.request)
    guard let verdict = webhook.verdict(attempt, as: kind, &calls) else { throw calls.wait }
    switch verdict {
    case .failure(let failure):
      if !webhook.isFailureIgnored { throw webhook.refusal(failure) }
    case .success(let verdict):
      attempt.request.writer.sender?.warnings += verdict.warnings
      guard verdict.isAllowed else { throw webhook.denial(verdict.result) }
      guard let patch = verdict.patch, !patch.operations.isEmpty else { return }
      guard let value = object else {
        throw .internalError(
          "admission webhook \(Value.string(webhook.name).jsonText) attempted to modify the object, which is not "
            + "supported for this operation")
      }
      object = try patched(value, patch, kind, attempt.request.kind)
    }
  }

  private static func patched(_ value: Value, _ patch: JSONPatch, _ kind: Kind, _ own: Kind) throws(Status) -> Value {
    var result: Value
    do throws(JSONPatch.PatchError) {
      result = try patch.apply(to: kind.presented(value))
    } catch {
      throw .internalError(error.message)
    }
    result = own.presented(result)
    guard result["kind"] == Value.string(own.name) else { return result }
    if let error = own.typeError(in: result) { throw .internalError(error) }
    _ = own.prune(&result)
    own.applyDefaults(to: &result)
    try SizeLimits.check(result)
    return result
  }
}

/// Refuses what ValidatingWebhookConfigurations' web services do not allow. All of them are asked at once.
enum ValidatingWebhooks {
  /// Looks at a finished object; nil is a deletion.
  static func validate(_ object: Value?, _ request: AdmissionRequest) throws(Status) {
    guard !AdmissionKinds.isExempt(request.kind) else { return }
    let webhooks = Webhook.all(.validatingWebhookConfiguration, request.store)
    guard !webhooks.isEmpty else { return }
    let attempt = PolicyAttempt(request: request, object: object)
    var calls = Calls(request)
    var verdicts: [(webhook: Webhook, verdict: Result<WebhookVerdict, WebhookFailure>)] = []
    for webhook in webhooks {
      guard let kind = try webhook.kind(for: attempt) else { continue }
      try webhook.checkDryRun(request)
      if let verdict = webhook.verdict(attempt, as: kind, &calls) { verdicts.append((webhook, verdict)) }
    }
    if calls.isWaiting { throw calls.wait }
    for (webhook, verdict) in verdicts { try check(webhook, verdict, request) }
  }

  private static func check(
    _ webhook: Webhook, _ verdict: Result<WebhookVerdict, WebhookFailure>, _ request: AdmissionRequest
  ) throws(Status) {
    switch verdict {
    case .failure(let failure):
      if !webhook.isFailureIgnored { throw webhook.refusal(failure) }
    case .success(let verdict):
      request.writer.sender?.warnings += verdict.warnings
      guard verdict.isAllowed else { throw webhook.denial(verdict.result) }
    }
  }
}
