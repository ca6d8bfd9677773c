import Tree

extension Command {
  static let apply = Command(
    name: "apply", summary: "Apply a configuration to a resource by file name or stdin", usage: "-f FILENAME",
    examples: ["kubectl apply -f pod.yaml", "cat pod.yaml | kubectl apply -f -"],
    flags: Flag.output + Flag.files + Flag.selector + Flag.all + Flag.dryRun + Flag.validate + [
      .text("field-manager", nil, "kubectl-client-side-apply", "Who is recorded to own the fields."),
      .isSwitch("server-side", "Whether the server merges, rather than kubectl."),
      .isSwitch("force-conflicts", "Whether to take over fields that others own (with --server-side)."),
      .isSwitch("overwrite", nil, true, "Whether to overwrite what others have changed."),
      .isSwitch("force", "Whether to delete and create anew what cannot be changed."),
      .isSwitch("prune", "Not supported here."), .isSwitch("wait", "Whether to wait for deletions."),
      .integer("grace-period", -1, "Seconds to end in when --force deletes."),
    ],
    run: { (invocation) throws(Failure) in try Apply(invocation).run() })
}

private struct Apply {
  static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

  let invocation: Invocation
  let session: Session
  private let printer: ObjectPrinter
  private let dryRun: Invocation.DryRun

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    session = invocation.session
    printer = try ObjectPrinter(invocation)
    dryRun = try invocation.dryRun()
  }

  func run() throws(Failure) {
    if invocation.list("filename").isEmpty, invocation.text("kustomize").isEmpty {
      throw .error("must specify one of -f and -k")
    }
    if !invocation.arguments.isEmpty {
      throw .usage("Unexpected args: [\(invocation.arguments.joined(separator: " "))]", invocation)
    }
    if invocation.isOn("prune") { throw .error("--prune is not supported in this terminal") }
    var problems: [Failure] = []
    var done: [Item] = []
    for document in try Manifests.read(invocation) {
      do throws(Failure) {
        done.append(try apply(try invocation.target(document)))
      } catch {
        problems.append(error)
      }
    }
    if !printer.isHuman, !done.isEmpty {
      session.out(done.count == 1 ? try printer.text(done[0]) : try printer.text(done))
    }
    for problem in problems.dropLast() { session.warn(problem.text) }
    if let last = problems.last { throw last }
  }

  private func say(_ item: Item, _ verb: String) {
    if printer.isHuman { session.line("\(item.title) \(verb)\(Invocation.suffix(dryRun))") }
  }

  private func apply(_ target: Target) throws(Failure) -> Item {
    if invocation.isOn("server-side") { return try applyOnServer(target) }
    guard target.name != nil else {
      throw .error("error when retrieving current configuration of:\nresource name may not be empty")
    }
    let item = Item(target)
    let modified = Self.annotated(item.object)
    do throws(Failure) {
      let current = try session.request("GET", target.path)
      return try change(item, from: current, to: modified)
    } catch {
      if error.httpStatus == 404, error.status?["details", "name"] != nil { return try create(item, modified) }
      throw error
    }
  }

  /// The manifest with itself, as it is written, in the annotation.
  private static func annotated(_ manifest: Value) -> Value {
    var plain = manifest
    plain["metadata", "annotations", annotation] = nil
    if plain["metadata", "annotations"]?.object == nil { plain["metadata", "annotations"] = [:] }
    var annotated = plain
    annotated["metadata", "annotations", annotation] = .string(plain.sortedByKeys.jsonText + "\n")
    return annotated
  }

  private func query() -> [(String, String)] {
    var query = [("fieldManager", invocation.text("field-manager")), ("fieldValidation", invocation.fieldValidation)]
    if dryRun == .server { query.append(("dryRun", "All")) }
    return query
  }

  private func create(_ item: Item, _ modified: Value) throws(Failure) -> Item {
    var result = item
    result.object = modified
    if dryRun != .client {
      do throws(Failure) {
        result.object = try session.request(
          "POST", item.resource.path(namespace: item.namespace), query: query(), body: modified)
      } catch {
        throw error.during("creating", item.source)
      }
    }
    say(result, "created")
    return result
  }

  private func change(_ item: Item, from current: Value, to modified: Value) throws(Failure) -> Item {
    let recorded = current["metadata", "annotations", Self.annotation]?.string
    if recorded == nil {
      session.warn(
        "Warning: resource \(item.resource.name)/\(item.name) is missing the \(Self.annotation) annotation which is "
          + "required by kubectl apply. kubectl apply should only be used on resources created declaratively by either "
          + "kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.")
    }
    let original = recorded.flatMap { try? JSON.parse($0) } ?? [:]
    let facts = MergeFacts(session.schema(of: item.resource), resource: item.resource)
    var result = item
    result.object = current
    let patch = ThreeWayMerge(facts: facts).patch(original: original, modified: modified, current: current)
    if patch == [:] {
      say(result, "unchanged")
      return result
    }
    if dryRun == .client {
      result.object = modified
    } else {
      do throws(Failure) {
        result.object = try session.request(
          "PATCH", item.path, query: query(), body: patch, contentType: facts.contentType)
      } catch {
        throw error.during("applying patch:\n\(patch.jsonText)\nto:\nResource: ", item.source, of: item)
      }
    }
    let isUnchanged = result.object["metadata", "resourceVersion"] == current["metadata", "resourceVersion"]
    say(result, isUnchanged && dryRun != .client ? "unchanged" : "configured")
    return result
  }

  private func applyOnServer(_ target: Target) throws(Failure) -> Item {
    var item = Item(target)
    let manager = invocation.wasSet("field-manager") ? invocation.text("field-manager") : "kubectl"
    var query = [("fieldManager", manager), ("fieldValidation", invocation.fieldValidation)]
    query.append(("force", invocation.isOn("force-conflicts") ? "true" : "false"))
    if dryRun == .server { query.append(("dryRun", "All")) }
    if dryRun == .client {
      throw .error("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
    }
    item.object = try session.request(
      "PATCH", item.path, query: query, body: item.object, contentType: "application/apply-patch+yaml")
    say(item, "serverside-applied")
    return item
  }
}

extension Invocation {
  /// What the server is to do with fields that the kind does not have.
  var fieldValidation: String {
    switch text("validate") {
    case "false", "ignore": "Ignore"
    case "warn": "Warn"
    default: "Strict"
    }
  }
}

extension Failure {
  /// A patch's refusal, with the object that was to be patched.
  fileprivate func during(_ action: String, _ source: String?, of item: Item) -> Failure {
    guard let source, let status, let httpStatus else { return self }
    let kind = "\(item.resource.apiVersion), Resource=\(item.resource.name)"
    let prefix =
      "error when \(action)\(quoted(kind)), GroupVersionKind: "
      + "\(quoted("\(item.resource.apiVersion), Kind=\(item.resource.kind)"))\n"
      + "Name: \(quoted(item.name)), Namespace: \(quoted(item.namespace ?? ""))\nfor: \(quoted(source)): "
    return .server(
      Reply(status: httpStatus, body: status.json), prefix: prefix + "error when patching \(quoted(source)): ")
  }
}
