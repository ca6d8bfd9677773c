import CEL
import Kinds

/// `authorizer` in admission expressions: asks whether somebody may do something (Kubernetes documentation, "Common
/// Expression Language in Kubernetes", authorizer library).
struct PolicyAuthorizer: CELObject {
  let caller: Caller
  /// The resource of the request that is being admitted.
  var subject: Attributes?
  /// nil where nobody holds the rights' index: then nothing is allowed but to masters.
  let authorizer: Authorizer?

  var typeName: String { "kubernetes.authorization.Authorizer" }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch (method, arguments.first, arguments.dropFirst().first) {
    case ("path", .string(let path)?, nil):
      guard !path.trimmed.isEmpty else { throw CELError("path must not be empty") }
      return .object(PathCheck(authorizer: self, path: path))
    case ("group", .string(let group)?, nil): return .object(GroupCheck(authorizer: self, group: group))
    case ("serviceAccount", .string(let namespace)?, .string(let name)?):
      return .object(PolicyAuthorizer(caller: try Self.serviceAccount(namespace, name), authorizer: authorizer))
    default: return nil
    }
  }

  func member(_ name: String) -> CELValue? {
    guard name == "requestResource", let subject else { return nil }
    return .object(ResourceCheck(authorizer: self, attributes: subject))
  }

  private static func serviceAccount(_ namespace: String, _ name: String) throws(CELError) -> Caller {
    if !NameSyntax.subdomainErrors(name).isEmpty { throw CELError("Invalid service account name") }
    if namespace.contains(".") || !NameSyntax.subdomainErrors(namespace).isEmpty {
      throw CELError("Invalid service account namespace")
    }
    return Caller(
      name: "system:serviceaccount:\(namespace):\(name)",
      groups: ["system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"])
  }

  fileprivate func decide(_ attributes: Attributes) -> CELValue {
    let decision =
      authorizer?.decide(attributes) ?? Authorizer.Decision(isAllowed: attributes.caller.isMaster, reason: "")
    return .object(Decision(decision: decision))
  }
}

private struct PathCheck: CELObject {
  let authorizer: PolicyAuthorizer
  let path: String

  var typeName: String { "kubernetes.authorization.PathCheck" }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    guard method == "check", case .string(let verb)? = arguments.first else { return nil }
    return authorizer.decide(Attributes(caller: authorizer.caller, verb: verb, path: path))
  }
}

private struct GroupCheck: CELObject {
  let authorizer: PolicyAuthorizer
  let group: String

  var typeName: String { "kubernetes.authorization.GroupCheck" }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    guard method == "resource", case .string(let resource)? = arguments.first else { return nil }
    guard !resource.trimmed.isEmpty else { throw CELError("resource must not be empty") }
    let attributes = Attributes(caller: authorizer.caller, verb: "", group: group, resource: resource)
    return .object(ResourceCheck(authorizer: authorizer, attributes: attributes))
  }
}

private struct ResourceCheck: CELObject {
  let authorizer: PolicyAuthorizer
  var attributes: Attributes

  var typeName: String { "kubernetes.authorization.ResourceCheck" }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    guard case .string(let text)? = arguments.first else { return nil }
    var next = self
    switch method {
    case "subresource": next.attributes.subresource = text
    case "namespace": next.attributes.namespace = text
    case "name": next.attributes.name = text
    // Rights by selector are for authorizers that know them; roles do not.
    case "fieldSelector", "labelSelector": break
    case "check":
      next.attributes.verb = text
      return authorizer.decide(next.attributes)
    default: return nil
    }
    return .object(next)
  }
}

private struct Decision: CELObject {
  let decision: Authorizer.Decision

  var typeName: String { "kubernetes.authorization.Decision" }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch method {
    case "allowed": .bool(decision.isAllowed)
    case "reason": .string(decision.reason)
    case "errored": .bool(false)
    case "error": .string("")
    default: nil
    }
  }
}
