import Kinds
import Loop
import Store
import Tree

extension WriteRequest {
  /// Server-side apply: makes the object, or makes it as the configuration says (PATCH with
  /// `application/apply-patch+yaml`).
  func apply(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try WriteOptions(request, verb: "patch")
    var duplicates: [String] = []
    let config = try configuration(&duplicates)
    guard let tracking = FieldTracking(kind, manager: manager(options, .apply), now: writer.now) else {
      throw .unsupportedMediaType
    }
    let stored = writer.store[kind.key(namespace: info.namespace, name: info.name)].map(kind.converted)
    if stored == nil {
      guard info.subresource.isEmpty else { throw .notFound(kind, info.name) }
      try checkMayCreate()
    }
    var result = try Applying(tracking: tracking, force: options.force).apply(config, to: stored?.value)
    if stored != nil { LastApplied.renew(&result.object, config: config, manager: tracking.manager) }
    try SizeLimits.check(result.object)
    var body = try RequestBody(result.object, kind, validation: options.fieldValidation, duplicates: duplicates)
    if info.subresource == "scale" { return try applyScale(result, options, encoder) }
    try checkPlace(&body.value, isCreation: stored == nil)
    if subresource == nil { try checkEscalation(body.value) }
    let object = try write(body.value, result.managedFields, isNew: stored == nil, options)
    return warn(body, try encoder.object(object, of: kind, status: stored == nil ? 201 : 200))
  }

  private func write(_ value: Value, _ managedFields: Value?, isNew: Bool, _ options: WriteOptions) throws(Status)
    -> StoredObject
  {
    if isNew {
      return try writer.create(
        kind.storage, kind.stored(value), namespace: info.namespace, cause: cause, isDryRun: options.isDryRun,
        ownership: .settled(managedFields, apiVersion: kind.apiVersion))
    }
    return try writer.update(
      kind.storage, kind.stored(value), subresource: subresource, cause: cause, isDryRun: options.isDryRun,
      ownership: .settled(managedFields, apiVersion: kind.apiVersion))
  }

  /// The configuration that the request brings; of a Scale, as the workload has it.
  private func configuration(_ duplicates: inout [String]) throws(Status) -> Value {
    let config: Value
    do throws(SyntaxError) {
      var doubles: [YAML.Duplicate] = []
      config = try YAML.parse(request.body, duplicates: &doubles).first ?? .null
      duplicates = doubles.map(\.message)
    } catch {
      throw .badRequest("error decoding YAML: \(error.message)")
    }
    guard config.object != nil else {
      throw .badRequest("error decoding YAML: the body is no object: send kind, apiVersion, metadata and fields to set")
    }
    guard info.subresource == "scale" else { return config }
    if config["kind"]?.string != "Scale" || config["apiVersion"]?.string != "autoscaling/v1" {
      throw .badRequest(
        "Incorrect version specified in apply patch. Specified patch version: \(config["apiVersion"]?.string ?? ""), "
          + "expected: autoscaling/v1")
    }
    var part: Value = ["kind": .string(kind.name), "apiVersion": .string(kind.apiVersion)]
    part["metadata"] = config["metadata"]
    if let replicas = config["spec", "replicas"] { part["spec", "replicas"] = replicas }
    return part
  }

  private func applyScale(_ result: Applying.Result, _ options: WriteOptions, _ encoder: AnswerEncoder)
    throws(Status) -> APIResponse
  {
    let changed = try Scale.apply(
      ["spec": ["replicas": result.object["spec", "replicas"] ?? 0]], to: try storedObject.value)
    let object = try writer.update(
      kind, changed, subresource: nil, cause: cause, isDryRun: options.isDryRun,
      ownership: .settled(result.managedFields, apiVersion: kind.apiVersion),
      scale: ScaleChange(custom: kind.custom?.scale))
    return encoder.value(Scale.value(of: object.value))
  }

  /// Who applies to what is not there, or puts it, creates it, and needs that right too.
  func checkMayCreate() throws(Status) {
    let attributes = Attributes(
      caller: request.caller, verb: "create", group: info.group, resource: info.resource, namespace: info.namespace,
      name: info.name)
    try server.authorizer.require(attributes)
  }
}
