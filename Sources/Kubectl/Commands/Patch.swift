import Tree

extension Command {
  static let patch = Command(
    name: "patch", summary: "Update fields of a resource",
    usage: "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
    examples: [#"kubectl patch deployment web -p '{"spec":{"replicas":2}}'"#],
    flags: Flag.output + Flag.files + Flag.dryRun + Flag.fieldManager("kubectl-patch") + [
      .text("patch", "p", "The patch, JSON or YAML."), .text("patch-file", "A file with the patch."),
      .text("type", nil, "strategic", "json, merge or strategic."), .text("subresource", "The subresource to patch."),
      .isSwitch("local", "Not supported here."),
    ],
    run: { (invocation) throws(Failure) in
      var text = invocation.text("patch")
      if invocation.wasSet("patch-file") {
        guard let file = invocation.session.files[Manifests.normalized(invocation.text("patch-file"))] else {
          throw .error("unable to read patch file: open \(invocation.text("patch-file")): no such file or directory")
        }
        text = file
      }
      if text.isEmpty { throw .error("must specify --patch or --patch-file containing the contents of the patch") }
      let types = [
        "json": "application/json-patch+json", "merge": "application/merge-patch+json",
        "strategic": "application/strategic-merge-patch+json",
      ]
      guard let contentType = types[invocation.text("type").lowercased()] else {
        throw .error(
          "--type must be one of [json merge strategic], not \(quoted(invocation.text("type")))")
      }
      let body = try patch(text)
      for target in try invocation.targets() {
        guard let name = target.name else { throw .error("resource(s) were provided, but no name was specified") }
        try apply(body, contentType, invocation, target, name)
      }
    })

  private static func patch(_ text: String) throws(Failure) -> Value {
    do {
      return try YAML.parse(text).first ?? .null
    } catch {
      throw .error("unable to parse \(quoted(text)): \(error.message)")
    }
  }

  private static func apply(
    _ body: Value, _ contentType: String, _ invocation: Invocation, _ target: Target, _ name: String
  ) throws(Failure) {
    let before = try invocation.session.request("GET", target.path)
    let dryRun = try invocation.dryRun()
    var item = Item(resource: target.resource, object: before)
    if dryRun == .client {
      item.object = contentType.hasPrefix("application/json-patch") ? before : MergePatch.apply(body, to: before)
    } else {
      let subresource = invocation.text("subresource")
      let path = target.resource.path(
        namespace: target.namespace, name: name, subresource: subresource.isEmpty ? nil : subresource)
      var query = [("fieldManager", invocation.text("field-manager"))]
      if dryRun == .server { query.append(("dryRun", "All")) }
      item.object = try invocation.session.request("PATCH", path, query: query, body: body, contentType: contentType)
    }
    let isChanged =
      item.object["metadata", "resourceVersion"] != before["metadata", "resourceVersion"] || dryRun == .client
    try invocation.report(item, isChanged ? "patched" : "patched (no change)", dryRun, ObjectPrinter(invocation))
  }
}
