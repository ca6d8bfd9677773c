import Tree

extension Command {
  static let run = Command(
    name: "run", summary: "Run a particular image on the cluster",
    usage: "NAME --image=image [--env=\"key=value\"] [--port=port] [--command] -- [COMMAND] [args...]",
    examples: [
      "kubectl run web --image=nginx:1.27", "kubectl run tmp --image=busybox --rm -i --restart=Never -- wget -qO- web",
    ],
    flags: Creation.flags.filter { $0.name != "field-manager" } + Flag.fieldManager("kubectl-run") + [
      .text("image", "The image."), .integer("port", -1, "The port that the container opens."),
      .array("env", "A variable: KEY=VALUE; may be repeated."), .text("labels", "l", "Labels: key=value,key=value."),
      .isSwitch("command", "Whether the words behind -- replace the image's command rather than its arguments."),
      .text("restart", nil, "Always", "Always, OnFailure or Never."),
      .text("image-pull-policy", "When to pull the image."),
      .isSwitch("expose", "Whether to make a service for it."),
      .isSwitch("rm", "Whether to delete the pod in the end."),
      .isSwitch("stdin", "i", "Whether to follow what the container prints."),
      .isSwitch("tty", "t", "The same as -i here."),
      .isSwitch("attach", "Whether to follow what the container prints."),
      .isSwitch("quiet", "q", "Whether to print less."),
      .text("annotations", "Annotations: key=value."), .text("overrides", "JSON to merge into the pod."),
      .isSwitch("privileged", "Whether the container may do everything."),
      .duration("pod-running-timeout", "1m0s", "How long to wait for the pod to run."),
    ], required: ["image"],
    run: { (invocation) throws(Failure) in try Run(invocation).run() })
}

private struct Run {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    guard let name = invocation.arguments.first else { throw .usage("NAME is required for run", invocation) }
    let restart = invocation.text("restart")
    guard ["Always", "OnFailure", "Never"].contains(restart) else {
      throw .usage("invalid restart policy: \(restart)", invocation)
    }
    let follows = ["attach", "stdin", "tty"].contains { invocation.isOn($0) }
    if invocation.isOn("rm"), !follows { throw .error("--rm should only be used for attached containers") }
    if invocation.isOn("expose"), invocation.integer("port") <= 0 {
      throw .error("--port must be set when exposing a service")
    }
    let creation = try Creation(invocation)
    let resource = try session.discovery().resource("pods")
    var item = Item(resource: resource, object: try pod(name))
    if try invocation.dryRun() != .client || session.namespaceWasSet {
      item.object["metadata", "namespace"] = .string(session.namespace)
    }
    if invocation.isOn("expose") { try expose(creation, name, item) }
    if follows, try invocation.dryRun() == .none {
      item.object = try session.request(
        "POST", resource.path(namespace: session.namespace), query: [("fieldManager", "kubectl-run")], body: item.object
      )
      return try follow(item)
    }
    try creation.create(item)
  }

  private func pod(_ name: String) throws(Failure) -> Value {
    var container: Value = ["image": .string(invocation.text("image")), "name": .string(name), "resources": [:]]
    let words = invocation.dashAt == nil ? Array(invocation.arguments.dropFirst()) : invocation.argumentsBehindDash
    if !words.isEmpty { container[invocation.isOn("command") ? "command" : "args"] = .array(words.map { .string($0) }) }
    if invocation.integer("port") > 0 {
      container["ports"] = [["containerPort": .integer(Int64(invocation.integer("port")))]]
    }
    if !invocation.text("image-pull-policy").isEmpty {
      container["imagePullPolicy"] = .string(invocation.text("image-pull-policy"))
    }
    if invocation.isOn("privileged") { container["securityContext"] = ["privileged": true] }
    var variables: [Value] = []
    for pair in invocation.list("env") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else { throw .error("invalid env: \(pair)") }
      variables.append(["name": .string(parts[0]), "value": .string(parts[1])])
    }
    if !variables.isEmpty { container["env"] = .array(variables) }
    if invocation.isOn("stdin") { container["stdin"] = true }
    var value = Creators.object("v1", "Pod", name)
    value["metadata", "labels"] = invocation.wasSet("labels") ? try pairs("labels") : ["run": .string(name)]
    if invocation.wasSet("annotations") { value["metadata", "annotations"] = try pairs("annotations") }
    value["spec"] = [
      "containers": [container], "dnsPolicy": "ClusterFirst", "restartPolicy": .string(invocation.text("restart")),
    ]
    value["status"] = [:]
    if invocation.wasSet("overrides") {
      guard let overrides = try? JSON.parse(invocation.text("overrides")) else {
        throw .error("invalid --overrides: it must be JSON")
      }
      value = MergePatch.apply(overrides, to: value)
    }
    return value
  }

  private func pairs(_ option: String) throws(Failure) -> Value {
    var labels = Members()
    for pair in invocation.text(option).split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw .error("unexpected label spec: \(pair)") }
      labels[parts[0]] = .string(parts[1])
    }
    return .object(labels)
  }

  private func expose(_ creation: Creation, _ name: String, _ pod: Item) throws(Failure) {
    let port = Value.integer(Int64(invocation.integer("port")))
    let spec: Value = [
      "ports": [["port": port, "protocol": "TCP", "targetPort": port]],
      "selector": pod.object["metadata", "labels"] ?? [:],
    ]
    try creation.create(Creators.object("v1", "Service", name, [("spec", spec), ("status", ["loadBalancer": [:]])]))
  }

  /// Shows what the pod prints until it ends. There is no terminal to attach to.
  private func follow(_ item: Item) throws(Failure) {
    let deadline = session.transport.moment(after: invocation.seconds("pod-running-timeout"))
    var phase = ""
    let isRunning = try Waiting.until(item, deadline: deadline, session) { object in
      phase = object?["status", "phase"]?.string ?? ""
      return phase != "Pending" && !phase.isEmpty
    }
    if isRunning {
      let path = item.resource.path(namespace: item.namespace, name: item.name, subresource: "log")
      try session.stream(path, query: [("container", item.name), ("follow", "true")]) { bytes in
        session.out(String(decoding: bytes, as: UTF8.self))
        return true
      }
    } else {
      session.warn("error: timed out waiting for the condition")
    }
    let code = try exitCode(item)
    if invocation.isOn("rm") {
      _ = try session.request("DELETE", item.path, body: ["kind": "DeleteOptions", "apiVersion": "v1"])
      session.line("pod \(quoted(item.name)) deleted from \(item.namespace ?? "") namespace")
    }
    if code != 0 || !isRunning { throw Failure(text: "", code: code == 0 ? 1 : code) }
  }

  private func exitCode(_ item: Item) throws(Failure) -> Int32 {
    let status = try session.request("GET", item.path)["status"]
    let terminated = status?["containerStatuses"]?.array?.first?["state", "terminated"]
    return Int32(clamping: terminated?["exitCode"]?.integer ?? 0)
  }
}
