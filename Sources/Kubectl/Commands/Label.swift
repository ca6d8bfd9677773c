import Tree

extension Command {
  static let label = marking(
    "label", "labels", "labeled", "Update the labels on a resource", "kubectl label pod web tier=front")
  static let annotate = marking(
    "annotate", "annotations", "annotated", "Update the annotations on a resource",
    "kubectl annotate pod web description='my pod'")

  private static func marking(
    _ name: String, _ field: String, _ done: String, _ summary: String, _ example: String
  ) -> Command {
    Command(
      name: name, summary: summary,
      usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N", examples: [example],
      flags: Flag.output + Flag.files + Flag.selector + Flag.fieldSelector + Flag.all + Flag.allNamespaces + Flag.dryRun
        + Flag.fieldManager("kubectl-\(name)") + [
          .isSwitch("overwrite", "Whether to replace what is there."),
          .isSwitch("list", "Whether to show what is there."),
          .text("resource-version", "The revision that it must have."),
          .isSwitch("local", "Not supported here."),
        ],
      run: { (invocation) throws(Failure) in try Marking(invocation, field: field, done: done).run() })
  }
}

/// `label` and `annotate`.
private struct Marking {
  let invocation: Invocation
  let field: String
  let done: String
  private let printer: ObjectPrinter

  init(_ invocation: Invocation, field: String, done: String) throws(Failure) {
    self.invocation = invocation
    self.field = field
    self.done = done
    printer = try ObjectPrinter(invocation)
  }

  private var singular: String { String(field.dropLast()) }

  func run() throws(Failure) {
    let (objects, changes) = try split()
    if objects.isEmpty, invocation.list("filename").isEmpty {
      throw .error("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    }
    if changes.isEmpty, !invocation.isOn("list") { throw .error("at least one \(singular) update is required") }
    let (added, removed) = try parse(changes)
    let items = try invocation.items(objects)
    if items.isEmpty { throw .error("no objects passed to \(invocation.command.name)") }
    for item in items {
      if invocation.isOn("list") { list(item) }
      if !changes.isEmpty { try mark(item, added, removed) }
    }
  }

  private func split() throws(Failure) -> (objects: [String], changes: [String]) {
    var objects: [String] = []
    var changes: [String] = []
    for argument in invocation.arguments {
      let isChange = argument.contains("=") || argument.hasSuffix("-")
      if isChange {
        changes.append(argument)
      } else if changes.isEmpty {
        objects.append(argument)
      } else {
        throw .error("all resources must be specified before \(singular) changes: \(argument)")
      }
    }
    return (objects, changes)
  }

  private func parse(_ changes: [String]) throws(Failure) -> (added: [(String, String)], removed: [String]) {
    var added: [(String, String)] = []
    var removed: [String] = []
    for change in changes {
      let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count > 1 {
        if parts[0].isEmpty { throw .error("invalid \(singular) spec: \(change)") }
        added.append((parts[0], parts[1]))
      } else {
        removed.append(String(change.dropLast()))
      }
    }
    for key in removed where added.contains(where: { $0.0 == key }) {
      throw .error("can not both modify and remove a \(singular) in the same command")
    }
    return (added, removed)
  }

  private func list(_ item: Item) {
    for member in (item.object["metadata", field]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      invocation.session.line("\(member.key)=\(member.value.string ?? "")")
    }
  }

  private func mark(_ item: Item, _ added: [(String, String)], _ removed: [String]) throws(Failure) {
    let present = item.object["metadata", field]
    if !invocation.isOn("overwrite") {
      let taken = added.compactMap { key, value in
        present?[key]?.string.flatMap {
          $0 == value && singular == "label" ? nil : "'\(key)' already has a value (\($0)), and --overwrite is false"
        }
      }
      if !taken.isEmpty {
        throw .error(taken.count == 1 ? taken[0] : "[" + taken.joined(separator: ", ") + "]")
      }
    }
    var change = Members()
    for (key, value) in added where present?[key]?.string != value { change[key] = .string(value) }
    for key in removed {
      if present?[key] == nil {
        invocation.session.line("\(singular) \(quoted(key)) not found.")
      } else {
        change[key] = .null
      }
    }
    let verb = verb(hasChanges: !change.isEmpty, onlyRemoves: change.allSatisfy { $0.value.isNull })
    let dryRun = try invocation.dryRun()
    var result = item
    if !change.isEmpty, dryRun != .client {
      var metadata: Value = [field: .object(change)]
      let revision = invocation.text("resource-version")
      if !revision.isEmpty { metadata["resourceVersion"] = .string(revision) }
      var query = [("fieldManager", invocation.text("field-manager"))]
      if dryRun == .server { query.append(("dryRun", "All")) }
      result.object = try invocation.session.request(
        "PATCH", item.path, query: query, body: ["metadata": metadata], contentType: "application/merge-patch+json")
    } else {
      result.object = MergePatch.apply(["metadata": [field: .object(change)]], to: item.object)
    }
    try invocation.report(result, verb, dryRun, printer)
  }

  private func verb(hasChanges: Bool, onlyRemoves: Bool) -> String {
    if field == "annotations" { return "annotated" }
    if !hasChanges { return "not labeled" }
    return onlyRemoves ? "unlabeled" : "labeled"
  }
}
