import Tree

extension Command {
  static let events = Command(
    name: "events", summary: "List events",
    usage: "[(-o|--output=)json|yaml] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]",
    examples: ["kubectl events", "kubectl events --for pod/web --watch"],
    flags: Flag.output + Flag.allNamespaces + [
      .text("for", "Only those about this object: TYPE/NAME."),
      .isSwitch("watch", "w", "Whether to go on showing new ones."),
      .list("types", "Normal, Warning."), .isSwitch("no-headers", "Whether to leave out the headers."),
      .integer("chunk-size", Session.chunk, "Objects that one request brings."),
    ],
    run: { (invocation) throws(Failure) in try EventList(invocation).run() })
}

private struct EventList {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let resource = try session.discovery().resource("events")
    let namespace = invocation.isOn("all-namespaces") ? nil : session.namespace
    let target = Target(resource: resource, namespace: namespace, name: nil)
    let query = try query()
    let list = try session.list(target, query: query)
    let items = list.items.filter { isWanted($0.object) }.enumerated().sorted { left, right in
      let (first, second) = (Events.lastSeen(left.element.object), Events.lastSeen(right.element.object))
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    let printer = try ObjectPrinter(invocation)
    if !printer.isHuman { return session.out(try printer.text(items)) }
    if items.isEmpty, !invocation.isOn("watch") {
      return session.warn(namespace.map { "No events found in \($0) namespace." } ?? "No events found.")
    }
    var table = TextTable()
    if !invocation.isOn("no-headers") {
      table.add((namespace == nil ? ["NAMESPACE"] : []) + ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"])
    }
    for item in items { table.add(row(item.object, showsNamespace: namespace == nil)) }
    session.out(table.flush())
    if !invocation.isOn("watch") { return }
    try session.watch(target.path, query: query + [("resourceVersion", list.revision)]) { event in
      if let object = event["object"], event["type"] == "ADDED" || event["type"] == "MODIFIED", isWanted(object) {
        table.add(row(object, showsNamespace: namespace == nil))
        session.out(table.flush())
      }
      return event["type"] != "ERROR"
    }
  }

  private func query() throws(Failure) -> [(String, String)] {
    let word = invocation.text("for")
    if word.isEmpty { return [] }
    let parts = word.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw .error("--for must be in resource/name form") }
    let resource = try session.discovery().resource(parts[0])
    return [("fieldSelector", "involvedObject.kind=\(resource.kind),involvedObject.name=\(parts[1])")]
  }

  private func isWanted(_ event: Value) -> Bool {
    let types = invocation.list("types").map { $0.lowercased() }
    return types.isEmpty || types.contains(event["type"]?.string?.lowercased() ?? "")
  }

  private func row(_ event: Value, showsNamespace: Bool) -> [String] {
    let about = event["involvedObject"]
    let object = "\(about?["kind"]?.string ?? "")/\(about?["name"]?.string ?? "")"
    let cells = [
      Events.age(event, session.transport.now), event["type"]?.string ?? "", event["reason"]?.string ?? "", object,
      (event["message"]?.string ?? "").trimmingBlanks,
    ]
    return (showsNamespace ? [event["metadata", "namespace"]?.string ?? ""] : []) + cells
  }
}
