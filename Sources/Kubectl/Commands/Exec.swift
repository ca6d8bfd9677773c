import Tree

extension Command {
  static let exec = Command(
    name: "exec", summary: "Execute a command in a container",
    usage: "(POD | TYPE/NAME) [-c CONTAINER] -- COMMAND [args...]",
    examples: ["kubectl exec web -- env", "kubectl exec deployment/web -c web -- cat /etc/hostname"],
    flags: [
      .text("container", "c", "The container."), .isSwitch("stdin", "i", "Whether to pass the standard input on."),
      .isSwitch("tty", "t", "Whether the command talks with a terminal."),
      .isSwitch("quiet", "q", "Whether to say only what the command says."),
      .duration("pod-running-timeout", "1m0s", "How long to wait for a pod to run."),
    ],
    run: { (invocation) throws(Failure) in try Exec(invocation).run() })

  static let attach = Command(
    name: "attach", summary: "Attach to a running container", usage: "(POD | TYPE/NAME) [-c CONTAINER]",
    examples: ["kubectl attach web", "echo hello | kubectl attach -i web"],
    flags: [
      .text("container", "c", "The container."), .isSwitch("stdin", "i", "Whether to pass the standard input on."),
      .isSwitch("tty", "t", "Whether the program talks with a terminal."),
      .isSwitch("quiet", "q", "Whether to say only what the program says."),
      .duration("pod-running-timeout", "1m0s", "How long to wait for a pod to run."),
    ],
    run: { (invocation) throws(Failure) in try Exec(invocation).attach() })
}

/// One command, run to its end, or a container's own program, heard from now on. A shell one talks with needs a terminal of its own.
struct Exec {
  private static let shells: Set<String> = ["sh", "bash", "ash", "dash"]

  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    guard let target = invocation.argumentsBeforeDash.first else {
      throw .usage("pod, type/name or --filename must be specified", invocation)
    }
    guard invocation.dashAt != nil, invocation.argumentsBeforeDash.count == 1 else {
      throw .error("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
    }
    let command = invocation.argumentsBehindDash
    guard let first = command.first else {
      throw .usage("you must specify at least one command for the container", invocation)
    }
    let name = first.split(separator: "/").last.map(String.init) ?? first
    if Self.shells.contains(name), command.count == 1, session.input == nil {
      throw .error(
        "this terminal runs one command at a time, and cannot keep a shell open: use "
          + "'kubectl exec \(target) -- COMMAND', or '-- sh -c \"COMMAND; COMMAND\"'")
    }
    try run(command, in: try pod(target))
  }

  func attach() throws(Failure) {
    guard let target = invocation.argumentsBeforeDash.first, invocation.arguments.count == 1 else {
      throw .usage("pod, type/name or --filename must be specified", invocation)
    }
    let pod = try pod(target)
    try checkRuns(pod, "cannot attach a container in a completed pod; current phase is")
    let input = invocation.isOn("stdin") ? session.input ?? "" : nil
    var query = [("container", container(of: pod)), ("stdout", "true"), ("stderr", "true")]
    if input != nil { query.append(("stdin", "true")) }
    let path = pod.resource.path(namespace: pod.namespace, name: pod.name, subresource: "attach")
    _ = try session.execute(path, query: query, input: input)
  }

  private func checkRuns(_ pod: Item, _ problem: String) throws(Failure) {
    let phase = pod.object["status", "phase"]?.string ?? ""
    if phase == "Succeeded" || phase == "Failed" { throw .error("\(problem) \(phase)") }
  }

  private func run(_ command: [String], in pod: Item) throws(Failure) {
    try checkRuns(pod, "cannot exec into a container in a completed pod; current phase is")
    let input = invocation.isOn("stdin") ? session.input ?? "" : nil
    var query = [("container", container(of: pod)), ("stdout", "true"), ("stderr", "true")]
    if input != nil { query.append(("stdin", "true")) }
    query += command.map { ("command", $0) }
    let path = pod.resource.path(namespace: pod.namespace, name: pod.name, subresource: "exec")
    let code = try session.execute(path, query: query, input: input)
    guard code != 0 else { return }
    throw Failure(text: "command terminated with exit code \(code)", code: Int32(clamping: code))
  }

  /// The pod that is named, or the first one of a workload's.
  private func pod(_ word: String) throws(Failure) -> Item {
    let podResource = try session.discovery().resource("pods")
    guard word.contains("/") else {
      let target = Target(resource: podResource, namespace: session.namespace, name: word)
      return Item(resource: podResource, object: try session.request("GET", target.path))
    }
    guard let item = try invocation.items([word]).first else { throw .error("\(quoted(word)) not found") }
    if item.resource.kind == "Pod" { return item }
    let labels = item.object["spec", "selector", "matchLabels"] ?? item.object["spec", "selector"]
    guard let labels, labels.object?.isEmpty == false else {
      throw .error("cannot attach to \(item.resource.groupName): selector is missing")
    }
    let target = Target(resource: podResource, namespace: item.namespace, name: nil)
    let pods = try session.list(target, query: [("labelSelector", ServerTable.labels(labels))]).items
    let running = pods.first { $0.object["status", "phase"] == "Running" }
    guard let pod = running ?? pods.first else { throw .error("timed out waiting for the condition") }
    return pod
  }

  private func container(of pod: Item) -> String {
    let wanted = invocation.text("container")
    if !wanted.isEmpty { return wanted }
    let names = (pod.object["spec", "containers"]?.array ?? []).compactMap { $0["name"]?.string }
    if let named = pod.object["metadata", "annotations"]?["kubectl.kubernetes.io/default-container"]?.string {
      return named
    }
    let initial = (pod.object["spec", "initContainers"]?.array ?? []).compactMap { $0["name"]?.string }
    if names.count + initial.count > 1, !invocation.isOn("quiet") {
      let others = names + initial.map { "\($0) (init)" }
      session.warn("Defaulted container \(quoted(names.first ?? "")) out of: \(others.joined(separator: ", "))")
    }
    return names.first ?? ""
  }
}

extension Session {
  /// Runs a command in a container; answers its exit code.
  fileprivate func execute(_ path: String, query: [(String, String)], input: String?) throws(Failure) -> Int {
    let call = call("POST", path, query: query, accept: "*/*")
    show(.request("POST \(path)"))
    let execution = transport.execute(call, input: input) { said in
      show(said)
      return !isCancelled
    }
    switch execution {
    case .exited(let code): return code
    case .refused(let reply): throw .server(reply)
    }
  }
}
