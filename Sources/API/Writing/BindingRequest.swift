import Kinds
import Store
import Tree

extension WriteRequest {
  /// POST of a Binding, to `pods/NAME/binding` or to the older `bindings`: the pod gets its node.
  func bind(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try WriteOptions(request, verb: "create")
    var binding = try RequestBody.value(request, name: "Binding")
    try admit(&binding, isDryRun: options.isDryRun)
    let name = binding["metadata", "name"]?.string ?? ""
    if !info.name.isEmpty, name != info.name, !name.isEmpty {
      throw .badRequest("name in URL does not match name in Binding object")
    }
    let namespace = binding["metadata", "namespace"]?.string ?? ""
    if !namespace.isEmpty, namespace != info.namespace {
      throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
    }
    try checkTarget(binding["target"] ?? [:])
    let pod = info.name.isEmpty ? name : info.name
    try checkPreconditions(binding, of: pod)
    try writer.bind(
      namespace: info.namespace, pod: pod, node: binding["target", "name"]?.string ?? "",
      annotations: binding["metadata", "annotations"]?.object ?? Members(), cause: cause, isDryRun: options.isDryRun)
    return encoder.value(Self.created, status: 201)
  }

  /// Kubernetes does not count these among the errors of fields.
  private func checkTarget(_ target: Value) throws(Status) {
    var errors: [String] = []
    let kind = target["kind"]?.string ?? ""
    if !kind.isEmpty, kind != "Node" {
      errors.append("target.kind: Unsupported value: \"\(kind)\": supported values: \"Node\", \"<empty>\"")
    }
    if target["name"]?.string?.isEmpty ?? true { errors.append("target.name: Required value") }
    guard !errors.isEmpty else { return }
    throw Status(
      code: 500, reason: "", message: errors.count == 1 ? errors[0] : "[" + errors.joined(separator: ", ") + "]")
  }

  private func checkPreconditions(_ binding: Value, of pod: String) throws(Status) {
    guard let stored = writer.store[Kind.pod.key(namespace: info.namespace, name: pod)] else { return }
    for (field, present) in [("uid", stored.uid), ("resourceVersion", String(stored.revision))] {
      guard let wanted = binding["metadata", field]?.string, !wanted.isEmpty, wanted != present else { continue }
      throw .bindingConflict(
        pod, "Precondition failed: \(field) in precondition: \(wanted), \(field) in object meta: \(present)")
    }
  }
}
