package import Kinds
import Loop
import Store
package import Tree

/// Gives a cluster that an earlier version made the rights that it lacks: roles and bindings that are not there, and
/// the rules and subjects that those which are there do not have. What somebody added stays, and what is annotated
/// `rbac.authorization.kubernetes.io/autoupdate: "false"` is left alone (Kubernetes documentation, "Using RBAC
/// Authorization", auto-reconciliation).
package struct RightsReconciliation {
  private static let autoupdate = "rbac.authorization.kubernetes.io/autoupdate"
  private static let cause = Cause(actor: "kube-apiserver", request: "reconcile rights")

  private let writer: ObjectWriter
  private let kinds: KindTable

  package init(_ writer: ObjectWriter, kinds: KindTable) {
    self.writer = writer
    self.kinds = kinds
  }

  /// Brings the objects up to date, roles before bindings.
  package func run(_ expected: [Value]) throws(Status) {
    for object in expected {
      guard let kind = kinds.kind(apiVersion: object["apiVersion"]?.string ?? "", name: object["kind"]?.string ?? "")
      else { continue }
      let namespace = object["metadata", "namespace"]?.string ?? ""
      let key = kind.key(namespace: namespace, name: object["metadata", "name"]?.string ?? "")
      if let stored = writer.store[key] {
        try complete(stored, kind, with: object)
      } else if namespace.isEmpty || writer.store[Kind.namespace.key(namespace: "", name: namespace)] != nil {
        _ = try writer.create(kind, object, namespace: namespace, cause: Self.cause)
      }
    }
  }

  private func complete(_ stored: StoredObject, _ kind: Kind, with expected: Value) throws(Status) {
    guard stored.value["metadata", "annotations", Self.autoupdate]?.string != "false" else { return }
    var value = stored.value
    if expected["roleRef"] != nil, value["roleRef"] != expected["roleRef"] {
      // What a binding refers to cannot be changed.
      _ = try writer.delete(
        kind, namespace: stored.namespace, name: stored.name, options: DeleteOptions(), cause: Self.cause)
      _ = try writer.create(kind, expected, namespace: stored.namespace, cause: Self.cause)
      return
    }
    add("rules", Self.missingRules, expected, to: &value)
    add("subjects", Self.missingSubjects, expected, to: &value)
    guard value != stored.value else { return }
    value["metadata", "resourceVersion"] = nil
    _ = try writer.update(kind, value, subresource: nil, cause: Self.cause)
  }

  private func add(_ field: String, _ missing: ([Value], [Value]) -> [Value], _ expected: Value, to value: inout Value)
  {
    guard let wanted = expected[field]?.array, !wanted.isEmpty, value[field] != expected[field] else { return }
    let present = value[field]?.array ?? []
    let more = missing(wanted, present)
    if !more.isEmpty { value[field] = .array(present + more) }
  }

  private static func missingRules(_ wanted: [Value], _ present: [Value]) -> [Value] {
    let rules = present.map { PolicyRule($0) }
    return wanted.flatMap { PolicyRule($0).pieces }.filter { piece in !rules.contains { $0.covers(piece) } }.map(
      \.value)
  }

  private static func missingSubjects(_ wanted: [Value], _ present: [Value]) -> [Value] {
    wanted.filter { subject in
      !present.contains { other in ["kind", "name", "namespace"].allSatisfy { subject[$0] == other[$0] } }
    }
  }
}
