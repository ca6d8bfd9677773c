import CEL
import Kinds
import Store
import Tree

/// A write as admission policies see it: what their expressions may name.
struct PolicyAttempt {
  let request: AdmissionRequest
  /// nil of a deletion.
  var object: Value?

  var operation: String { request.operation.rawValue }
  /// The object before and after, where there is one.
  var states: [Value] { [object, request.previous].compactMap { $0 } }

  /// What expressions name; `params` is one object of the policy's parameters.
  func variables(params: Value?) -> [String: CELValue] {
    let namespace = request.kind.isNamespaced ? request.namespace.map(Self.shown) : nil
    return [
      "object": CELValue(object ?? .null), "oldObject": CELValue(request.previous ?? .null),
      "request": CELValue(description), "namespaceObject": CELValue(namespace ?? .null),
      "params": CELValue(params ?? .null), "variables": .map(CELMap([])),
      "authorizer": .object(
        PolicyAuthorizer(
          caller: request.caller, subject: subject, authorizer: request.writer.environment.authorizer)),
    ]
  }

  /// The request's resource, as rights name it.
  private var subject: Attributes {
    Attributes(
      caller: request.caller, verb: "", group: request.kind.group, resource: request.kind.plural,
      subresource: request.subresource, namespace: request.namespaceName, name: request.key.name)
  }

  /// A namespace without its managed fields and owners, as policies see it.
  private static func shown(_ namespace: Value) -> Value {
    var value = namespace
    value["metadata", "managedFields"] = nil
    value["metadata", "ownerReferences"] = nil
    return value
  }

  /// `request`: what an AdmissionRequest says (API reference, AdmissionReview v1 admission.k8s.io), without the objects.
  var description: Value {
    let kind = request.kind
    let name = kindName
    let resource: Value = [
      "group": .string(kind.group), "version": .string(kind.version), "resource": .string(kind.plural),
    ]
    var value: Value = [
      "kind": name, "resource": resource, "requestKind": name, "requestResource": resource,
      "operation": .string(operation), "userInfo": userInfo, "dryRun": .boolean(request.isDryRun),
      "options": request.writer.sender?.options ?? [:],
    ]
    value["name"] = .string(request.isNameMade ? "" : request.key.name)
    value["namespace"] = .string(request.namespaceName)
    value["subResource"] = .string(request.subresource)
    value["requestSubResource"] = .string(request.subresource)
    return value
  }

  /// The kind of what is sent: a subresource may have one of its own.
  private var kindName: Value {
    let other = object ?? request.previous
    if !request.subresource.isEmpty, let version = other?["apiVersion"]?.string, let name = other?["kind"] {
      let parts = version.split(separator: "/").map(String.init)
      return [
        "group": .string(parts.count > 1 ? parts[0] : ""), "version": .string(parts.last ?? ""), "kind": name,
      ]
    }
    let kind = request.kind
    return ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.name)]
  }

  private var userInfo: Value {
    let caller = request.caller
    var value: Value = ["username": .string(caller.name), "groups": .array(caller.groups.map(Value.string))]
    value["uid"] = caller.uid.map(Value.string)
    if !caller.extra.isEmpty {
      value["extra"] = .object(
        Members(caller.extra.map { ($0.key, .array($0.values.map(Value.string))) }))
    }
    return value
  }
}

extension AdmissionRequest {
  /// The namespace of the request; a namespace lies in itself.
  var namespaceName: String { kind == .namespace ? key.name : key.namespace }
}
