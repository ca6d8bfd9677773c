import Kinds
import Store
import Tree

/// Holds pods to the Pod Security Standards that their namespace's labels ask for: refuses what breaks the enforced
/// level, and warns of what breaks the level to warn of, in workloads' templates too.
enum PodSecurity: AdmissionPlugin {
  /// How many pods of a namespace are looked at when its level changes.
  private static let podLimit = 3_000

  /// Where each kind of workload keeps its pods' description.
  private static let templates: [(kind: Kind, path: [String])] = [
    (.deployment, ["spec", "template"]), (.replicaSet, ["spec", "template"]), (.statefulSet, ["spec", "template"]),
    (.daemonSet, ["spec", "template"]), (.job, ["spec", "template"]), (.podTemplate, ["template"]),
    (.replicationController, ["spec", "template"]), (.cronJob, ["spec", "jobTemplate", "spec", "template"]),
  ]

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    if request.kind == .namespace { return try validateNamespace(value, request) }
    if request.kind == .pod {
      if let previous = request.previous, images(value) == images(previous) { return }
      return try validatePod(value, request)
    }
    guard let path = templates.first(where: { $0.kind == request.kind })?.path else { return }
    var template = value
    for name in path { template = template[name] ?? .null }
    guard template.object != nil else { return }
    warn(of: template, PodSecurityPolicy(namespace: request.namespace), request)
  }

  private static func validatePod(_ pod: Value, _ request: AdmissionRequest) throws(Status) {
    let policy = PodSecurityPolicy(namespace: request.namespace)
    let violations = PodSecurityCheck.violations(of: pod, policy.enforce)
    guard violations.isEmpty else {
      throw request.forbidden("violates PodSecurity \"\(policy.enforce.description)\": \(text(violations))")
    }
    warn(of: pod, policy, request)
  }

  private static func warn(of pod: Value, _ policy: PodSecurityPolicy, _ request: AdmissionRequest) {
    guard let sender = request.writer.sender else { return }
    let violations = PodSecurityCheck.violations(of: pod, policy.warn)
    guard !violations.isEmpty else { return }
    sender.warnings.append("would violate PodSecurity \"\(policy.warn.description)\": \(text(violations))")
  }

  private static func text(_ violations: [PodSecurityCheck.Violation]) -> String {
    violations.map { $0.reason + ($0.detail.isEmpty ? "" : " (\($0.detail))") }.joined(separator: ", ")
  }

  /// The part of a pod that an update may change.
  private static func images(_ pod: Value) -> [Value?] {
    PodSecurityCheck.containerLists.flatMap { (pod["spec", $0]?.array ?? []).map { $0["image"] } }
  }

  // MARK: Namespaces

  private static func validateNamespace(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    let policy = PodSecurityPolicy(namespace: value)
    guard let previous = request.previous else {
      if !policy.errors.isEmpty { throw .invalid(.namespace, request.key.name, policy.errors) }
      return
    }
    let old = PodSecurityPolicy(namespace: previous)
    if !policy.errors.isEmpty, policy.errors != old.errors {
      throw .invalid(.namespace, request.key.name, policy.errors)
    }
    let isStricter = policy.enforce.minor != old.enforce.minor || policy.enforce.name > old.enforce.name
    if policy.enforce.name != .privileged, policy.enforce != old.enforce, isStricter {
      request.writer.sender?.warnings += warnings(ofPodsIn: request.key.name, policy.enforce, request.store)
    }
  }

  /// What of the namespace's pods would not be let in any more. Pods with the same fault are one warning.
  private static func warnings(ofPodsIn namespace: String, _ level: PodSecurityLevel, _ store: Store) -> [String] {
    let pods = store.list(Kind.pod.groupResource, namespace: namespace)
    var faults: [(text: String, pods: [String])] = []
    for pod in pods.prefix(podLimit) {
      let violations = PodSecurityCheck.violations(of: pod.value, level)
      guard !violations.isEmpty else { continue }
      let text = violations.map(\.reason).joined(separator: ", ")
      if let index = faults.firstIndex(where: { $0.text == text }) {
        faults[index].pods.append(pod.name)
      } else {
        faults.append((text, [pod.name]))
      }
    }
    var warnings: [String] = []
    if pods.count > podLimit {
      warnings.append(
        "new PodSecurity enforce level only checked against the first \(podLimit) of \(pods.count) existing pods")
    }
    guard !faults.isEmpty else { return warnings }
    warnings.append(
      "existing pods in namespace \"\(namespace)\" violate the new PodSecurity enforce level \"\(level.description)\"")
    return warnings + faults.map { decorate($0.text, $0.pods) }.sorted()
  }

  private static func decorate(_ text: String, _ pods: [String]) -> String {
    let others = pods.count - 1
    let more = others == 0 ? "" : " (and \(others) other pod\(others == 1 ? "" : "s"))"
    return "\(pods[0])\(more): \(text)"
  }
}
