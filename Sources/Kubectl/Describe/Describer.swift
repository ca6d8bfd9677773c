import Tree

/// Which description a kind gets.
struct Describer {
  let session: Session
  let showsEvents: Bool

  /// Kinds of which describe shows no events.
  private static let eventless = [
    "namespaces", "secrets", "roles", "clusterroles", "rolebindings", "clusterrolebindings",
  ]

  func text(_ item: Item) throws(Failure) -> String {
    var text = Description()
    let now = session.transport.now
    switch item.resource.groupName {
    case "pods": text = PodDescription.describe(item, now)
    case "deployments.apps": try deployment(item, into: &text)
    case "replicasets.apps": try replicaSet(item, into: &text)
    case "nodes": try node(item, into: &text)
    case "services": try service(item, into: &text)
    case "namespaces": namespace(item, into: &text)
    case "configmaps": configMap(item, into: &text)
    case "secrets": secret(item, into: &text)
    case "serviceaccounts": serviceAccount(item, into: &text)
    case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io": role(item, into: &text)
    case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
      binding(item, into: &text)
    default: GenericDescription.describe(item.object, into: &text)
    }
    if showsEvents, !Self.eventless.contains(item.resource.name) { events(of: item, now, into: &text) }
    return text.aligned
  }

  // MARK: Events

  /// What happened to the object, as far as the caller may see it.
  private func events(of item: Item, _ now: Int64, into text: inout Description) {
    guard let resource = try? session.discovery().resource("events") else { return }
    // A mirror's events are about the pod that its node runs.
    let mirrored = item.object["metadata", "annotations", "kubernetes.io/config.mirror"]?.string
    let uid = mirrored ?? item.object["metadata", "uid"]?.string ?? ""
    var fields = ["involvedObject.name=\(item.name)"]
    if let namespace = item.namespace { fields.append("involvedObject.namespace=\(namespace)") }
    fields.append("involvedObject.kind=\(item.resource.kind)")
    // A node's events carry its name for its UID.
    if !uid.isEmpty, item.resource.kind != "Node" { fields.append("involvedObject.uid=\(uid)") }
    let target = Target(
      resource: resource, namespace: item.namespace ?? (item.resource.isNamespaced ? session.namespace : nil), name: nil
    )
    guard let events = try? session.list(target, query: [("fieldSelector", fields.joined(separator: ","))]).items else {
      return
    }
    if events.isEmpty { return text.line("Events:\t<none>") }
    text.line("Events:")
    text.line("Type\tReason\tAge\tFrom\tMessage", level: 1)
    text.line("----\t------\t----\t----\t-------", level: 1)
    let sorted = events.map(\.object).enumerated().sorted { left, right in
      let (first, second) = (Events.lastSeen(left.element), Events.lastSeen(right.element))
      return first == second ? left.offset < right.offset : first < second
    }
    for (_, event) in sorted { text.line(line(event, now), level: 1) }
  }

  private func line(_ event: Value, _ now: Int64) -> String {
    let from = event["source", "component"]?.string ?? event["reportingComponent"]?.string ?? ""
    let message = (event["message"]?.string ?? "").trimmingBlanks
    return [event["type"]?.string ?? "", event["reason"]?.string ?? "", Events.age(event, now), from, message]
      .joined(separator: "\t")
  }

  // MARK: Workloads

  private func head(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    if item.resource.isNamespaced { text.field("Namespace", item.namespace ?? "") }
  }

  private func deployment(_ item: Item, into text: inout Description) throws(Failure) {
    let (spec, status) = (item.object["spec"] ?? [:], item.object["status"] ?? [:])
    let count = { (field: String) in status[field]?.integer ?? 0 }
    head(item, into: &text)
    text.field("CreationTimestamp", Dates.long(item.object["metadata", "creationTimestamp"]?.string))
    text.map("Labels", item.object["metadata", "labels"])
    text.map("Annotations", item.object["metadata", "annotations"], hiding: [lastApplied])
    text.field("Selector", Selectors.text(spec["selector"]))
    text.field(
      "Replicas",
      "\(spec["replicas"]?.integer ?? 1) desired | \(count("updatedReplicas")) updated | \(count("replicas")) total | "
        + "\(count("availableReplicas")) available | \(count("unavailableReplicas")) unavailable")
    text.field("StrategyType", spec["strategy", "type"]?.string ?? "")
    text.field("MinReadySeconds", String(spec["minReadySeconds"]?.integer ?? 0))
    if let rolling = spec["strategy", "rollingUpdate"] {
      let unavailable = rolling["maxUnavailable"].map(JSONPath.text) ?? ""
      let surge = rolling["maxSurge"].map(JSONPath.text) ?? ""
      text.field("RollingUpdateStrategy", "\(unavailable) max unavailable, \(surge) max surge")
    }
    PodDescription.template(spec["template"], into: &text)
    reasons(status["conditions"], into: &text)
    try replicaSets(item, into: &text)
  }

  private var lastApplied: String { "kubectl.kubernetes.io/last-applied-configuration" }

  private func reasons(_ conditions: Value?, into text: inout Description) {
    guard let conditions = conditions?.array, !conditions.isEmpty else { return }
    text.line("Conditions:")
    text.line("Type\tStatus\tReason", level: 1)
    text.line("----\t------\t------", level: 1)
    for condition in conditions {
      let cells = ["type", "status", "reason"].map { condition[$0]?.string ?? "" }
      text.line("\(cells[0]) \t\(cells[1])\t\(cells[2])", level: 1)
    }
  }

  private func replicaSets(_ item: Item, into text: inout Description) throws(Failure) {
    let resource = try session.discovery().resource("replicasets.apps")
    let labels = Selectors.text(item.object["spec", "selector"])
    let target = Target(resource: resource, namespace: item.namespace, name: nil)
    guard let all = try? session.list(target, query: [("labelSelector", labels)]).items else { return }
    let owned = all.filter { set in
      (set.object["metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"] == item.object["metadata", "uid"] }
    }
    let isNew = { (set: Item) in Self.template(set.object) == item.object["spec", "template"] }
    let newest = owned.first(where: isNew)
    let shown = { (sets: [Item]) -> String in
      let texts = sets.map { set in
        "\(set.name) (\(set.object["status", "replicas"]?.integer ?? 0)/\(set.object["spec", "replicas"]?.integer ?? 0) replicas created)"
      }
      return texts.isEmpty ? "<none>" : texts.joined(separator: ", ")
    }
    text.field("OldReplicaSets", shown(owned.filter { $0.name != newest?.name }))
    text.field("NewReplicaSet", shown(newest.map { [$0] } ?? []))
  }

  private static func template(_ set: Value) -> Value? {
    var template = set["spec", "template"]
    template?["metadata", "labels", "pod-template-hash"] = nil
    return template
  }

  private func replicaSet(_ item: Item, into text: inout Description) throws(Failure) {
    let spec = item.object["spec"] ?? [:]
    head(item, into: &text)
    text.field("Selector", Selectors.text(spec["selector"]))
    text.map("Labels", item.object["metadata", "labels"])
    text.map("Annotations", item.object["metadata", "annotations"], hiding: [lastApplied])
    if let owner = PodDescription.controller(item.object) { text.field("Controlled By", owner) }
    text.field(
      "Replicas",
      "\(item.object["status", "replicas"]?.integer ?? 0) current / \(spec["replicas"]?.integer ?? 1) desired")
    text.field("Pods Status", try podsStatus(item))
    PodDescription.template(spec["template"], into: &text)
    reasons(item.object["status", "conditions"], into: &text)
  }

  private func podsStatus(_ item: Item) throws(Failure) -> String {
    let resource = try session.discovery().resource("pods")
    let target = Target(resource: resource, namespace: item.namespace, name: nil)
    let labels = Selectors.text(item.object["spec", "selector"])
    guard let pods = try? session.list(target, query: [("labelSelector", labels)]).items else {
      return "error in fetching pods"
    }
    let uid = item.object["metadata", "uid"]
    let phases = pods.filter { pod in
      (pod.object["metadata", "ownerReferences"]?.array ?? []).contains { $0["uid"] == uid }
    }.map { $0.object["status", "phase"]?.string ?? "" }
    let count = { (phase: String) in phases.filter { $0 == phase }.count }
    return
      "\(count("Running")) Running / \(count("Pending")) Waiting / \(count("Succeeded")) Succeeded / \(count("Failed")) Failed"
  }
}

extension String {
  /// The text without blanks and line ends at both ends.
  var trimmingBlanks: String {
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}

/// Label selectors as text.
enum Selectors {
  /// `app=web,tier in (a,b)`; `<none>` for none.
  static func text(_ selector: Value?) -> String {
    guard let selector, selector.object?.isEmpty == false else { return "<none>" }
    if selector["matchLabels"] == nil, selector["matchExpressions"] == nil { return ServerTable.labels(selector) }
    var parts: [String] = []
    if selector["matchLabels"]?.object?.isEmpty == false { parts.append(ServerTable.labels(selector["matchLabels"])) }
    for expression in selector["matchExpressions"]?.array ?? [] {
      let key = expression["key"]?.string ?? ""
      let values = (expression["values"]?.array ?? []).compactMap(\.string).sorted().joined(separator: ",")
      switch expression["operator"]?.string {
      case "In": parts.append("\(key) in (\(values))")
      case "NotIn": parts.append("\(key) notin (\(values))")
      case "Exists": parts.append(key)
      default: parts.append("!" + key)
      }
    }
    return parts.joined(separator: ",")
  }
}

/// Events' times.
enum Events {
  static func lastSeen(_ event: Value) -> String {
    event["series", "lastObservedTime"]?.string ?? event["lastTimestamp"]?.string ?? event["eventTime"]?.string
      ?? event["metadata", "creationTimestamp"]?.string ?? ""
  }

  static func firstSeen(_ event: Value) -> String {
    event["firstTimestamp"]?.string ?? event["eventTime"]?.string ?? event["metadata", "creationTimestamp"]?.string
      ?? ""
  }

  /// `5s`, or `5s (x3 over 2m)` for what happened again and again.
  static func age(_ event: Value, _ now: Int64) -> String {
    let count = event["series", "count"]?.integer ?? event["count"]?.integer ?? 1
    let last = Durations.age(since: lastSeen(event), now: now)
    return count > 1 ? "\(last) (x\(count) over \(Durations.age(since: firstSeen(event), now: now)))" : last
  }
}
