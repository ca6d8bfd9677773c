import Tree

/// A request's options as the object that admission sees: `CreateOptions`, `UpdateOptions`, `PatchOptions` or
/// `DeleteOptions` of meta.k8s.io/v1.
enum RequestOptions {
  static func value(_ request: APIRequest, _ info: RequestInfo) -> Value {
    let kinds = ["create": "CreateOptions", "update": "UpdateOptions", "patch": "PatchOptions"]
    var value: Value = ["kind": .string(kinds[info.verb] ?? "DeleteOptions"), "apiVersion": "meta.k8s.io/v1"]
    if kinds[info.verb] == nil, let body = try? JSON.parse(request.body) {
      for member in body.object ?? Members() where value[member.key] == nil { value[member.key] = member.value }
    }
    for (name, text) in request.query where !text.isEmpty {
      switch name {
      case "dryRun": value["dryRun"] = .array((value["dryRun"]?.array ?? []) + [.string(text)])
      case "fieldManager", "fieldValidation", "propagationPolicy": value[name] = .string(text)
      case "force": value[name] = .boolean(RequestInfo.isTrue(text))
      case "gracePeriodSeconds": value[name] = Int64(text).map(Value.integer)
      default: break
      }
    }
    return value
  }
}
