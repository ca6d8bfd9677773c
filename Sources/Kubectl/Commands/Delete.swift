import Tree

extension Command {
  static let delete = Command(
    name: "delete",
    summary: "Delete resources by file names, stdin, resources and names, or by resources and label selector",
    usage: "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
    examples: ["kubectl delete pod web", "kubectl delete -f pod.yaml", "kubectl delete pods -l app=web"],
    flags: Flag.files + Flag.selector + Flag.fieldSelector + Flag.allNamespaces + Flag.all + Flag.dryRun + [
      .text(
        "cascade", nil, "background", bare: "background", "What becomes of dependents: background, orphan, foreground."),
      .isSwitch("force", "Whether to remove the object at once, without waiting for what it stands for to end."),
      .integer("grace-period", -1, "Seconds to end in; negative for the object's own."),
      .isSwitch("now", "The same as --grace-period=1."),
      .isSwitch("ignore-not-found", "Whether what is not there is no error."),
      .isSwitch("wait", nil, true, "Whether to wait until the objects are gone."),
      .duration("timeout", "0s", "How long to wait; 0 is for ever."),
      .text("output", "o", "name prints names only."), .isSwitch("interactive", "i", "Not supported here."),
    ],
    run: { (invocation) throws(Failure) in try Delete(invocation).run() })
}

private struct Delete {
  let invocation: Invocation
  let session: Session
  private var gracePeriod: Int
  private let dryRun: Invocation.DryRun

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    session = invocation.session
    gracePeriod = invocation.integer("grace-period")
    dryRun = try invocation.dryRun()
    let output = invocation.text("output")
    if !output.isEmpty, output != "name" {
      throw .error("unexpected -o output mode: \(output). We only support '-o name'")
    }
    if invocation.isOn("now") {
      if gracePeriod != -1 { throw .error("--now and --grace-period cannot be specified together") }
      gracePeriod = 1
    }
    if invocation.isOn("force"), gracePeriod == -1 { gracePeriod = 0 }
    if gracePeriod == 0, !invocation.isOn("force") {
      // Without --force a pod gets the shortest period that still lets its node know.
      gracePeriod = 1
    }
  }

  func run() throws(Failure) {
    if gracePeriod == 0, dryRun == .none {
      session.warn(
        "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The "
          + "resource may continue to run on the cluster indefinitely.")
    }
    let byName = try invocation.targets().filter { $0.name != nil }
    let isListed = byName.isEmpty
    var found: [(Item, Failure?)] = []
    if isListed {
      for target in try invocation.targets() {
        for item in try session.list(target, query: invocation.listQuery()).items { found.append((item, nil)) }
      }
    } else {
      for target in byName { found.append((Item(target), nil)) }
    }
    var problems: [Failure] = []
    var deleted: [(Item, uid: String)] = []
    for (item, _) in found {
      do throws(Failure) {
        deleted.append((item, try delete(item)))
      } catch {
        if !(error.isNotFound && (invocation.isOn("ignore-not-found") || isListed)) {
          problems.append(error.during("deleting", item.source))
        }
      }
    }
    for problem in problems.dropLast() { session.warn(problem.text) }
    if found.isEmpty { session.line("No resources found") }
    if invocation.isOn("wait"), dryRun == .none {
      let timeout = invocation.seconds("timeout")
      try Waiting.untilGone(deleted, timeout: timeout == 0 ? nil : timeout, session)
    }
    if let last = problems.last { throw last }
  }

  /// Deletes one object; the answer is its UID, as far as the server says it.
  private func delete(_ item: Item) throws(Failure) -> String {
    if dryRun == .client {
      say(item)
      return ""
    }
    var body: Value = ["kind": "DeleteOptions", "apiVersion": "v1"]
    if gracePeriod >= 0 { body["gracePeriodSeconds"] = .integer(Int64(gracePeriod)) }
    if dryRun == .server { body["dryRun"] = ["All"] }
    body["propagationPolicy"] = try propagation()
    let answer = try session.request("DELETE", item.path, body: body)
    say(item)
    return answer["details", "uid"]?.string ?? answer["metadata", "uid"]?.string ?? ""
  }

  private func propagation() throws(Failure) -> Value {
    switch invocation.text("cascade") {
    case "background", "true": return "Background"
    case "orphan", "false": return "Orphan"
    case "foreground": return "Foreground"
    case let other:
      throw .error("invalid cascade value (\(other)). Must be \"background\", \"foreground\", or \"orphan\"")
    }
  }

  private func say(_ item: Item) {
    if invocation.text("output") == "name" { return session.line(item.title) }
    let verb = (gracePeriod == 0 ? "force deleted" : "deleted") + Invocation.suffix(dryRun)
    let place = item.namespace.map { " from \($0) namespace" } ?? ""
    session.line("\(item.resource.objectPrefix) \(quoted(item.name)) \(verb)\(place)")
  }
}

extension Item {
  /// An object of which no more is known than its name.
  init(_ target: Target) {
    var metadata: Value = ["name": .string(target.name ?? "")]
    metadata["namespace"] = target.namespace.map { .string($0) }
    self.init(resource: target.resource, object: target.manifest ?? ["metadata": metadata], source: target.source)
    if target.manifest != nil { object["metadata", "namespace"] = target.namespace.map { .string($0) } }
  }
}
