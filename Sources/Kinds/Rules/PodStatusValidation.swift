import Tree

/// What may be written to a pod's status (k8s.io/kubernetes, pkg/apis/core/validation ValidatePodStatusUpdate).
struct PodStatusValidation {
  let old: Value
  let new: Value

  private static let ofSystem: Set<String> = ["PodScheduled", "Ready", "Initialized"]

  private var status: Value { new["status"] ?? [:] }
  private var policy: String { old["spec", "restartPolicy"]?.string ?? "" }

  var errors: [FieldError] {
    // Kubernetes looks for the conditions in the metadata.
    var errors = status.elements("conditions", in: "metadata").flatMap { path, condition in
      let type = condition.text("type")
      return Self.ofSystem.contains(type) ? [] : LabelValidation.keyErrors(type, at: path + ".Type")
    }
    let nominated = status.text("nominatedNodeName")
    if !nominated.isEmpty, nominated != old["status", "nominatedNodeName"]?.string {
      let syntax = NameSyntax.subdomainErrors(nominated)
      errors += FieldError.invalid("status.nominatedNodeName", .string(nominated), syntax)
    }
    if status.text("qosClass") != (old["status"] ?? [:]).text("qosClass") {
      errors.append(.invalid("status.qosClass", .string(status.text("qosClass")), "field is immutable"))
    }
    errors += stateErrors("containerStatuses", policy) + stateErrors("initContainerStatuses", policy)
    return errors + stateErrors("ephemeralContainerStatuses", "Never") + addressErrors
  }

  /// What has ended for good does not run again.
  private func stateErrors(_ list: String, _ policy: String) -> [FieldError] {
    if policy == "Always" { return [] }
    let after = status[list]?.array ?? []
    return (old["status"] ?? [:]).elements(list, in: "status").compactMap { path, before in
      guard let end = before["state", "terminated"] else { return nil }
      if end["exitCode"]?.integer != 0, policy == "OnFailure" { return nil }
      if list == "initContainerStatuses", isSidecar(before.text("name")) { return nil }
      let revives = after.contains { $0["name"] == before["name"] && $0["state", "terminated"] == nil }
      return revives ? .forbidden(path + ".state", "may not be transitioned to non-terminated state") : nil
    }
  }

  private func isSidecar(_ name: String) -> Bool {
    (old["spec", "initContainers"]?.array ?? []).contains {
      $0["name"]?.string == name && $0["restartPolicy"] == "Always"
    }
  }

  private var addressErrors: [FieldError] {
    var errors: [FieldError] = []
    for (path, address) in status.elements("podIPs", in: "status") {
      errors += FieldSyntax.addressErrors(address["ip"] ?? "", at: path)
    }
    let own = (status["podIPs"]?.array ?? []).map { $0.text("ip") }
    if own.count > 1, own.count > 2 || Set(own.map { $0.contains(":") }).count < 2 {
      errors.append(
        .invalid(
          "status.podIPs", .array(own.map { ["IP": .string($0)] }), "may specify no more than one IP for each IP family"
        ))
    }
    let nodes = status.elements("hostIPs", in: "status")
    if let first = nodes.first?.value.text("ip"), first != status.text("hostIP") {
      errors.append(.invalid("status.hostIPs[0].ip", .string(first), "must be equal to `hostIP`"))
    }
    for (path, address) in nodes { errors += FieldSyntax.addressErrors(address["ip"] ?? "", at: path) }
    return errors
  }
}
