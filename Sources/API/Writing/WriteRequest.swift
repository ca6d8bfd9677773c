import Kinds
import Loop
import Store
import Tree

/// One request that writes, on the cluster's loop.
struct WriteRequest {
  let request: APIRequest
  let info: RequestInfo
  let kind: Kind
  let server: APIServer
  let writer: ObjectWriter

  init(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind, server: APIServer, writer: ObjectWriter) {
    self.request = request
    self.info = info
    self.kind = kind
    self.server = server
    self.writer = writer
  }

  /// Why the store will say that it was written.
  var cause: Cause {
    let resource = info.subresource.isEmpty ? kind.plural : kind.plural + "/" + info.subresource
    let place = [info.namespace, info.name].filter { !$0.isEmpty }.joined(separator: "/")
    return Cause(
      actor: request.caller.name, request: "\(info.verb) \(resource)\(place.isEmpty ? "" : " ")\(place)")
  }

  /// Runs the request as its sender's, who hears what it has to wait for.
  func answer(_ sender: Sender) throws(Status) -> APIResponse {
    sender.options = RequestOptions.value(request, info)
    writer.sender = sender
    defer { writer.sender = nil }
    let encoder = try AnswerEncoder(
      request, now: writer.now,
      offer: info.verb == "deletecollection" ? Offer(isCustom: kind.custom != nil) : Offer(of: kind))
    switch (info.verb, info.subresource) {
    case ("create", "") where kind == .explanation: return try explain(encoder)
    case ("create", "") where kind == .binding: return try bind(encoder)
    case ("create", ""): return try create(encoder)
    case ("create", "binding"): return try bind(encoder)
    case ("create", "eviction"): return try evict(encoder)
    case ("create", "token"): return try createToken(encoder)
    case ("delete", ""): return try delete(encoder)
    case ("deletecollection", ""): return try deleteCollection(encoder)
    case ("patch", _) where Patch.isApply(request): return try apply(encoder)
    case ("update", "scale"), ("patch", "scale"): return try scale(encoder)
    case ("update", _): return try update(encoder)
    case ("patch", _): return try patch(encoder)
    default: throw .methodNotAllowed
    }
  }

  var subresource: String? { info.subresource.isEmpty ? nil : info.subresource }

  var storedObject: StoredObject {
    get throws(Status) {
      guard let stored = writer.store[kind.key(namespace: info.namespace, name: info.name)] else {
        throw .notFound(kind, info.name)
      }
      return kind.converted(stored)
    }
  }

  /// As whom the request writes fields.
  func manager(_ options: WriteOptions, _ operation: FieldManager.Operation = .update) -> FieldManager {
    FieldManager(
      name: options.manager, operation: operation, apiVersion: kind.apiVersion, subresource: info.subresource)
  }

  // MARK: Verbs

  private func create(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    if kind.custom != nil { try DefinitionDeletion.checkMayCreate(kind, in: writer.store) }
    let options = try WriteOptions(request, verb: "create")
    var body = try RequestBody(request, kind, validation: options.fieldValidation)
    try checkPlace(&body.value, isCreation: true)
    return try create(body, options, encoder)
  }

  private func create(_ body: RequestBody, _ options: WriteOptions, _ encoder: AnswerEncoder) throws(Status)
    -> APIResponse
  {
    try checkEscalation(body.value)
    let object = try writer.create(
      kind.storage, kind.stored(body.value), namespace: info.namespace, cause: cause, isDryRun: options.isDryRun,
      ownership: .of(manager(options)))
    return warn(body, try encoder.object(object, of: kind, status: 201, isStored: !options.isDryRun))
  }

  private func update(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try WriteOptions(request, verb: "update")
    var body = try RequestBody(request, kind, validation: options.fieldValidation)
    try checkPlace(&body.value, isCreation: false)
    guard subresource == nil else { return try replace(body, options, encoder) }
    let key = kind.key(namespace: info.namespace, name: info.name)
    if Strategy.createsOnUpdate(kind.storage), writer.store[key] == nil {
      try checkMayCreate()
      return try create(body, options, encoder)
    }
    try checkEscalation(body.value)
    return try replace(body, options, encoder)
  }

  private func replace(_ body: RequestBody, _ options: WriteOptions, _ encoder: AnswerEncoder) throws(Status)
    -> APIResponse
  {
    let object = try writer.update(
      kind.storage, kind.stored(body.value), subresource: subresource, cause: cause, isDryRun: options.isDryRun,
      ownership: .of(manager(options)))
    return warn(body, try encoder.object(object, of: kind))
  }

  private func patch(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try WriteOptions(request, verb: "patch")
    let patch = try Patch(request, of: kind)
    let changed = try patch.apply(to: try storedObject.value, of: kind)
    var body = try RequestBody(changed, kind, validation: options.fieldValidation, of: patch)
    try checkPlace(&body.value, isCreation: false)
    if subresource == nil { try checkEscalation(body.value) }
    return try replace(body, options, encoder)
  }

  private func scale(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try WriteOptions(request, verb: info.verb)
    let stored = try storedObject
    var wish: Value
    if info.verb == "patch" {
      let present = Scale.value(of: stored.value, kind.custom?.scale)
      wish = try Patch(request, of: kind).apply(to: present, of: kind)
      if wish["metadata", "resourceVersion"] == present["metadata", "resourceVersion"] {
        wish["metadata", "resourceVersion"] = nil
      }
    } else {
      wish = try RequestBody.value(request, name: "Scale")
      let name = wish["metadata", "name"]?.string ?? ""
      if name != info.name {
        throw .badRequest("the name of the object (\(name)) does not match the name on the URL (\(info.name))")
      }
    }
    let changed = try Scale.apply(wish, to: stored.value, kind.custom?.scale)
    let object = try writer.update(
      kind, changed, subresource: nil, cause: cause, isDryRun: options.isDryRun, ownership: .of(manager(options)),
      scale: ScaleChange(custom: kind.custom?.scale))
    return try Scale.answer(object, kind, encoder)
  }

  private func evict(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let isDryRun = try WriteOptions(request, verb: "create").isDryRun
    var options = DeleteOptions()
    var eviction = try RequestBody.value(request, name: "Eviction")
    if eviction["metadata", "name"]?.string ?? "" != info.name {
      throw .badRequest("name in URL does not match name in Eviction object")
    }
    try admit(&eviction, isDryRun: isDryRun)
    if let value = eviction["deleteOptions"] { try options.read(value) }
    options.isDryRun = options.isDryRun || isDryRun
    try writer.evict(namespace: info.namespace, pod: info.name, options: options, cause: cause)
    return encoder.value(Self.created, status: 201)
  }

  /// Lets policies and webhooks look at what is posted to a subresource.
  func admit(_ object: inout Value, isDryRun: Bool) throws(Status) {
    var request = AdmissionRequest(
      kind: kind, key: kind.key(namespace: info.namespace, name: info.name), operation: .create, previous: nil,
      writer: writer, actor: request.caller.name, isDryRun: isDryRun)
    request.subresource = info.subresource
    try Admission.admitSubresource(&object, request)
    try Admission.validateByOthers(object, request)
  }

  static let created: Value = [
    "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201,
  ]

  // MARK: Checks

  /// The object's name and namespace are those of the address.
  func checkPlace(_ value: inout Value, isCreation: Bool) throws(Status) {
    let name = value["metadata", "name"]?.string ?? ""
    if !isCreation, name.isEmpty {
      throw .badRequest("the name of the object (\(info.name) based on URL) was undeterminable: name must be provided")
    }
    if !isCreation, name != info.name {
      throw .badRequest("the name of the object (\(name)) does not match the name on the URL (\(info.name))")
    }
    let namespace = value["metadata", "namespace"]?.string ?? ""
    if kind.isNamespaced, !namespace.isEmpty, namespace != info.namespace {
      throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
    }
    value["metadata", "namespace"] = kind.isNamespaced ? .string(info.namespace) : nil
  }

  func checkEscalation(_ value: Value) throws(Status) {
    guard kind.group == Kind.role.group else { return }
    let old = info.name.isEmpty ? nil : writer.store[kind.key(namespace: info.namespace, name: info.name)]
    try EscalationCheck(authorizer: server.authorizer, caller: request.caller, info: info, kind: kind)
      .check(value, old: old?.value)
  }

  func warn(_ body: RequestBody, _ response: APIResponse) -> APIResponse {
    var response = response
    response.headers += (body.warnings + (writer.sender?.warnings ?? [])).map {
      ("Warning", "299 - \(Value.string($0).jsonText)")
    }
    return response
  }
}
