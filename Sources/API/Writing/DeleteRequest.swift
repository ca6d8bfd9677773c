import Kinds
import Store
import Tree

extension DeleteOptions {
  /// The options of a DELETE: those of its query, and where there is none those of its body.
  init(_ request: APIRequest) throws(Status) {
    self.init()
    if !request.body.isEmpty { try read(try RequestBody.value(request, name: "DeleteOptions")) }
    try readQuery(request)
  }

  /// Takes the options of a DeleteOptions object.
  mutating func read(_ value: Value) throws(Status) {
    gracePeriodSeconds = value["gracePeriodSeconds"]?.integer.map(Int.init)
    uid = value["preconditions", "uid"]?.string
    resourceVersion = value["preconditions", "resourceVersion"]?.string
    if let text = value["propagationPolicy"]?.string { propagation = try Self.propagation(text) }
    if let orphans = value["orphanDependents"]?.boolean { propagation = orphans ? .orphan : .background }
    if let values = value["dryRun"]?.array {
      isDryRun = try WriteOptions.isDryRun(values.compactMap(\.string), "DeleteOptions")
    }
  }

  private mutating func readQuery(_ request: APIRequest) throws(Status) {
    if let text = request.parameter("gracePeriodSeconds") {
      guard let number = Int(text) else { throw .badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax") }
      gracePeriodSeconds = number
    }
    if let text = request.parameter("propagationPolicy"), !text.isEmpty { propagation = try Self.propagation(text) }
    if let text = request.parameter("orphanDependents") {
      propagation = RequestInfo.isTrue(text) ? .orphan : .background
    }
    let dryRun = request.query.filter { $0.name == "dryRun" }.map(\.value)
    if !dryRun.isEmpty { isDryRun = try WriteOptions.isDryRun(dryRun, "DeleteOptions") }
  }

  private static func propagation(_ text: String) throws(Status) -> Propagation {
    guard let propagation = Propagation(rawValue: text) else {
      throw .invalid(
        kind: "DeleteOptions", group: "meta.k8s.io", "",
        [
          FieldError(
            .notSupported, field: "propagationPolicy",
            message: "Unsupported value: \"\(text)\": supported values: \"Foreground\", \"Background\", \"Orphan\", "
              + "\"nil\"")
        ])
    }
    return propagation
  }
}

extension WriteRequest {
  func delete(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try DeleteOptions(request)
    let deletion = try writer.deletion(
      of: kind.storage, namespace: info.namespace, name: info.name, options: options, cause: cause)
    if !deletion.isGone || Strategy.returnsDeletedObject(kind) { return try encoder.object(deletion.object, of: kind) }
    return encoder.value(success(of: deletion.object))
  }

  private func success(of object: StoredObject) -> Value {
    var details: Value = ["name": .string(object.name)]
    if !kind.group.isEmpty { details["group"] = .string(kind.group) }
    details["kind"] = .string(kind.plural)
    details["uid"] = .string(object.uid)
    return ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details]
  }

  /// Which of the objects admission does not let go. All are asked about before the first is deleted: a write that waits
  /// for a webhook must not have written.
  private func refusals(of objects: [StoredObject], isDryRun: Bool) throws(Status) -> [ObjectKey: Status] {
    var refusals: [ObjectKey: Status] = [:]
    var wait: Status?
    for object in objects {
      do throws(Status) {
        try writer.admitDeletion(of: object, kind, cause: cause, isDryRun: isDryRun)
      } catch {
        if writer.sender?.missing.isEmpty == false { wait = error }
        refusals[object.key] = error
      }
    }
    if let wait { throw wait }
    return refusals
  }

  func deleteCollection(_ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let options = try DeleteOptions(request)
    let wanted = try ListOptions(request, info, kind: kind)
    let namespace = info.namespace.isEmpty ? nil : info.namespace
    var found = writer.store.snapshot.list(kind.collection, namespace: namespace, after: wanted.next?.path)
    found = found.filter(wanted.selection.matches)
    var page = Page(objects: found, revision: writer.store.revision)
    if let limit = wanted.limit, limit > 0, found.count > limit {
      page.objects = Array(found.prefix(limit))
      page.next = page.objects.last.map { ContinueToken(revision: ContinueToken.present, path: $0.key.path) }
    }
    let refusals = try refusals(of: page.objects, isDryRun: options.isDryRun)
    for object in page.objects {
      var own = options
      if own.uid == nil { own.uid = object.uid }
      if let refusal = refusals[object.key] { throw refusal }
      _ = try writer.deletion(
        of: kind.storage, namespace: object.namespace, name: object.name, options: own, cause: cause, isAdmitted: true)
    }
    page.revision = writer.store.revision
    return try encoder.list(page, of: kind)
  }
}
