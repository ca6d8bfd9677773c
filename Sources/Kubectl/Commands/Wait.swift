import Tree

extension Command {
  static let wait = Command(
    name: "wait", summary: "Experimental: Wait for a specific condition on one or many resources",
    usage:
      "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
    examples: ["kubectl wait --for=condition=Ready pod/web --timeout=60s", "kubectl wait --for=delete pod/web"],
    flags: Flag.output + Flag.files + Flag.selector + Flag.fieldSelector + Flag.all + Flag.allNamespaces + [
      .array("for", "create, delete, condition=NAME[=VALUE], or jsonpath='{…}'[=VALUE]."),
      .duration("timeout", "30s", "How long to wait; 0 checks once, negative is a week."),
      .isSwitch("local", "Not supported here."),
    ],
    run: { (invocation) throws(Failure) in try Wait(invocation).run() })
}

private struct Wait {
  enum Goal {
    case delete, create
    case condition(String, String)
    case path(JSONPath, String?)
  }

  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let goal = try goal(invocation.list("for").last ?? "")
    var seconds = invocation.seconds("timeout")
    if seconds < 0 { seconds = 7 * 86_400 }
    let deadline = session.transport.moment(after: seconds)
    let items = try found(goal)
    if items.isEmpty {
      if case .delete = goal { return }
      throw .error("no matching resources found")
    }
    var problems: [Failure] = []
    for item in items {
      do throws(Failure) {
        try wait(item, goal, deadline)
      } catch {
        problems.append(error)
      }
    }
    for problem in problems.dropLast() { session.warn(problem.text) }
    if let last = problems.last { throw last }
  }

  private func goal(_ text: String) throws(Failure) -> Goal {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch parts[0].lowercased() {
    case "delete" where parts.count == 1: return .delete
    case "create" where parts.count == 1: return .create
    case "condition" where parts.count == 2:
      let pair = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return .condition(pair[0], pair.count > 1 ? pair[1] : "true")
    case "jsonpath" where parts.count == 2: return try path(parts[1])
    default: throw .error("unrecognized condition: \(quoted(text))")
    }
  }

  private func path(_ text: String) throws(Failure) -> Goal {
    guard let end = text.lastIndex(of: "}") else {
      throw .error("jsonpath expression must be in braces: \(quoted(text))")
    }
    let rest = text[text.index(after: end)...]
    if !rest.isEmpty, !rest.hasPrefix("=") || rest.utf8.count == 1 {
      throw .error("jsonpath wait value cannot be empty: \(quoted(text))")
    }
    do {
      let path = try JSONPath(relaxed: String(text[...end]))
      return .path(path, rest.isEmpty ? nil : String(rest.dropFirst()).unquoted)
    } catch {
      throw .error("error parsing jsonpath \(text[...end]), \(error.message)")
    }
  }

  /// The objects; what is to be created or gone need not be there.
  private func found(_ goal: Goal) throws(Failure) -> [Item] {
    if invocation.arguments.isEmpty, invocation.list("filename").isEmpty {
      throw .error(
        "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"
      )
    }
    switch goal {
    case .delete, .create:
      let targets = try invocation.targets()
      var items = targets.filter { $0.name != nil }.map { Item($0) }
      for target in targets where target.name == nil { items += try invocation.items(of: target) }
      return items
    case .condition, .path: return try invocation.items()
    }
  }

  private func wait(_ item: Item, _ goal: Goal, _ deadline: Int64) throws(Failure) {
    var uid: Value?
    var isFirst = true
    var result = item
    let holds = try Waiting.until(item, deadline: deadline, session) { (object) throws(Failure) in
      if isFirst { uid = object?["metadata", "uid"] }
      isFirst = false
      if let object { result.object = object }
      switch goal {
      case .delete: return object == nil || object?["metadata", "uid"] != uid
      case .create: return object != nil
      case .condition(let name, let value): return Self.has(object, name, value)
      case .path(let path, let value): return try Self.matches(object, path, value)
      }
    }
    if holds {
      if case .delete = goal, result.object["kind"] == nil { return }
      return try invocation.report(result, "condition met", .none, ObjectPrinter(invocation))
    }
    if session.isCancelled { throw Failure(text: "", code: 130) }
    throw .error("timed out waiting for the condition on \(item.resource.name)/\(item.name)")
  }

  private static func has(_ object: Value?, _ name: String, _ value: String) -> Bool {
    let condition = (object?["status", "conditions"]?.array ?? []).first {
      $0["type"]?.string?.lowercased() == name.lowercased()
    }
    let generation = object?["metadata", "generation"]?.integer
    if let generation,
      let observed = condition?["observedGeneration"]?.integer ?? object?["status", "observedGeneration"]?.integer,
      observed < generation
    {
      return false
    }
    return condition?["status"]?.string?.lowercased() == value.lowercased()
  }

  private static func matches(_ object: Value?, _ path: JSONPath, _ value: String?) throws(Failure) -> Bool {
    guard let object else { return false }
    do {
      let found = try path.results(in: object)
      if found.isEmpty { return false }
      guard let value else { return true }
      if found.count > 1 { throw Failure.error("given jsonpath expression matches more than one value") }
      if found[0].array != nil || found[0].object != nil {
        throw Failure.error("jsonpath leads to a nested object or list whose value cannot be compared with a string")
      }
      return JSONPath.text(found[0]) == value
    } catch let error as JSONPath.TemplateError {
      throw .error(error.message)
    } catch let error as Failure {
      throw error
    } catch {
      return false
    }
  }
}

extension String {
  /// The text without a pair of quotes around it.
  fileprivate var unquoted: String {
    guard utf8.count > 1, let first, first == last, first == "'" || first == "\"" else { return self }
    return String(dropFirst().dropLast())
  }
}
