import Tree

extension Command {
  static let replace = Command(
    name: "replace", summary: "Replace a resource by file name or stdin", usage: "-f FILENAME",
    examples: ["kubectl replace -f pod.yaml", "kubectl replace --force -f pod.yaml"],
    flags: Flag.output + Flag.files + Flag.dryRun + Flag.validate + Flag.fieldManager("kubectl-replace") + [
      .isSwitch("force", "Whether to delete and create anew."), .integer("grace-period", -1, "Seconds to end in."),
      .isSwitch("save-config", "Whether to note the configuration for a later kubectl apply."),
      .duration("timeout", "0s", "How long to wait for the deletion; 0 is for ever."),
    ],
    run: { (invocation) throws(Failure) in
      if invocation.list("filename").isEmpty { throw .error("must specify one of -f and -k") }
      for document in try Manifests.read(invocation) {
        let item = Item(try invocation.target(document))
        try invocation.isOn("force") ? recreate(item, invocation) : replace(item, invocation)
      }
    })

  private static func replace(_ item: Item, _ invocation: Invocation) throws(Failure) {
    let dryRun = try invocation.dryRun()
    var item = item
    if dryRun != .client {
      var query = [
        ("fieldManager", invocation.text("field-manager")), ("fieldValidation", invocation.fieldValidation),
      ]
      if dryRun == .server { query.append(("dryRun", "All")) }
      do throws(Failure) {
        if item.object["metadata", "resourceVersion"] == nil {
          let current = try invocation.session.request("GET", item.path)
          item.object["metadata", "resourceVersion"] = current["metadata", "resourceVersion"]
        }
        item.object = try invocation.session.request("PUT", item.path, query: query, body: item.object)
      } catch {
        throw error.during("replacing", item.source)
      }
    }
    try invocation.report(item, "replaced", dryRun, ObjectPrinter(invocation))
  }

  private static func recreate(_ item: Item, _ invocation: Invocation) throws(Failure) {
    let session = invocation.session
    do throws(Failure) {
      var options: Value = ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Background"]
      if invocation.integer("grace-period") >= 0 {
        options["gracePeriodSeconds"] = .integer(Int64(invocation.integer("grace-period")))
      }
      let answer = try session.request("DELETE", item.path, body: options)
      session.line(
        "\(item.resource.objectPrefix) \(quoted(item.name)) deleted"
          + (item.namespace.map { " from \($0) namespace" } ?? ""))
      let timeout = invocation.seconds("timeout")
      let uid = answer["details", "uid"]?.string ?? answer["metadata", "uid"]?.string ?? ""
      try Waiting.untilGone([(item, uid)], timeout: timeout > 0 ? timeout : nil, session)
    } catch {
      if !error.isNotFound { throw error }
    }
    try Creation(invocation).create(item, verb: "replaced")
  }
}
