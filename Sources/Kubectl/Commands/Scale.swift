import Tree

extension Command {
  static let scale = Command(
    name: "scale", summary: "Set a new size for a deployment, replica set, or replication controller",
    usage: "[--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
    examples: ["kubectl scale --replicas=3 deployment/web"],
    flags: Flag.output + Flag.files + Flag.selector + Flag.all + Flag.dryRun + [
      .integer("replicas", 0, "The new number of replicas."),
      .integer("current-replicas", -1, "The number that it must have now; -1 for any."),
      .text("resource-version", "The revision that it must have now."),
      .duration("timeout", "0s", "How long to wait for the size; 0 is not at all."),
    ], required: ["replicas"],
    run: { (invocation) throws(Failure) in try Scale(invocation).run() })
}

private struct Scale {
  let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func run() throws(Failure) {
    let replicas = invocation.integer("replicas")
    if replicas < 0 {
      throw .error("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    }
    let items: [Item]
    do throws(Failure) {
      items = try invocation.items()
    } catch {
      guard error.isNotFound, let message = error.status?["message"]?.string else { throw error }
      throw .error("no objects passed to scale \(message)")
    }
    if items.isEmpty { throw .error("no objects passed to scale") }
    for item in items { try scale(item, to: replicas) }
  }

  private func scale(_ item: Item, to replicas: Int) throws(Failure) {
    let dryRun = try invocation.dryRun()
    guard item.resource.subresources.contains("scale") else {
      throw Failure(text: "Error from server (NotFound): the server could not find the requested resource")
    }
    let expected = invocation.integer("current-replicas")
    let current = item.object["spec", "replicas"]?.integer ?? 0
    if expected >= 0, current != Int64(expected) {
      throw .error("Expected replicas to be \(expected), was \(current)")
    }
    let revision = invocation.text("resource-version")
    if !revision.isEmpty, item.object["metadata", "resourceVersion"]?.string != revision {
      throw .error(
        "Expected resource version to be \(revision), was \(item.object["metadata", "resourceVersion"]?.string ?? "")")
    }
    var result = item
    if dryRun != .client {
      let path = item.resource.path(namespace: item.namespace, name: item.name, subresource: "scale")
      _ = try invocation.session.request(
        "PATCH", path, query: dryRun == .server ? [("dryRun", "All")] : [],
        body: ["spec": ["replicas": .integer(Int64(replicas))]], contentType: "application/merge-patch+json")
    }
    result.object["spec", "replicas"] = .integer(Int64(replicas))
    try invocation.report(result, "scaled", dryRun, ObjectPrinter(invocation))
    try wait(item, for: replicas)
  }

  private func wait(_ item: Item, for replicas: Int) throws(Failure) {
    let timeout = invocation.seconds("timeout")
    guard timeout > 0, try invocation.dryRun() == .none else { return }
    let deadline = invocation.session.transport.moment(after: timeout)
    let reached = try Waiting.until(item, deadline: deadline, invocation.session) { object in
      (object?["status", "replicas"]?.integer ?? 0) == Int64(replicas)
    }
    if !reached { throw .error("timed out waiting for \(quoted(item.name)) to be synced") }
  }
}
