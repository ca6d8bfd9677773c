import CEL
import Kinds
import Store
import Tree

/// Changes objects as the MutatingAdmissionPolicies say that a binding puts in force (Kubernetes documentation,
/// "Mutating Admission Policy"). What is not there, as in a deletion, is not changed.
enum MutatingPolicies {
  /// What a policy could not do, and whether that refuses the request.
  private struct Failure {
    let place: String
    let message: String
    var reason = "Invalid"
  }

  static func admit(_ value: inout Value, _ request: AdmissionRequest, _ again: inout Reinvocation) throws(Status) {
    let store = request.store
    guard store.snapshot.count(Kind.mutatingAdmissionPolicyBinding.groupResource) > 0,
      request.kind.group != Kind.mutatingAdmissionPolicy.group
    else { return }
    let attempt = PolicyAttempt(request: request, object: value)
    let bindings = store.list(Kind.mutatingAdmissionPolicyBinding.groupResource)
    var failures: [Failure] = []
    for policy in store.list(Kind.mutatingAdmissionPolicy.groupResource)
    where PolicyMatch.matches(policy.value["spec", "matchConstraints"], attempt) {
      for binding in bindings
      where binding.value["spec", "policyName"]?.string == policy.name
        && PolicyMatch.matches(binding.value["spec", "matchResources"], attempt)
      {
        let found = invoke(policy, binding, request, &value, &again)
        if policy.value["spec", "failurePolicy"]?.string != "Ignore" { failures += found }
      }
    }
    if !failures.isEmpty { throw refusal(failures, value, request) }
  }

  private static func refusal(_ failures: [Failure], _ value: Value, _ request: AdmissionRequest) -> Status {
    var status = request.forbidden(value, "admission request denied by policy")
    let messages = failures.map { "\($0.place) denied request: \($0.message)" }
    status.message = messages[0]
    if !failures[0].reason.isEmpty { status.reason = failures[0].reason }
    status.details?.causes = messages.map { Status.Cause(reason: "", message: $0, field: "") }
    return status
  }

  /// Runs a policy in one binding's name, once for each of its parameters.
  private static func invoke(
    _ policy: StoredObject, _ binding: StoredObject, _ request: AdmissionRequest, _ value: inout Value,
    _ again: inout Reinvocation
  ) -> [Failure] {
    let place = "policy '\(policy.name)' with binding '\(binding.name)'"
    var failures: [Failure] = []
    do throws(PolicyParams.Failure) {
      for params in try PolicyParams.collect(policy.value, binding.value, request) {
        let name = [policy.name, binding.name, params?["metadata", "name"]?.string ?? ""].joined(separator: "/")
        failures += run(policy.value, params, name, request, &value, &again).map { Failure(place: place, message: $0) }
      }
    } catch {
      failures.append(Failure(place: place, message: "failed to configure binding: " + error.message, reason: ""))
    }
    return failures
  }

  private static func run(
    _ policy: Value, _ params: Value?, _ name: String, _ request: AdmissionRequest, _ value: inout Value,
    _ again: inout Reinvocation
  ) -> [String] {
    var run = PolicyRun(PolicyAttempt(request: request, object: value), params: params)
    do throws(PolicyRun.ConditionErrors) {
      guard try run.meets(policy["spec", "matchConditions"]?.array ?? []), again.runs("policy/" + name) else {
        return []
      }
    } catch {
      return [error.message]
    }
    run.define(policy["spec", "variables"]?.array ?? [])
    let before = value
    var failures: [String] = []
    for mutation in policy["spec", "mutations"]?.array ?? [] {
      do throws(PolicyMutation.Failure) {
        try PolicyMutation.apply(mutation, to: &value, request.kind, &run)
        run.show(value)
        run.define(policy["spec", "variables"]?.array ?? [])
      } catch {
        failures.append(error.message)
      }
    }
    if value != before { again.noteChange() }
    again.noteRun(of: "policy/" + name, wantsChanges: policy["spec", "reinvocationPolicy"]?.string == "IfNeeded")
    return failures
  }
}
