import Tree

extension Command {
  static let get = Command(
    name: "get", summary: "Display one or many resources",
    usage: "(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...)",
    examples: [
      "kubectl get pods", "kubectl get pods -o wide", "kubectl get deployment web -o yaml", "kubectl get pods -w",
      "kubectl get pods -l app=web -o jsonpath='{.items[*].metadata.name}'",
    ],
    flags: Flag.output + Flag.files + Flag.selector + Flag.fieldSelector + Flag.allNamespaces + [
      .isSwitch("watch", "w", "Whether to go on showing changes."),
      .isSwitch("watch-only", "Whether to show changes only."),
      .isSwitch("output-watch-events", "Whether to show what kind of change each is."),
      .isSwitch("show-labels", "Whether to show all labels as the last column."),
      .isSwitch("show-kind", "Whether to write the kind before each name."),
      .isSwitch("no-headers", "Whether to leave out the headers."),
      .isSwitch("ignore-not-found", "Whether what is not there is no error."),
      .list("label-columns", "L", "Labels to show as columns."),
      .text("sort-by", "A JSONPath expression to sort by, such as .metadata.name."),
      .text("subresource", "The subresource to show, such as status."),
      .integer("chunk-size", Session.chunk, "Objects that one request brings."),
      .isSwitch("server-print", nil, true, "Whether the server makes the table."),
      .text("raw", "A path to ask the server for as it is."),
    ],
    run: { (invocation) throws(Failure) in try Get(invocation).run() })
}

private struct Get {
  let invocation: Invocation
  let session: Session
  let printer: ObjectPrinter
  private let sortPath: JSONPath?

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    session = invocation.session
    printer = try ObjectPrinter(invocation)
    sortPath = try Sorting.path(invocation.text("sort-by"))
  }

  func run() throws(Failure) {
    let raw = invocation.text("raw")
    if !raw.isEmpty {
      let reply = try session.reply("GET", raw)
      session.out(String(decoding: reply.body, as: UTF8.self))
      return
    }
    if invocation.arguments.isEmpty, invocation.list("filename").isEmpty {
      throw Failure(
        text: "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of "
          + "supported resources.\n\nerror: Required resource not specified.\nUse \"kubectl explain <resource>\" for a "
          + "detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and "
          + "examples")
    }
    let targets = try invocation.targets(allowsAll: true)
    if invocation.isOn("watch") || invocation.isOn("watch-only") { return try watch(targets) }
    try printer.isHuman ? tables(targets) : objects(targets)
  }

  private var subresource: String? { invocation.text("subresource").isEmpty ? nil : invocation.text("subresource") }

  private func path(_ target: Target) -> String {
    target.resource.path(
      namespace: target.namespace, name: target.name, subresource: target.name == nil ? nil : subresource)
  }

  // MARK: Objects

  private func objects(_ targets: [Target]) throws(Failure) {
    var items: [Item] = []
    var problems: [Failure] = []
    for target in targets {
      do throws(Failure) {
        if target.name == nil {
          items += try session.list(target, query: invocation.listQuery()).items
        } else {
          items.append(Item(resource: target.resource, object: try session.request("GET", path(target))))
        }
      } catch {
        if !(error.isNotFound && invocation.isOn("ignore-not-found")) { problems.append(error) }
      }
    }
    if let sortPath { items = try Sorting.sort(items, by: sortPath, invocation.text("sort-by")) { $0.object } }
    let isSingle = targets.count == 1 && targets[0].name != nil
    if !(items.isEmpty && (isSingle || !problems.isEmpty)) {
      session.out(isSingle ? try printer.text(items[0]) : try printer.text(items))
    }
    try end(problems)
  }

  private func end(_ problems: [Failure]) throws(Failure) {
    for problem in problems.dropLast() { session.warn(problem.text) }
    if let last = problems.last { throw last }
  }

  // MARK: Tables

  private func table(_ target: Target) throws(Failure) -> ServerTable {
    var query: [(String, String)] = target.name == nil ? invocation.listQuery() : []
    if target.name == nil { query.append(("limit", String(Session.chunk))) }
    if sortPath != nil { query.append(("includeObject", "Object")) }
    var table: ServerTable
    do throws(Failure) {
      table = ServerTable(try session.request("GET", path(target), query: query, accept: ServerTable.accept))
    } catch {
      throw error.whileFinding(target.resource, query)
    }
    while !table.next.isEmpty {
      let more = query + [("continue", table.next)]
      let page = ServerTable(try session.request("GET", path(target), query: more, accept: ServerTable.accept))
      var whole = page
      whole.rows = table.rows + page.rows
      table = whole
    }
    return table
  }

  private func options(_ target: Target, hasSeveralKinds: Bool) -> ServerTable.Options {
    var options = ServerTable.Options()
    options.isWide = printer.isWide
    options.showsNamespace = invocation.isOn("all-namespaces") && target.resource.isNamespaced
    options.showsLabels = invocation.isOn("show-labels")
    options.labelColumns = invocation.list("label-columns")
    options.showsEventTypes = invocation.isOn("output-watch-events")
    options.showsHeader = !invocation.isOn("no-headers")
    if hasSeveralKinds || invocation.isOn("show-kind") { options.prefix = target.resource.objectPrefix + "/" }
    return options
  }

  private func tables(_ targets: [Target]) throws(Failure) {
    var groups: [(target: Target, table: ServerTable)] = []
    var problems: [Failure] = []
    for target in targets {
      do throws(Failure) {
        let table = try table(target)
        if let last = groups.indices.last, groups[last].target.resource == target.resource {
          groups[last].table.append(table)
        } else {
          groups.append((target, table))
        }
      } catch {
        if !(error.isNotFound && invocation.isOn("ignore-not-found")) { problems.append(error) }
      }
    }
    let hasSeveralKinds = Set(targets.map(\.resource)).count > 1
    try show(groups.filter { !$0.table.rows.isEmpty }, hasSeveralKinds: hasSeveralKinds)
    if groups.allSatisfy({ $0.table.rows.isEmpty }), problems.isEmpty, !groups.isEmpty { sayNothingFound(targets) }
    try end(problems)
  }

  private func show(_ groups: [(target: Target, table: ServerTable)], hasSeveralKinds: Bool) throws(Failure) {
    for (index, group) in groups.enumerated() {
      if index > 0 { session.out("\n") }
      let options = options(group.target, hasSeveralKinds: hasSeveralKinds)
      var text = TextTable()
      if options.showsHeader { text.add(group.table.header(options)) }
      var rows = group.table.rows
      if let sortPath {
        rows = try Sorting.sort(rows, by: sortPath, invocation.text("sort-by")) { $0["object"] ?? .null }
      }
      for row in rows { text.add(group.table.cells(row, event: "ADDED", options)) }
      session.out(text.flush())
    }
  }

  private func sayNothingFound(_ targets: [Target]) {
    if targets.allSatisfy({ $0.name != nil }) || invocation.isOn("ignore-not-found") { return }
    let namespaces = targets.compactMap(\.namespace)
    session.warn("No resources found" + (namespaces.first.map { " in \($0) namespace." } ?? ""))
  }

  // MARK: Watching

  private func watch(_ targets: [Target]) throws(Failure) {
    guard let target = targets.first, Set(targets.map(\.resource)).count == 1 else {
      throw .error("you may only specify a single resource type")
    }
    if targets.count > 1 { throw .error("watch is only supported on individual resources and resource collections") }
    let accept = printer.isHuman ? ServerTable.accept : Session.json
    var query = invocation.listQuery()
    if let name = target.name { query.append(("fieldSelector", "metadata.name=\(name)")) }
    let path = target.resource.path(namespace: target.namespace)
    let listQuery = target.name == nil ? query + [("limit", String(Session.chunk))] : []
    let first = try session.request("GET", self.path(target), query: listQuery, accept: accept)
    var revision = first["metadata", "resourceVersion"]?.string ?? ""
    var shower = WatchShower(
      session: session, printer: printer, resource: target.resource,
      options: options(target, hasSeveralKinds: false))
    if !invocation.isOn("watch-only") { try shower.start(first) }
    if let name = target.name, revision.isEmpty { revision = Self.revision(of: first, name) }
    query.append(("resourceVersion", revision))
    var problem: Failure?
    try session.watch(path, query: query, accept: accept) { event in
      do throws(Failure) {
        return try shower.show(event)
      } catch {
        problem = error
        return false
      }
    }
    if let problem { throw problem }
  }

  private static func revision(of table: Value, _ name: String) -> String {
    table["rows"]?.array?.first?["object", "metadata", "resourceVersion"]?.string ?? ""
  }
}

/// Shows a list and then its changes.
private struct WatchShower {
  let session: Session
  let printer: ObjectPrinter
  let resource: Resource
  let options: ServerTable.Options
  private var table = TextTable()
  private var columns: [(name: String, priority: Int)] = []
  private var hasHeader = false

  init(session: Session, printer: ObjectPrinter, resource: Resource, options: ServerTable.Options) {
    self.session = session
    self.printer = printer
    self.resource = resource
    self.options = options
  }

  mutating func start(_ answer: Value) throws(Failure) {
    if printer.isHuman {
      show(ServerTable(answer), event: "ADDED")
      return
    }
    for object in answer["items"]?.array ?? [answer] { try show(object, event: "ADDED") }
  }

  /// Shows one event; false if the stream is of no more use.
  mutating func show(_ event: Value) throws(Failure) -> Bool {
    let type = event["type"]?.string ?? ""
    guard let object = event["object"], type != "BOOKMARK" else { return true }
    if type == "ERROR" { throw .server(Reply(status: Int(object["code"]?.integer ?? 500), body: object.json)) }
    if printer.isHuman {
      show(ServerTable(object, columns: columns), event: type)
    } else {
      try show(object, event: type)
    }
    return true
  }

  private mutating func show(_ answer: ServerTable, event: String) {
    if answer.rows.isEmpty { return }
    if !answer.columns.isEmpty { columns = answer.columns }
    if !hasHeader, options.showsHeader { table.add(answer.header(options)) }
    hasHeader = true
    for row in answer.rows { table.add(answer.cells(row, event: event, options)) }
    session.out(table.flush())
  }

  private mutating func show(_ object: Value, event: String) throws(Failure) {
    let shown: Value = options.showsEventTypes ? ["type": .string(event), "object": object] : object
    if case .yaml = printer.form, hasHeader { session.out("---\n") }
    hasHeader = true
    session.out(try printer.text(Item(resource: resource, object: shown)))
    if case .template = printer.form { session.out("\n") }
  }
}
