import Tree

extension Command {
  static let create = Command(
    name: "create", summary: "Create a resource from a file or from stdin", usage: "-f FILENAME",
    examples: ["kubectl create -f pod.yaml", "kubectl create deployment web --image=nginx --replicas=3"],
    flags: Creation.flags + Flag.files + Flag.selector + [
      .isSwitch("edit", "Not supported here."), .text("raw", "Not supported here."),
      .isSwitch("windows-line-endings", "Only for edit."),
    ],
    subcommands: Creators.all,
    run: { (invocation) throws(Failure) in
      if invocation.list("filename").isEmpty, invocation.text("kustomize").isEmpty {
        if let name = invocation.arguments.first {
          throw .usage("Unexpected args: [\(name)]", invocation)
        }
        throw .error("must specify one of -f and -k")
      }
      if !invocation.arguments.isEmpty {
        throw .usage("Unexpected args: [\(invocation.arguments.joined(separator: " "))]", invocation)
      }
      var problems: [Failure] = []
      for document in try Manifests.read(invocation) {
        do throws(Failure) {
          let target = try invocation.target(document)
          try Creation(invocation).create(Item(target))
        } catch {
          problems.append(error)
        }
      }
      for problem in problems.dropLast() { invocation.session.warn(problem.text) }
      if let last = problems.last { throw last }
    })
}

/// What all commands that create objects do in the end.
struct Creation {
  static let flags: [Flag] =
    Flag.output + Flag.dryRun + Flag.validate + Flag.fieldManager("kubectl-create") + [
      .isSwitch("save-config", "Whether to note the configuration for a later kubectl apply.")
    ]

  let invocation: Invocation
  private let printer: ObjectPrinter
  private let dryRun: Invocation.DryRun

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    printer = try ObjectPrinter(invocation)
    dryRun = try invocation.dryRun()
  }

  /// Creates an object of a kind that the command names itself.
  func create(_ object: Value) throws(Failure) {
    let session = invocation.session
    let resource = try session.discovery().resource(of: object)
    var item = Item(resource: resource, object: object)
    if resource.isNamespaced, dryRun != .client || session.namespaceWasSet {
      item.object["metadata", "namespace"] = .string(session.namespace)
    }
    try create(item)
  }

  @discardableResult
  func create(_ item: Item, verb: String = "created") throws(Failure) -> Item {
    var item = item
    if invocation.isOn("save-config") {
      item.object["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"] =
        .string(item.object.sortedByKeys.jsonText + "\n")
    }
    if dryRun != .client {
      var query = [("fieldManager", invocation.text("field-manager"))]
      if !invocation.text("validate").isEmpty { query.append(("fieldValidation", invocation.fieldValidation)) }
      if dryRun == .server { query.append(("dryRun", "All")) }
      do throws(Failure) {
        let namespace = item.resource.isNamespaced ? item.namespace ?? invocation.session.namespace : nil
        item.object = try invocation.session.request(
          "POST", item.resource.path(namespace: namespace), query: query, body: item.object)
      } catch {
        if item.source == nil, error.httpStatus != 422 { throw error.whileCreating(item.resource) }
        throw error.during("creating", item.source)
      }
    }
    try invocation.report(item, verb, dryRun, printer)
    return item
  }
}

extension Failure {
  /// `error: failed to create deployment: …`, as kubectl's generators say it.
  fileprivate func whileCreating(_ resource: Resource) -> Failure {
    guard let message = status?["message"]?.string else { return self }
    return Failure(
      text: "error: failed to create \(resource.kind.lowercased()): \(message)", httpStatus: httpStatus, status: status)
  }
}
