import Tree

extension Command {
  private static let chosen: [Flag] = Flag.selector + Flag.dryRun

  static let cordon = Command(
    name: "cordon", summary: "Mark node as unschedulable", usage: "NODE", examples: ["kubectl cordon node-1"],
    flags: chosen, run: { (invocation) throws(Failure) in try Nodes(invocation).cordon(true) })

  static let uncordon = Command(
    name: "uncordon", summary: "Mark node as schedulable", usage: "NODE", examples: ["kubectl uncordon node-1"],
    flags: chosen, run: { (invocation) throws(Failure) in try Nodes(invocation).cordon(false) })

  static let drain = Command(
    name: "drain", summary: "Drain node in preparation for maintenance", usage: "NODE",
    examples: ["kubectl drain node-1 --ignore-daemonsets"],
    flags: chosen + [
      .isSwitch("ignore-daemonsets", "Whether to leave alone what daemon sets run."),
      .isSwitch("delete-emptydir-data", "Whether pods that hold local data may go."),
      .isSwitch("force", "Whether pods without a controller may go."),
      .isSwitch("disable-eviction", "Whether to delete rather than evict."),
      .integer("grace-period", -1, "Seconds to end in; negative for the pod's own."),
      .duration("timeout", "0s", "How long to wait; 0 is for ever."),
      .text("pod-selector", "Which labels pods must have to go."),
      .integer("skip-wait-for-delete-timeout", 0, "Not supported here."),
      .integer("chunk-size", 500, "Objects that one request brings."),
    ],
    run: { (invocation) throws(Failure) in try Drain(invocation).run() })
}

struct Nodes {
  let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func chosen() throws(Failure) -> [Item] {
    if invocation.arguments.isEmpty, invocation.text("selector").isEmpty {
      throw .usage("USAGE: \(invocation.command.name) NODE [flags]", invocation)
    }
    if !invocation.arguments.isEmpty, !invocation.text("selector").isEmpty {
      throw .error("error: cannot specify both a node name and a --selector option")
    }
    return try invocation.items(["nodes"] + invocation.arguments)
  }

  func cordon(_ isCordoned: Bool) throws(Failure) {
    for node in try chosen() { try cordon(node, isCordoned) }
  }

  func cordon(_ node: Item, _ isCordoned: Bool) throws(Failure) {
    let verb = isCordoned ? "cordoned" : "uncordoned"
    let dryRun = try invocation.dryRun()
    if (node.object["spec", "unschedulable"] == true) == isCordoned {
      return session.line("\(node.title) already \(verb)\(Invocation.suffix(dryRun))")
    }
    if dryRun != .client {
      _ = try session.request(
        "PATCH", node.path, query: dryRun == .server ? [("dryRun", "All")] : [],
        body: ["spec": ["unschedulable": isCordoned ? true : .null]],
        contentType: "application/strategic-merge-patch+json")
    }
    session.line("\(node.title) \(verb)\(Invocation.suffix(dryRun))")
  }
}

/// `kubectl drain`: cordons, then evicts what the rules let go, and waits until it is gone.
private struct Drain {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let nodes = Nodes(invocation)
    let chosen = try nodes.chosen()
    for node in chosen { try nodes.cordon(node, true) }
    for node in chosen { try drain(node) }
  }

  private func drain(_ node: Item) throws(Failure) {
    let resource = try session.discovery().resource("pods")
    var query = [("fieldSelector", "spec.nodeName=\(node.name)")]
    if !invocation.text("pod-selector").isEmpty { query.append(("labelSelector", invocation.text("pod-selector"))) }
    let pods = try session.list(Target(resource: resource, namespace: nil, name: nil), query: query).items
    let sorted = pods.map { ($0, verdict($0)) }
    try refuse(sorted, node)
    warn(sorted)
    let leaving = sorted.filter { $0.1.goes }.map(\.0)
    let dryRun = try invocation.dryRun()
    if dryRun == .none { try remove(leaving) }
    for pod in leaving where dryRun != .none {
      session.line("evicting pod \(pod.namespace ?? "")/\(pod.name)\(Invocation.suffix(dryRun))")
    }
    session.line("\(node.title) drained\(Invocation.suffix(dryRun))")
  }

  // MARK: Which pods go

  private struct Verdict {
    var goes = true
    var problem: String?
    var warning: String?
  }

  /// The rules of k8s.io/kubectl, drain filters: daemon sets' and static pods stay, unmanaged pods and local data need
  /// leave.
  private func verdict(_ pod: Item) -> Verdict {
    let phase = pod.object["status", "phase"]?.string ?? ""
    let isFinished = phase == "Succeeded" || phase == "Failed"
    if pod.object["metadata", "annotations"]?["kubernetes.io/config.mirror"] != nil { return Verdict(goes: false) }
    let owner = (pod.object["metadata", "ownerReferences"]?.array ?? []).first { $0["controller"] == true }
    if owner?["kind"] == "DaemonSet", !isFinished {
      let isIgnored = invocation.isOn("ignore-daemonsets")
      return isIgnored
        ? Verdict(goes: false, warning: "ignoring DaemonSet-managed Pods")
        : Verdict(goes: false, problem: "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)")
    }
    let hasLocalData = (pod.object["spec", "volumes"]?.array ?? []).contains { $0["emptyDir"] != nil }
    if hasLocalData, !isFinished, !invocation.isOn("delete-emptydir-data") {
      return Verdict(
        goes: false, problem: "cannot delete Pods with local storage (use --delete-emptydir-data to override)")
    }
    if owner == nil, !isFinished {
      return invocation.isOn("force")
        ? Verdict(warning: "deleting Pods that declare no controller")
        : Verdict(
          goes: false,
          problem: "cannot delete Pods that declare no controller (use --force to override)")
    }
    return Verdict()
  }

  private func names(_ pods: [Item]) -> String {
    pods.map { "\($0.namespace ?? "")/\($0.name)" }.sorted().joined(separator: ", ")
  }

  private func refuse(_ pods: [(Item, Verdict)], _ node: Item) throws(Failure) {
    let reasons = Set(pods.compactMap(\.1.problem)).sorted()
    if reasons.isEmpty { return }
    let problems = reasons.map { reason in
      "\(reason): " + names(pods.filter { $0.1.problem == reason }.map(\.0))
    }
    let joined = problems.count == 1 ? problems[0] : "[" + problems.joined(separator: ", ") + "]"
    throw .error(
      "unable to drain node \(quoted(node.name)) due to error: \(joined), continuing command...\n"
        + "There are pending nodes to be drained:\n \(node.name)\n\(problems.joined(separator: "\n"))")
  }

  private func warn(_ pods: [(Item, Verdict)]) {
    for warning in Set(pods.compactMap(\.1.warning)).sorted() {
      session.warn("Warning: \(warning): " + names(pods.filter { $0.1.warning == warning }.map(\.0)))
    }
  }

  // MARK: How they go

  /// Seconds after which an eviction that a disruption budget refused is tried again.
  private static let retrySeconds = 5.0

  private func remove(_ pods: [Item]) throws(Failure) {
    let timeout = invocation.seconds("timeout")
    let deadline = timeout > 0 ? session.transport.moment(after: timeout) : nil
    let isServed = try session.discovery().resource("pods").subresources.contains("eviction")
    let evicts = isServed && !invocation.isOn("disable-eviction")
    if !isServed, !invocation.isOn("disable-eviction") {
      session.warn("Warning: the server serves no evictions: pods are deleted, and disruption budgets not asked")
    }
    for pod in pods {
      session.line("\(evicts ? "evicting" : "deleting") pod \(pod.namespace ?? "")/\(pod.name)")
      try remove(pod, evicts: evicts, deadline)
    }
    for pod in pods {
      let uid = pod.object["metadata", "uid"]
      let isGone = try Waiting.until(pod, deadline: deadline, session) { object in
        object.map { $0["metadata", "uid"] != uid } ?? true
      }
      if session.isCancelled { throw Failure(text: "", code: 130) }
      if !isGone {
        throw .error(
          "unable to drain node: error when waiting for pod \(quoted(pod.name)) to terminate: global timeout reached: \(invocation.text("timeout"))"
        )
      }
      session.line("\(pod.title) \(evicts ? "evicted" : "deleted")")
    }
  }

  private func remove(_ pod: Item, evicts: Bool, _ deadline: Int64?) throws(Failure) {
    var options: Value = [:]
    if invocation.integer("grace-period") >= 0 {
      options["gracePeriodSeconds"] = .integer(Int64(invocation.integer("grace-period")))
    }
    while true {
      do throws(Failure) {
        if evicts {
          let metadata: Value = ["name": .string(pod.name), "namespace": .string(pod.namespace ?? "")]
          var eviction: Value = ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": metadata]
          if options != [:] { eviction["deleteOptions"] = options }
          let path = pod.resource.path(namespace: pod.namespace, name: pod.name, subresource: "eviction")
          _ = try session.request("POST", path, body: eviction)
        } else {
          _ = try session.request("DELETE", pod.path, body: options)
        }
        return
      } catch {
        if error.isNotFound { return }
        guard error.httpStatus == 429 else { throw error }
        session.warn(
          "error when evicting pods/\(quoted(pod.name)) -n \(quoted(pod.namespace ?? "")) (will retry after 5s): \(error.status?["message"]?.string ?? "")"
        )
        if let deadline, session.transport.now >= deadline {
          throw .error("global timeout reached: \(invocation.text("timeout"))")
        }
        if session.isCancelled { throw Failure(text: "", code: 130) }
        session.transport.pause(seconds: Self.retrySeconds)
      }
    }
  }
}
