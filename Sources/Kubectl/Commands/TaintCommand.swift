import Tree

extension Command {
  static let taint = Command(
    name: "taint", summary: "Update the taints on one or more nodes",
    usage: "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
    examples: ["kubectl taint nodes node-1 dedicated=special:NoSchedule", "kubectl taint nodes node-1 dedicated-"],
    flags: Flag.output + Flag.selector + Flag.all + Flag.dryRun + Flag.fieldManager("kubectl-taint") + [
      .isSwitch("overwrite", "Whether to replace a taint's value.")
    ],
    run: { (invocation) throws(Failure) in try Tainting(invocation).run() })
}

/// A node's taint as text.
enum Taint {
  /// `key=value:Effect`, `key:Effect`.
  static func text(_ taint: Value) -> String {
    let value = taint["value"]?.string ?? ""
    return (taint["key"]?.string ?? "") + (value.isEmpty ? "" : "=" + value) + ":" + (taint["effect"]?.string ?? "")
  }
}

private struct Tainting {
  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  private struct Change {
    let key: String
    var value = ""
    var effect = ""
    var removes = false
  }

  func run() throws(Failure) {
    let isChange = { (word: String) in word.contains(":") || word.hasSuffix("-") || word.contains("=") }
    let changes = try parse(invocation.arguments.filter(isChange))
    let objects = invocation.arguments.filter { !isChange($0) }
    if objects.isEmpty {
      throw .error("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    }
    if changes.isEmpty { throw .error("at least one taint update is required") }
    for item in try invocation.items(objects) {
      if item.resource.kind != "Node" {
        throw .error("invalid resource type \(item.resource.name), only node types are supported")
      }
      try taint(item, changes)
    }
  }

  private func parse(_ words: [String]) throws(Failure) -> [Change] {
    var changes: [Change] = []
    for word in words {
      let removes = word.hasSuffix("-")
      let text = removes ? String(word.dropLast()) : word
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let effect = parts.count > 1 ? parts[1] : ""
      if parts.count < 2, !removes { throw .error("invalid taint spec: \(word)") }
      if !effect.isEmpty, !Self.effects.contains(effect) {
        throw .usage("invalid taint effect: \(effect), unsupported taint effect", invocation)
      }
      if pair[0].isEmpty { throw .error("invalid taint spec: \(word)") }
      changes.append(Change(key: pair[0], value: pair.count > 1 ? pair[1] : "", effect: effect, removes: removes))
    }
    return changes
  }

  private func taint(_ node: Item, _ changes: [Change]) throws(Failure) {
    var taints = node.object["spec", "taints"]?.array ?? []
    var verbs: Set<String> = []
    for change in changes {
      let matches = { (taint: Value) in
        taint["key"]?.string == change.key && (change.effect.isEmpty || taint["effect"]?.string == change.effect)
      }
      if change.removes {
        if !taints.contains(where: matches) {
          throw .error("taint \(quoted(change.key + (change.effect.isEmpty ? "" : ":" + change.effect))) not found")
        }
        taints.removeAll(where: matches)
        verbs.insert("untainted")
        continue
      }
      if taints.contains(where: matches), !invocation.isOn("overwrite") {
        throw .error(
          "node \(node.name) already has \(change.key) taint(s) with same effect(s) and --overwrite is false")
      }
      verbs.insert(taints.contains(where: matches) ? "modified" : "tainted")
      taints.removeAll(where: matches)
      var taint: Value = ["effect": .string(change.effect), "key": .string(change.key)]
      if !change.value.isEmpty { taint["value"] = .string(change.value) }
      taints.append(taint)
    }
    let dryRun = try invocation.dryRun()
    var result = node
    if dryRun != .client {
      result.object = try invocation.session.request(
        "PATCH", node.path,
        query: [("fieldManager", invocation.text("field-manager"))] + (dryRun == .server ? [("dryRun", "All")] : []),
        body: ["spec": ["taints": taints.isEmpty ? .null : .array(taints)]],
        contentType: "application/merge-patch+json")
    }
    try invocation.report(result, verbs.count == 1 ? verbs.first ?? "" : "modified", dryRun, ObjectPrinter(invocation))
  }
}
