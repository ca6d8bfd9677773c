import Tree

extension Command {
  static let describe = Command(
    name: "describe", summary: "Show details of a specific resource or group of resources",
    usage: "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
    examples: ["kubectl describe pod web", "kubectl describe deployment/web", "kubectl describe nodes"],
    flags: Flag.files + Flag.selector + Flag.allNamespaces + [
      .isSwitch("show-events", nil, true, "Whether to show events."),
      .integer("chunk-size", Session.chunk, "Objects that one request brings."),
    ],
    run: { (invocation) throws(Failure) in
      if invocation.arguments.isEmpty, invocation.list("filename").isEmpty {
        throw .error(
          "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of "
            + "supported resources.")
      }
      let items = try found(invocation)
      let describer = Describer(session: invocation.session, showsEvents: invocation.isOn("show-events"))
      for (index, item) in items.enumerated() {
        if index > 0 { invocation.session.out("\n\n") }
        invocation.session.out(try describer.text(item))
      }
      if items.isEmpty {
        let isGlobal = invocation.isOn("all-namespaces")
        invocation.session.warn(
          "No resources found" + (isGlobal ? "" : " in \(invocation.session.namespace) namespace."))
      }
    })

  /// What is named; a name that is not there may be the start of others' names.
  private static func found(_ invocation: Invocation) throws(Failure) -> [Item] {
    do throws(Failure) {
      return try invocation.items(allowsAll: true)
    } catch {
      guard error.isNotFound, invocation.arguments.count == 2, let target = try invocation.targets().first,
        let prefix = target.name
      else { throw error }
      let all = Target(resource: target.resource, namespace: target.namespace, name: nil)
      let items = try invocation.session.list(all, query: []).items.filter { $0.name.hasPrefix(prefix) }
      if items.isEmpty { throw error }
      return items
    }
  }
}
