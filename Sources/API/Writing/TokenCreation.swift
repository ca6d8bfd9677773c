import Kinds
import Loop
import Store
import Tree

/// `serviceaccounts/NAME/token`: a new token of the account (k8s.io/kubernetes, registry/core/serviceaccount/storage).
extension WriteRequest {
  static let tokenRequest = Kind(group: "authentication.k8s.io", "TokenRequest", plural: "tokenrequests", verbs: [])
  private static let usualSeconds: Int64 = 3_600
  private static let shortestSeconds: Int64 = 600
  private static let longestSeconds: Int64 = 1 << 32

  func createToken(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    // Without a key nobody can sign: Kubernetes does not serve the address then.
    guard let identity = server.identity else { throw .unknownResource }
    let kind = Self.tokenRequest
    let options = try WriteOptions(request, verb: "create")
    let body = try RequestBody(request, kind, validation: options.fieldValidation)
    var wish = body.value.inCanonicalOrder(kind)
    kind.applyDefaults(to: &wish)
    if wish["spec", "expirationSeconds"]?.integer == nil {
      wish["spec", "expirationSeconds"] = .integer(Self.usualSeconds)
    }
    let fields = FieldTracking(kind, manager: tokenManager(options), now: writer.loop.now)
    wish["metadata", "managedFields"] = fields?.ofNew(wish, given: nil)
    try checkTokenPlace(&wish)
    guard let account = writer.store[Kind.serviceAccount.key(namespace: info.namespace, name: info.name)] else {
      throw .notFound(.serviceAccount, info.name)
    }
    wish["metadata", "creationTimestamp"] = .string(writer.loop.now.timestamp)
    if wish["spec", "audiences"]?.array?.isEmpty ?? true {
      wish["spec", "audiences"] = [.string(ClusterIdentity.issuer)]
    }
    let seconds = wish["spec", "expirationSeconds"]?.integer ?? Self.usualSeconds
    try checkLife(seconds)
    let bound = try boundObjects(wish["spec", "boundObjectRef"], account)
    let audiences = wish["spec", "audiences"]?.array?.compactMap(\.string) ?? []
    let token = identity.boundToken(
      of: account, to: bound, audiences: audiences,
      ClusterIdentity.TokenLife(seconds, from: writer.loop.now, for: audiences, isOfPod: bound.pod != nil),
      id: writer.loop.random("tokens").uuid())
    let end = Time(seconds: writer.loop.now.seconds + seconds)
    wish["status"] = ["token": .string(token), "expirationTimestamp": .string(end.timestamp)]
    return warn(body, encoder.value(wish, status: 201))
  }

  private func tokenManager(_ options: WriteOptions) -> FieldManager {
    FieldManager(name: options.manager, apiVersion: Self.tokenRequest.apiVersion, subresource: info.subresource)
  }

  /// The request's own name and namespace, where it gives them, are those of the address.
  private func checkTokenPlace(_ wish: inout Value) throws(Status) {
    for (field, right) in [("name", info.name), ("namespace", info.namespace)] {
      let given = wish["metadata", field]?.string ?? ""
      guard given.isEmpty || given == right else {
        throw .invalid(
          Self.tokenRequest, info.name,
          [
            FieldError(
              .invalid, field: "metadata." + field,
              message: "Invalid value: \"\(given)\": must match the service account \(field) if specified")
          ])
      }
      wish["metadata", field] = .string(right)
    }
  }

  private func checkLife(_ seconds: Int64) throws(Status) {
    let why: String
    if seconds < Self.shortestSeconds {
      why = "may not specify a duration less than 10 minutes"
    } else if seconds > Self.longestSeconds {
      why = "may not specify a duration larger than 2^32 seconds"
    } else {
      return
    }
    throw .invalid(
      Self.tokenRequest, "",
      [FieldError(.invalid, field: "spec.expirationSeconds", message: "Invalid value: \(seconds): \(why)")])
  }

  // MARK: Bound objects

  private func boundObjects(_ reference: Value?, _ account: StoredObject) throws(Status) -> BoundObjects {
    var bound = BoundObjects()
    guard let reference, reference.object != nil else { return bound }
    let kindName = reference["kind"]?.string ?? ""
    let object: StoredObject
    switch (reference["apiVersion"]?.string ?? "", kindName) {
    case ("v1", "Pod"):
      object = try boundObject(.pod, reference)
      try bindPod(object, account, &bound)
    case ("v1", "Node"):
      object = try boundObject(.node, reference)
      bound.node = .init(object)
    case ("v1", "Secret"):
      object = try boundObject(.secret, reference)
      bound.secret = .init(object)
    case (let version, _):
      throw .badRequest("cannot bind token to object of type \(Self.typeText(version, kindName))")
    }
    let uid = reference["uid"]?.string ?? ""
    guard uid.isEmpty || uid == object.uid else {
      throw Status(
        code: 409, reason: "Conflict",
        message:
          "Operation cannot be fulfilled on \(kindName) \"\(object.name)\": the UID in the bound object reference "
          + "(\(uid)) does not match the UID in record. The object might have been deleted and then recreated",
        details: Status.Details(name: object.name, kind: kindName))
    }
    return bound
  }

  private func boundObject(_ kind: Kind, _ reference: Value) throws(Status) -> StoredObject {
    let name = reference["name"]?.string ?? ""
    guard let object = writer.store[kind.key(namespace: info.namespace, name: name)] else {
      throw .notFound(kind, name)
    }
    return object
  }

  private func bindPod(_ object: StoredObject, _ account: StoredObject, _ bound: inout BoundObjects) throws(Status) {
    let pod = object.value["spec"]
    guard pod?["serviceAccountName"]?.string == account.name else {
      throw .badRequest(
        "cannot bind token for serviceaccount \"\(account.name)\" to pod running with different serviceaccount name.")
    }
    bound.pod = .init(object)
    bound.node = BoundObjects.node(of: object, in: writer.store)
  }

  /// As Go writes a group, version and kind: `apps/v1, Kind=Deployment`.
  private static func typeText(_ apiVersion: String, _ kind: String) -> String {
    "\(apiVersion.contains("/") ? "" : "/")\(apiVersion), Kind=\(kind)"
  }
}
