import Tree

extension Command {
  static let set = Command(
    name: "set", summary: "Set specific features on objects",
    subcommands: [setEnv, setImage, setResources, setServiceAccount, setSelector])

  private static let shared: [Flag] =
    Flag.output + Flag.files + Flag.selector + Flag.all + Flag.dryRun + Flag.fieldManager("kubectl-set") + [
      .isSwitch("local", "Not supported here: use --dry-run=client.")
    ]

  private static let containers: Flag = .text("containers", "c", "*", "The containers' name; * for all.")

  private static let setImage = Command(
    name: "image", summary: "Update the image of a pod template",
    usage: "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
    examples: ["kubectl set image deployment/web nginx=nginx:1.27", "kubectl set image deployment/web '*=nginx:1.27'"],
    flags: shared, run: { (invocation) throws(Failure) in try SetOnTemplates(invocation).image() })

  private static let setEnv = Command(
    name: "env", summary: "Update environment variables on a pod template",
    usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
    examples: ["kubectl set env deployment/web MODE=test", "kubectl set env deployment/web MODE-"],
    flags: shared + [
      containers, .isSwitch("list", "Whether to show the variables only."),
      .isSwitch("overwrite", nil, true, "Whether to replace values."),
      .text("from", "A config map or secret to take variables from: configmap/name."),
      .text("prefix", "What to write before names that --from takes."), .array("env", "e", "A variable: KEY=VALUE."),
      .list("keys", "Which keys of --from to take."),
    ], run: { (invocation) throws(Failure) in try SetOnTemplates(invocation).env() })

  private static let setResources = Command(
    name: "resources", summary: "Update resource requests/limits on objects with pod templates",
    usage: "(-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS])",
    examples: ["kubectl set resources deployment web --limits=cpu=200m,memory=512Mi --requests=cpu=100m"],
    flags: shared + [
      containers, .text("limits", "What a container may use at most: cpu=200m,memory=512Mi."),
      .text("requests", "What a container is promised: cpu=100m."),
    ], run: { (invocation) throws(Failure) in try SetOnTemplates(invocation).resources() })

  private static let setServiceAccount = Command(
    name: "serviceaccount", aliases: ["sa"], summary: "Update the service account of a resource",
    usage: "(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT", flags: shared,
    run: { (invocation) throws(Failure) in try SetOnTemplates(invocation).serviceAccount() })

  private static let setSelector = Command(
    name: "selector", summary: "Set the selector on a resource", usage: "(-f FILENAME | TYPE NAME) EXPRESSIONS",
    flags: shared, run: { (invocation) throws(Failure) in try SetOnTemplates(invocation).selector() })
}

/// Changes to the pods that objects make.
private struct SetOnTemplates {
  let invocation: Invocation
  private let session: Session
  private let printer: ObjectPrinter

  init(_ invocation: Invocation) throws(Failure) {
    self.invocation = invocation
    session = invocation.session
    printer = try ObjectPrinter(invocation)
    if invocation.isOn("local") {
      throw .error("--local is not supported in this terminal: use --dry-run=client -o yaml")
    }
  }

  /// Arguments that say what, and those that say to what.
  private func split(isChange: (String) -> Bool) throws(Failure) -> (objects: [String], changes: [String]) {
    let changes = invocation.arguments.filter(isChange)
    let objects = invocation.arguments.filter { !isChange($0) }
    if objects.isEmpty, invocation.list("filename").isEmpty {
      throw invocation.nothingNamed
    }
    return (objects, changes)
  }

  private static func pair(_ text: String) -> (key: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : "")
  }

  private static func templatePath(_ item: Item) throws(Failure) -> [String] {
    switch item.resource.kind {
    case "Pod": return ["spec"]
    case "CronJob": return ["spec", "jobTemplate", "spec", "template", "spec"]
    default:
      if item.object["spec", "template", "spec"] != nil { return ["spec", "template", "spec"] }
      throw .error("the object is not a pod or does not have a pod template: \(item.resource.kind)")
    }
  }

  private static func podSpec(_ item: Item) throws(Failure) -> Value {
    var value: Value? = item.object
    for step in try templatePath(item) { value = value?[step] }
    return value ?? [:]
  }

  /// Sends changes of containers as a strategic merge patch, and says what was done.
  private func patch(_ item: Item, list: String, _ changes: [Value], _ verb: String) throws(Failure) {
    let names = (try Self.podSpec(item)[list]?.array ?? []).map { Value.object(Members([("name", $0["name"] ?? "")])) }
    try patch(item, spec: ["$setElementOrder/" + list: .array(names), list: .array(changes)], verb)
  }

  private func patch(_ item: Item, spec: Value, _ verb: String) throws(Failure) {
    var body: Value = [:]
    body.set(spec, at: try Self.templatePath(item))
    let dryRun = try invocation.dryRun()
    var result = item
    if dryRun != .client {
      var query = [("fieldManager", invocation.text("field-manager"))]
      if dryRun == .server { query.append(("dryRun", "All")) }
      result.object = try session.request(
        "PATCH", item.path, query: query, body: body, contentType: "application/strategic-merge-patch+json")
    }
    try invocation.report(result, verb, dryRun, printer)
  }

  // MARK: Image

  func image() throws(Failure) {
    let (objects, changes) = try split { $0.contains("=") }
    if changes.isEmpty { throw .error("at least one image update is required") }
    for change in changes where Self.pair(change).key.isEmpty || Self.pair(change).value.isEmpty {
      throw .error("invalid image update: \(change), expected container=image")
    }
    for item in try invocation.items(objects) {
      let spec = try Self.podSpec(item)
      var patches: [String: [Value]] = [:]
      for change in changes {
        let (name, image) = Self.pair(change)
        var found = false
        for list in ["containers", "initContainers"] {
          for container in spec[list]?.array ?? [] where name == "*" || container["name"]?.string == name {
            found = true
            if container["image"]?.string == image { continue }
            patches[list, default: []].append(["image": .string(image), "name": container["name"] ?? ""])
          }
        }
        if !found { throw .error("unable to find container named \(quoted(name))") }
      }
      for list in ["initContainers", "containers"] {
        if let changes = patches[list] { try patch(item, list: list, changes, "image updated") }
      }
    }
  }

  // MARK: Environment

  private func isChosen(_ container: Value) -> Bool {
    let wanted = invocation.text("containers")
    return wanted == "*" || container["name"]?.string == wanted
  }

  func env() throws(Failure) {
    let (objects, given) = try split { $0.contains("=") || $0.hasSuffix("-") }
    let added = try given.filter { $0.contains("=") } + invocation.list("env") + fromSource()
    let removed = given.filter { !$0.contains("=") && $0.hasSuffix("-") }.map { String($0.dropLast()) }
    for item in try invocation.items(objects) {
      let containers = (try Self.podSpec(item)["containers"]?.array ?? []).filter(isChosen)
      if invocation.isOn("list") || added.isEmpty && removed.isEmpty {
        list(item, containers)
        continue
      }
      let changes: [Value] = containers.map { container in
        var variables = added.map { text in
          let (key, value) = Self.pair(text)
          return Value.object(Members([("name", .string(key)), ("value", .string(value))]))
        }
        variables += removed.map { ["$patch": "delete", "name": .string($0)] }
        return ["env": .array(variables), "name": container["name"] ?? ""]
      }
      try patch(item, list: "containers", changes, "env updated")
    }
  }

  private func list(_ item: Item, _ containers: [Value]) {
    for container in containers {
      session.line("# \(item.resource.kind) \(item.name), container \(container["name"]?.string ?? "")")
      for variable in container["env"]?.array ?? [] {
        session.line("\(variable["name"]?.string ?? "")=\(variable["value"]?.string ?? "")")
      }
    }
  }

  private func fromSource() throws(Failure) -> [String] {
    let source = invocation.text("from")
    if source.isEmpty { return [] }
    var pairs: [String] = []
    for item in try invocation.items([source]) where item.resource.kind == "ConfigMap" {
      for member in (item.object["data"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
        if !invocation.list("keys").isEmpty, !invocation.list("keys").contains(member.key) { continue }
        let name = member.key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }
        pairs.append(invocation.text("prefix") + String(name) + "=" + (member.value.string ?? ""))
      }
    }
    if pairs.isEmpty { throw .error("--from is supported for config maps with data only in this terminal") }
    return pairs
  }

  // MARK: Resources

  func resources() throws(Failure) {
    if invocation.text("limits").isEmpty, invocation.text("requests").isEmpty {
      throw .error("you must specify an update to requests or limits (in the form of --requests/--limits)")
    }
    var amounts = Members()
    for kind in ["limits", "requests"] where !invocation.text(kind).isEmpty {
      var one = Members()
      for text in invocation.text(kind).split(separator: ",") {
        let (name, amount) = Self.pair(String(text))
        if amount.isEmpty {
          throw .error("failed to parse limits: Invalid argument syntax \(text), expected <resource>=<value>")
        }
        one[name] = amount == "0" ? .null : .string(amount)
      }
      amounts[kind] = .object(one)
    }
    for item in try invocation.items() {
      let containers = (try Self.podSpec(item)["containers"]?.array ?? []).filter(isChosen)
      if containers.isEmpty {
        throw .error("unable to find container named \(invocation.text("containers"))")
      }
      let changes: [Value] = containers.map { ["name": $0["name"] ?? "", "resources": .object(amounts)] }
      try patch(item, list: "containers", changes, "resource requirements updated")
    }
  }

  // MARK: Service account and selector

  func serviceAccount() throws(Failure) {
    guard let account = invocation.arguments.last,
      invocation.arguments.count > 1 || !invocation.list("filename").isEmpty
    else { throw .error("serviceaccount is required") }
    for item in try invocation.items(Array(invocation.arguments.dropLast())) {
      try patch(item, spec: ["serviceAccountName": .string(account)], "serviceaccount updated")
    }
  }

  func selector() throws(Failure) {
    let (objects, changes) = try split { $0.contains("=") }
    var selector = Members()
    for change in changes {
      for text in change.split(separator: ",") {
        selector[Self.pair(String(text)).key] = .string(Self.pair(String(text)).value)
      }
    }
    if selector.isEmpty { throw .error("selector is required") }
    for item in try invocation.items(objects) {
      guard item.resource.kind == "Service" else {
        throw .error("patching selector is supported for services only")
      }
      var result = item
      let dryRun = try invocation.dryRun()
      if dryRun != .client {
        let cleared = (item.object["spec", "selector"]?.object ?? Members()).filter { selector[$0.key] == nil }
        var change = selector
        for member in cleared { change[member.key] = .null }
        result.object = try session.request(
          "PATCH", item.path, body: ["spec": ["selector": .object(change)]], contentType: "application/merge-patch+json"
        )
      }
      try invocation.report(result, "selector updated", dryRun, printer)
    }
  }
}
