import CEL
import Kinds
import Store
import Tree

/// Refuses what breaks a ValidatingAdmissionPolicy that a binding puts in force (Kubernetes documentation, "Validating
/// Admission Policy"). Policies and webhook configurations themselves are not held to any.
enum ValidatingPolicies {
  private struct Denial {
    var message: String
    var reason = "Invalid"
  }

  /// What a policy finds in one binding's name.
  private struct Findings {
    /// The binding's actions say what they mean.
    var denials: [Denial] = []
    /// They refuse the request, whatever the binding's actions are.
    var failures: [String] = []
  }

  /// Looks at a finished object; nil is a deletion.
  static func validate(_ object: Value?, _ request: AdmissionRequest) throws(Status) {
    let store = request.store
    guard store.snapshot.count(Kind.validatingAdmissionPolicyBinding.groupResource) > 0,
      request.kind.group != Kind.validatingAdmissionPolicy.group
    else { return }
    let attempt = PolicyAttempt(request: request, object: object)
    let bindings = store.list(Kind.validatingAdmissionPolicyBinding.groupResource)
    var refusal: Status?
    for policy in store.list(Kind.validatingAdmissionPolicy.groupResource)
    where PolicyMatch.matches(policy.value["spec", "matchConstraints"], attempt) {
      for binding in bindings
      where binding.value["spec", "policyName"]?.string == policy.name
        && PolicyMatch.matches(binding.value["spec", "matchResources"], attempt)
      {
        let status = act(on: findings(policy.value, binding, attempt), policy.name, binding, request)
        refusal = refusal ?? status
      }
    }
    if let refusal { throw refusal }
  }

  // MARK: Actions

  /// Warns as the binding says; answers the first refusal.
  private static func act(
    on findings: Findings, _ policy: String, _ binding: StoredObject, _ request: AdmissionRequest
  ) -> Status? {
    let actions = (binding.value["spec", "validationActions"]?.array ?? []).compactMap(\.string)
    let place = "ValidatingAdmissionPolicy '\(policy)' with binding '\(binding.name)'"
    if actions.contains("Warn") {
      request.writer.sender?.warnings += findings.denials.map { "Validation failed for \(place): \($0.message)" }
    }
    let denial =
      findings.failures.first.map { Denial(message: $0) } ?? (actions.contains("Deny") ? findings.denials.first : nil)
    return denial.map { refusal($0, place, request) }
  }

  private static func refusal(_ denial: Denial, _ place: String, _ request: AdmissionRequest) -> Status {
    let message = "\(place) denied request: \(denial.message)"
    var status = request.forbidden(message)
    status.reason = denial.reason
    status.code = ["Unauthorized": 401, "Forbidden": 403, "RequestEntityTooLarge": 413][denial.reason] ?? 422
    status.details?.causes = [Status.Cause(reason: "", message: message, field: "")]
    return status
  }

  // MARK: Validations

  private static func findings(_ policy: Value, _ binding: StoredObject, _ attempt: PolicyAttempt) -> Findings {
    let toleratesErrors = policy["spec", "failurePolicy"]?.string == "Ignore"
    var findings = Findings()
    do throws(PolicyParams.Failure) {
      for params in try PolicyParams.collect(policy, binding.value, attempt.request) {
        run(policy, params, attempt, toleratesErrors, &findings)
      }
    } catch {
      if !toleratesErrors { findings.failures.append("failed to configure binding: " + error.message) }
    }
    return findings
  }

  private static func run(
    _ policy: Value, _ params: Value?, _ attempt: PolicyAttempt, _ toleratesErrors: Bool, _ findings: inout Findings
  ) {
    var run = PolicyRun(attempt, params: params)
    do throws(PolicyRun.ConditionErrors) {
      guard try run.meets(policy["spec", "matchConditions"]?.array ?? []) else { return }
    } catch {
      if !toleratesErrors { findings.denials.append(Denial(message: error.message)) }
      return
    }
    run.define(policy["spec", "variables"]?.array ?? [])
    for validation in policy["spec", "validations"]?.array ?? [] {
      if let denial = denial(validation, &run, toleratesErrors) { findings.denials.append(denial) }
    }
    for annotation in policy["spec", "auditAnnotations"]?.array ?? [] {
      if let failure = failure(annotation, &run), !toleratesErrors { findings.failures.append(failure) }
    }
  }

  private static func denial(_ validation: Value, _ run: inout PolicyRun, _ toleratesErrors: Bool) -> Denial? {
    let expression = validation["expression"]?.string ?? ""
    do throws(CELError) {
      if case .bool(true) = try run.evaluate(expression) { return nil }
      return Denial(message: message(validation, expression, &run), reason: validation["reason"]?.string ?? "Invalid")
    } catch {
      return toleratesErrors ? nil : Denial(message: PolicyRun.failure(expression, error))
    }
  }

  /// How long a message that an expression makes may be, in bytes (k8s.io/apiserver, apis/cel).
  private static let messageLimit = 5 * 1024

  /// What the policy's author says of it; an expression before a plain message.
  private static func message(_ validation: Value, _ expression: String, _ run: inout PolicyRun) -> String {
    if let text = validation["messageExpression"]?.string, !text.isEmpty {
      do throws(CELError) {
        if case .string(let message) = try run.evaluate(text) {
          let trimmed = message.trimmed
          if !trimmed.isEmpty, trimmed.utf8.count <= messageLimit, !trimmed.contains("\n") { return trimmed }
        }
      } catch {
        // An expression for a message that fails leaves the plain message.
        return plainMessage(validation, expression)
      }
    }
    return plainMessage(validation, expression)
  }

  private static func plainMessage(_ validation: Value, _ expression: String) -> String {
    let message = (validation["message"]?.string ?? "").trimmed
    return message.isEmpty ? "failed expression: " + expression.trimmed : message
  }

  /// What is wrong with a note for the audit log. There is no such log here; an expression that fails still refuses.
  private static func failure(_ annotation: Value, _ run: inout PolicyRun) -> String? {
    let text = annotation["valueExpression"]?.string ?? ""
    do throws(CELError) {
      switch try run.evaluate(text) {
      case .string, .null: return nil
      case let other:
        return "valueExpression '\(text)' resulted in unsupported return type: \(other.typeName). Return type must be "
          + "either string or null."
      }
    } catch {
      return PolicyRun.failure(text, error)
    }
  }
}

extension String {
  /// Without the white space at both ends.
  var trimmed: String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    return String(String.UnicodeScalarView(start.reversed().drop { $0.properties.isWhitespace }.reversed()))
  }
}
