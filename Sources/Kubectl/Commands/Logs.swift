import Tree

extension Command {
  static let logs = Command(
    name: "logs", aliases: ["log"], summary: "Print the logs for a container in a pod",
    usage: "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
    examples: ["kubectl logs web", "kubectl logs -f deployment/web", "kubectl logs web --previous"],
    flags: Flag.selector + [
      .isSwitch("follow", "f", "Whether to go on with what comes."),
      .integer("tail", -1, "How many of the last lines; -1 for all."),
      .isSwitch("previous", "p", "Whether to show the container's run before this one."),
      .text("container", "c", "The container."), .isSwitch("all-containers", "Whether to show all of the pod's."),
      .isSwitch("timestamps", "Whether to write the time before each line."),
      .isSwitch("prefix", "Whether to write the pod and container before each line."),
      .duration("since", "0s", "Only what is newer than this long ago."),
      .text("since-time", "Only what is newer than this time."),
      .integer("limit-bytes", 0, "How many bytes at most; 0 for all."),
      .isSwitch("ignore-errors", "Whether errors do not end it."),
      .integer("max-log-requests", 5, "How many logs at once at most."),
      .isSwitch("all-pods", "Whether to show all pods of a TYPE/NAME."),
      .duration("pod-running-timeout", "20s", "How long to wait for a pod to run."),
    ],
    run: { (invocation) throws(Failure) in try Logs(invocation).run() })
}

struct Logs {
  private let invocation: Invocation
  private let session: Session

  init(_ invocation: Invocation) {
    self.invocation = invocation
    session = invocation.session
  }

  func run() throws(Failure) {
    let words = invocation.arguments
    if words.isEmpty, invocation.text("selector").isEmpty {
      throw .usage(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the "
          + "logs command", invocation)
    }
    if words.count > 2 || (words.count > 1 && !invocation.text("container").isEmpty) {
      throw .usage("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.", invocation)
    }
    if invocation.wasSet("since"), invocation.wasSet("since-time") {
      throw .error("at most one of `sinceTime` or `sinceSeconds` may be specified")
    }
    for pod in try pods(words) { try show(pod, words.count > 1 ? words[1] : invocation.text("container")) }
  }

  private func pods(_ words: [String]) throws(Failure) -> [Item] {
    let podResource = try session.discovery().resource("pods")
    if words.isEmpty {
      let target = Target(resource: podResource, namespace: session.namespace, name: nil)
      let pods = try session.list(target, query: invocation.listQuery()).items
      if pods.isEmpty { session.warn("No resources found in \(session.namespace) namespace.") }
      return pods
    }
    guard words[0].contains("/") else {
      let target = Target(resource: podResource, namespace: session.namespace, name: words[0])
      do throws(Failure) {
        return [Item(resource: podResource, object: try session.request("GET", target.path))]
      } catch {
        guard error.isNotFound else { throw error }
        throw .error(
          "error from server (NotFound): pods \(quoted(words[0])) not found in namespace \(quoted(session.namespace))")
      }
    }
    guard let item = try invocation.items([words[0]]).first else { return [] }
    if item.resource.kind == "Pod" { return [item] }
    return try podsOf(item, podResource)
  }

  private func podsOf(_ item: Item, _ podResource: Resource) throws(Failure) -> [Item] {
    let labels = item.object["spec", "selector", "matchLabels"] ?? item.object["spec", "selector"]
    guard let labels, labels.object?.isEmpty == false else {
      throw .error("cannot get the logs from \(item.resource.groupName): selector is missing")
    }
    let target = Target(resource: podResource, namespace: item.namespace, name: nil)
    let pods = try session.list(target, query: [("labelSelector", ServerTable.labels(labels))]).items.sorted(
      by: Self.precedes)
    guard let first = pods.first else { throw .error("timed out waiting for the condition") }
    if invocation.isOn("all-pods") { return pods }
    if pods.count > 1 { session.warn("Found \(pods.count) pods, using pod/\(first.name)") }
    return [first]
  }

  /// Ready pods first, older ones before younger ones.
  private static func precedes(_ left: Item, _ right: Item) -> Bool {
    func isReady(_ item: Item) -> Bool {
      (item.object["status", "conditions"]?.array ?? []).contains { $0["type"] == "Ready" && $0["status"] == "True" }
    }
    if isReady(left) != isReady(right) { return isReady(left) }
    let (first, second) = (
      left.object["metadata", "creationTimestamp"]?.string, right.object["metadata", "creationTimestamp"]?.string
    )
    return first == second ? left.name < right.name : (first ?? "") < (second ?? "")
  }

  private func show(_ pod: Item, _ wanted: String) throws(Failure) {
    let spec = pod.object["spec"]
    let names = ["initContainers", "containers", "ephemeralContainers"].flatMap { list in
      (spec?[list]?.array ?? []).compactMap { $0["name"]?.string }
    }
    let main = (spec?["containers"]?.array ?? []).compactMap { $0["name"]?.string }
    if invocation.isOn("all-containers") {
      for name in names { try show(pod, container: name) }
      return
    }
    if !wanted.isEmpty {
      guard names.contains(wanted) else { throw .error("container \(wanted) is not valid for pod \(pod.name)") }
      return try show(pod, container: wanted)
    }
    let annotated = pod.object["metadata", "annotations"]?["kubectl.kubernetes.io/default-container"]?.string
    guard let name = annotated ?? main.first else { throw .error("no container found in pod \(pod.name)") }
    if main.count > 1 || names.count > main.count, annotated == nil {
      let others = main + names.filter { !main.contains($0) }.map { "\($0) (init)" }
      session.warn("Defaulted container \(quoted(name)) out of: \(others.joined(separator: ", "))")
    }
    try show(pod, container: name)
  }

  private func show(_ pod: Item, container: String) throws(Failure) {
    var query = [("container", container)]
    if invocation.isOn("follow") { query.append(("follow", "true")) }
    if invocation.isOn("previous") { query.append(("previous", "true")) }
    if invocation.isOn("timestamps") { query.append(("timestamps", "true")) }
    let tail = invocation.wasSet("tail") ? invocation.integer("tail") : invocation.text("selector").isEmpty ? -1 : 10
    if tail >= 0 { query.append(("tailLines", String(tail))) }
    if invocation.seconds("since") > 0 {
      query.append(("sinceSeconds", String(Int(invocation.seconds("since").rounded(.up)))))
    }
    if !invocation.text("since-time").isEmpty { query.append(("sinceTime", invocation.text("since-time"))) }
    if invocation.integer("limit-bytes") > 0 { query.append(("limitBytes", invocation.text("limit-bytes"))) }
    let path = pod.resource.path(namespace: pod.namespace, name: pod.name, subresource: "log")
    var prefixer = Prefixer(prefix: invocation.isOn("prefix") ? "[pod/\(pod.name)/\(container)] " : "")
    do throws(Failure) {
      try session.stream(path, query: query) { bytes in
        session.out(prefixer.add(bytes))
        return true
      }
    } catch {
      if !invocation.isOn("ignore-errors") { throw error }
      session.warn(error.text)
    }
    session.out(prefixer.finish())
  }
}

/// Gathers bytes to whole characters, and writes a prefix before each line.
private struct Prefixer {
  let prefix: String
  private var rest: [UInt8] = []

  init(prefix: String) { self.prefix = prefix }

  mutating func add(_ bytes: [UInt8]) -> String {
    rest += bytes
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return "" }
    let whole = rest[...end]
    rest.removeSubrange(...end)
    let text = String(decoding: whole, as: UTF8.self)
    if prefix.isEmpty { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { prefix + $0 + "\n" }.joined()
  }

  mutating func finish() -> String {
    let text = String(decoding: rest, as: UTF8.self)
    rest = []
    return text.isEmpty ? "" : prefix + text
  }
}
