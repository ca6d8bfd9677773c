import Tree

extension Command {
  private static let shared: [Flag] = Flag.files + Flag.selector

  static let rollout = Command(
    name: "rollout", summary: "Manage the rollout of a resource",
    subcommands: [
      Command(
        name: "history", summary: "View rollout history", usage: "(TYPE NAME | TYPE/NAME)",
        flags: shared + Flag.output + [.integer("revision", 0, "The revision to show; 0 for the list of all.")],
        run: { (invocation) throws(Failure) in try Rollout(invocation).history() }),
      change("pause", "Mark the provided resource as paused") { (rollout) throws(Failure) in try rollout.pause() },
      change("restart", "Restart a resource") { (rollout) throws(Failure) in try rollout.restart() },
      change("resume", "Resume a paused resource") { (rollout) throws(Failure) in try rollout.resume() },
      Command(
        name: "status", summary: "Show the status of the rollout", usage: "(TYPE NAME | TYPE/NAME)",
        examples: ["kubectl rollout status deployment/web"],
        flags: shared + [
          .isSwitch("watch", "w", true, "Whether to go on until it is done."),
          .duration("timeout", "0s", "How long to wait; 0 is for ever."),
          .integer("revision", 0, "The revision to hold to; 0 for the latest."),
        ], run: { (invocation) throws(Failure) in try RolloutStatus(invocation).run() }),
      change(
        "undo", "Undo a previous rollout", [.integer("to-revision", 0, "The revision to go back to; 0 for the last.")]
      ) {
        (rollout) throws(Failure) in try rollout.undo()
      },
    ])

  private static func change(
    _ name: String, _ summary: String, _ flags: [Flag] = [],
    _ run: @escaping @Sendable (Rollout) throws(Failure) -> Void
  ) -> Command {
    Command(
      name: name, summary: summary, usage: "(TYPE NAME | TYPE/NAME)",
      examples: ["kubectl rollout \(name) deployment/web"],
      flags: shared + Flag.output + Flag.dryRun + Flag.fieldManager("kubectl-rollout") + flags,
      run: { (invocation) throws(Failure) in try run(Rollout(invocation)) })
  }
}

struct Rollout {
  let invocation: Invocation
  private let session: Session
  private let printer: ObjectPrinter

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    session = invocation.session
    printer = try ObjectPrinter(invocation)
  }

  static func items(_ invocation: Invocation) throws(Failure) -> [Item] {
    if invocation.arguments.isEmpty, invocation.list("filename").isEmpty {
      throw .error("required resource not specified")
    }
    return try invocation.items(allowsAll: true)
  }

  private func patch(_ item: Item, _ body: Value, _ verb: String) throws(Failure) {
    let dryRun = try invocation.dryRun()
    var result = item
    if dryRun != .client {
      var query = [("fieldManager", invocation.text("field-manager"))]
      if dryRun == .server { query.append(("dryRun", "All")) }
      result.object = try session.request(
        "PATCH", item.path, query: query, body: body, contentType: "application/strategic-merge-patch+json")
    }
    try invocation.report(result, verb, dryRun, printer)
  }

  private func isPaused(_ item: Item) -> Bool { item.object["spec", "paused"] == true }

  private func refusal(_ item: Item, _ text: String) -> Failure {
    .error("\(item.resource.groupName) \(quoted(item.name)) \(text)")
  }

  func pause() throws(Failure) {
    for item in try Self.items(invocation) {
      guard item.resource.kind == "Deployment" else { throw refusal(item, "pausing is not supported") }
      if isPaused(item) { throw refusal(item, "is already paused") }
      try patch(item, ["spec": ["paused": true]], "paused")
    }
  }

  func resume() throws(Failure) {
    for item in try Self.items(invocation) {
      guard item.resource.kind == "Deployment" else { throw refusal(item, "resuming is not supported") }
      if !isPaused(item) { throw refusal(item, "is not paused") }
      try patch(item, ["spec": ["paused": .null]], "resumed")
    }
  }

  func restart() throws(Failure) {
    for item in try Self.items(invocation) {
      guard ["Deployment", "DaemonSet", "StatefulSet"].contains(item.resource.kind) else {
        throw refusal(item, "restarting is not supported")
      }
      if isPaused(item) { throw refusal(item, "can't restart paused deployment (run rollout resume first)") }
      let annotation: Value = ["kubectl.kubernetes.io/restartedAt": .string(Dates.timestamp(session.transport.now))]
      try patch(item, ["spec": ["template": ["metadata": ["annotations": annotation]]]], "restarted")
    }
  }

  // MARK: History

  static let revisionAnnotation = "deployment.kubernetes.io/revision"

  /// A deployment's replica sets by revision.
  private func revisions(of item: Item) throws(Failure) -> [(revision: Int64, set: Value)] {
    guard item.resource.kind == "Deployment" else {
      throw .error("no history viewer has been implemented for \(quoted(item.resource.groupName))")
    }
    let resource = try session.discovery().resource("replicasets.apps")
    let labels = ServerTable.labels(item.object["spec", "selector", "matchLabels"])
    let target = Target(resource: resource, namespace: item.namespace, name: nil)
    let uid = item.object["metadata", "uid"]
    let sets = try session.list(target, query: [("labelSelector", labels)]).items.map(\.object).filter { set in
      (set["metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"] == uid && $0["controller"] == true }
    }
    return sets.compactMap { set in
      let text = set["metadata", "annotations"]?[Self.revisionAnnotation]?.string ?? ""
      return Int64(text).map { ($0, set) }
    }.sorted { $0.revision < $1.revision }
  }

  func history() throws(Failure) {
    for item in try Self.items(invocation) {
      let revisions = try revisions(of: item)
      let wanted = invocation.integer("revision")
      if !printer.isHuman {
        for (revision, set) in revisions where wanted == 0 || revision == Int64(wanted) {
          session.out(try printer.text(Item(resource: item.resource, object: set)))
        }
        continue
      }
      if wanted > 0 {
        guard let found = revisions.first(where: { $0.revision == Int64(wanted) }) else {
          throw .error("unable to find the specified revision")
        }
        var text = Description()
        PodDescription.template(withChangeCause(found.set), into: &text)
        session.out("\(item.title) with revision #\(wanted)\n\(text.tabbed)\n")
        continue
      }
      session.out("\(item.title) \n\(list(revisions))\n")
    }
  }

  private func withChangeCause(_ set: Value) -> Value {
    var template = set["spec", "template"] ?? [:]
    if let cause = set["metadata", "annotations"]?[Self.changeCause] {
      template["metadata", "annotations", Self.changeCause] = cause
    }
    return template
  }

  private static let changeCause = "kubernetes.io/change-cause"

  private func list(_ revisions: [(revision: Int64, set: Value)]) -> String {
    if revisions.isEmpty { return "No rollout history found." }
    var table = TextTable(padding: 2, minimum: 0)
    table.add(["REVISION", "CHANGE-CAUSE"])
    for (revision, set) in revisions {
      let cause = set["metadata", "annotations"]?[Self.changeCause]?.string ?? ""
      table.add([String(revision), cause.isEmpty ? "<none>" : cause])
    }
    return table.flush()
  }

  // MARK: Undo

  func undo() throws(Failure) {
    for item in try Self.items(invocation) { try undo(item) }
  }

  private func undo(_ item: Item) throws(Failure) {
    guard item.resource.kind == "Deployment" else {
      throw .error("no rollbacker has been implemented for \(quoted(item.resource.groupName))")
    }
    if isPaused(item) {
      throw .error(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again"
      )
    }
    let revisions = try revisions(of: item)
    let wanted = Int64(invocation.integer("to-revision"))
    let target: (revision: Int64, set: Value)
    if wanted > 0 {
      guard let found = revisions.first(where: { $0.revision == wanted }) else {
        throw .error("unable to find specified revision \(wanted) in history")
      }
      target = found
    } else {
      guard revisions.count > 1 else { throw .error("no rollout history found for deployment \(quoted(item.name))") }
      target = revisions[revisions.count - 2]
    }
    var template = target.set["spec", "template"] ?? [:]
    template["metadata", "labels", "pod-template-hash"] = nil
    if template == item.object["spec", "template"] {
      let verb = "skipped rollback (current template already matches revision \(target.revision))"
      return try invocation.report(item, verb, .none, printer)
    }
    try rollBack(item, template, annotations(item, target.set))
  }

  /// The old replica set's annotations, but for those that the deployment controller keeps itself.
  private func annotations(_ item: Item, _ set: Value) -> Value {
    let own = [
      "kubectl.kubernetes.io/last-applied-configuration", Self.revisionAnnotation,
      "deployment.kubernetes.io/revision-history", "deployment.kubernetes.io/desired-replicas",
      "deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
    ]
    var result = Members()
    for member in item.object["metadata", "annotations"]?.object ?? Members() where own.contains(member.key) {
      result[member.key] = member.value
    }
    for member in set["metadata", "annotations"]?.object ?? Members() where !own.contains(member.key) {
      result[member.key] = member.value
    }
    return .object(result)
  }

  private func rollBack(_ item: Item, _ template: Value, _ annotations: Value) throws(Failure) {
    let dryRun = try invocation.dryRun()
    var result = item
    result.object["spec", "template"] = template
    if dryRun != .client {
      let patch: Value = [
        ["op": "replace", "path": "/spec/template", "value": template],
        [
          "op": item.object["metadata", "annotations"] == nil ? "add" : "replace", "path": "/metadata/annotations",
          "value": annotations,
        ],
      ]
      result.object = try session.request(
        "PATCH", item.path, query: dryRun == .server ? [("dryRun", "All")] : [], body: patch,
        contentType: "application/json-patch+json")
    }
    try invocation.report(result, "rolled back", dryRun, printer)
  }
}
