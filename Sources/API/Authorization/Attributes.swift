package import Kinds

/// What somebody wants to do, as it is put before the authorizer (k8s.io/apiserver, authorization/authorizer).
package struct Attributes: Sendable {
  package var caller: Caller
  package var verb: String
  package var group: String
  package var resource: String
  package var subresource: String
  package var namespace: String
  package var name: String
  /// The address of a request that concerns no resource.
  package var path: String?

  package init(
    caller: Caller, verb: String, group: String = "", resource: String, subresource: String = "",
    namespace: String = "", name: String = ""
  ) {
    self.caller = caller
    self.verb = verb
    self.group = group
    self.resource = resource
    self.subresource = subresource
    self.namespace = namespace
    self.name = name
  }

  package init(caller: Caller, verb: String, path: String) {
    self.init(caller: caller, verb: verb, resource: "")
    self.path = path
  }

  init(_ request: APIRequest, _ info: RequestInfo) {
    guard info.isResource else {
      self.init(caller: request.caller, verb: info.verb, path: info.path)
      return
    }
    self.init(
      caller: request.caller, verb: info.verb, group: info.group, resource: info.resource,
      subresource: info.subresource, namespace: info.namespace,
      name: info.name.isEmpty ? info.selectedName ?? "" : info.name)
  }

  /// `pods`, `pods/log`
  var qualifiedResource: String { subresource.isEmpty ? resource : resource + "/" + subresource }

  /// The refusal, in Kubernetes' words, and what the authorizer has to add.
  package func refusal(because reason: String = "") -> Status {
    let end = reason.isEmpty ? "" : ": " + reason
    if let path {
      return Status(
        code: 403, reason: "Forbidden",
        message: "forbidden: User \"\(caller.name)\" cannot \(verb) path \"\(path)\"" + end,
        details: Status.Details())
    }
    let place = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
    let groupResource = group.isEmpty ? resource : resource + "." + group
    let object = name.isEmpty ? groupResource : "\(groupResource) \"\(name)\""
    return Status(
      code: 403, reason: "Forbidden",
      message: "\(object) is forbidden: User \"\(caller.name)\" cannot \(verb) resource \"\(qualifiedResource)\" "
        + "in API group \"\(group)\" \(place)" + end,
      details: Status.Details(
        name: name.isEmpty ? nil : name, group: group.isEmpty ? nil : group, kind: resource))
  }
}
