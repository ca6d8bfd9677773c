import CEL
import Kinds
import Store
import Tree

/// Refuses what breaks a ValidatingAdmissionPolicy that a binding puts in force (Kubernetes documentation, "Validating
/// Admission Policy"). The policies themselves are not held to any.
enum ValidatingPolicies: AdmissionPlugin {
  private struct Denial {
    var message: String
    var reason = "Invalid"
  }

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    try validate(PolicyAttempt(request: request, object: value))
  }

  static func validateDeletion(_ request: AdmissionRequest) throws(Status) {
    try validate(PolicyAttempt(request: request, object: nil))
  }

  private static func validate(_ attempt: PolicyAttempt) throws(Status) {
    let store = attempt.request.store
    guard store.snapshot.count(Kind.validatingAdmissionPolicyBinding.groupResource) > 0,
      attempt.request.kind.group != Kind.validatingAdmissionPolicy.group
    else { return }
    let bindings = store.list(Kind.validatingAdmissionPolicyBinding.groupResource)
    var refusal: Status?
    for policy in store.list(Kind.validatingAdmissionPolicy.groupResource)
    where PolicyMatch.matches(policy.value["spec", "matchConstraints"], attempt) {
      for binding in bindings
      where binding.value["spec", "policyName"]?.string == policy.name
        && PolicyMatch.matches(binding.value["spec", "matchResources"], attempt)
      {
        for denial in denials(policy.value, binding, attempt) {
          let status = act(on: denial, policy.name, binding, attempt.request)
          refusal = refusal ?? status
        }
      }
    }
    if let refusal { throw refusal }
  }

  /// Warns as the binding says; answers the refusal, if the binding denies.
  private static func act(on denial: Denial, _ policy: String, _ binding: StoredObject, _ request: AdmissionRequest)
    -> Status?
  {
    let actions = (binding.value["spec", "validationActions"]?.array ?? []).compactMap(\.string)
    let place = "ValidatingAdmissionPolicy '\(policy)' with binding '\(binding.name)'"
    if actions.contains("Warn") {
      request.writer.sender?.warnings.append("Validation failed for \(place): \(denial.message)")
    }
    guard actions.contains("Deny") else { return nil }
    let message = "\(place) denied request: \(denial.message)"
    var status = request.forbidden(message)
    status.reason = denial.reason
    status.code = ["Unauthorized": 401, "Forbidden": 403, "RequestEntityTooLarge": 413][denial.reason] ?? 422
    status.details?.causes = [Status.Cause(reason: "", message: message, field: "")]
    return status
  }

  private static func denials(_ policy: Value, _ binding: StoredObject, _ attempt: PolicyAttempt) -> [Denial] {
    let toleratesErrors = policy["spec", "failurePolicy"]?.string == "Ignore"
    var params: Value?
    if policy["spec", "paramKind"] != nil {
      params = Self.params(policy, binding.value, attempt.request)
      if params == nil {
        guard binding.value["spec", "paramRef", "parameterNotFoundAction"]?.string == "Deny", !toleratesErrors else {
          return []
        }
        return [
          Denial(
            message: "failed to configure binding: no params found for policy binding with `Deny` "
              + "parameterNotFoundAction")
        ]
      }
    }
    var run = PolicyRun(attempt, params: params)
    run.define(policy["spec", "variables"]?.array ?? [])
    do throws(CELError) {
      for condition in policy["spec", "matchConditions"]?.array ?? [] {
        guard try run.evaluate(condition["expression"]?.string ?? "") == .boolean(true) else { return [] }
      }
    } catch {
      return toleratesErrors ? [] : [Denial(message: error.message)]
    }
    return (policy["spec", "validations"]?.array ?? []).compactMap { denial($0, run, toleratesErrors) }
  }

  private static func denial(_ validation: Value, _ run: PolicyRun, _ toleratesErrors: Bool) -> Denial? {
    let expression = validation["expression"]?.string ?? ""
    do throws(CELError) {
      if try run.evaluate(expression) == .boolean(true) { return nil }
      return Denial(message: message(validation, expression, run), reason: validation["reason"]?.string ?? "Invalid")
    } catch {
      return toleratesErrors ? nil : Denial(message: "expression '\(expression)' resulted in error: \(error.message)")
    }
  }

  /// What the policy's author says of it; an expression before a plain message.
  private static func message(_ validation: Value, _ expression: String, _ run: PolicyRun) -> String {
    if let text = validation["messageExpression"]?.string, !text.isEmpty {
      do throws(CELError) {
        if let message = try run.evaluate(text).string, !message.isEmpty, !message.contains("\n") { return message }
      } catch {
        // An expression for a message that fails leaves the plain message.
        return plainMessage(validation, expression)
      }
    }
    return plainMessage(validation, expression)
  }

  private static func plainMessage(_ validation: Value, _ expression: String) -> String {
    let message = validation["message"]?.string ?? ""
    return message.isEmpty ? "failed expression: " + expression : message
  }

  /// The object that the binding names for the policy's parameters.
  private static func params(_ policy: Value, _ binding: Value, _ request: AdmissionRequest) -> Value? {
    guard let version = policy["spec", "paramKind", "apiVersion"]?.string,
      let name = policy["spec", "paramKind", "kind"]?.string, let reference = binding["spec", "paramRef"],
      let kind = KindTable.builtIn.kind(apiVersion: version, name: name)
    else { return nil }
    let namespace = reference["namespace"]?.string ?? request.key.namespace
    return request.store[kind.key(namespace: namespace, name: reference["name"]?.string ?? "")]?.value
  }
}
