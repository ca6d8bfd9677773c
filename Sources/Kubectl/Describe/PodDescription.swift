import Tree

/// What describe says of pods and pod templates.
enum PodDescription {
  static func describe(_ pod: Item, _ now: Int64) -> Description {
    var text = Description()
    let (spec, status) = (pod.object["spec"] ?? [:], pod.object["status"] ?? [:])
    text.field("Name", pod.name)
    text.field("Namespace", pod.namespace ?? "")
    if let priority = spec["priority"]?.integer { text.field("Priority", String(priority)) }
    if let name = spec["priorityClassName"]?.string { text.field("Priority Class Name", name) }
    text.field("Service Account", spec["serviceAccountName"]?.string ?? "")
    if let node = spec["nodeName"]?.string, !node.isEmpty {
      text.field("Node", node + "/" + (status["hostIP"]?.string ?? ""))
    } else {
      text.field("Node", "<none>")
    }
    if let start = status["startTime"]?.string { text.field("Start Time", Dates.long(start)) }
    text.map("Labels", pod.object["metadata", "labels"])
    text.map("Annotations", pod.object["metadata", "annotations"])
    state(pod, status, now, into: &text)
    addresses(status, into: &text)
    if let owner = controller(pod.object) { text.field("Controlled By", owner) }
    if let node = status["nominatedNodeName"]?.string { text.field("NominatedNodeName", node) }
    containers("Init Containers", spec["initContainers"], status["initContainerStatuses"], status, into: &text)
    containers("Containers", spec["containers"], status["containerStatuses"], status, into: &text)
    conditions(status["conditions"], into: &text)
    volumes(spec["volumes"], into: &text)
    if let quality = status["qosClass"]?.string { text.field("QoS Class", quality) }
    text.map("Node-Selectors", spec["nodeSelector"])
    tolerations(spec["tolerations"], into: &text)
    return text
  }

  private static func state(_ pod: Item, _ status: Value, _ now: Int64, into text: inout Description) {
    let phase = status["phase"]?.string ?? ""
    if let deleted = pod.object["metadata", "deletionTimestamp"]?.string {
      let lasting = (Dates.seconds(deleted) ?? 0) - now / 1_000_000_000
      text.field(
        "Status",
        lasting > 0
          ? "Terminating (lasts \(Durations.age(seconds: lasting)))"
          : "Terminating (lasts \(Durations.age(seconds: -lasting)))")
      text.field("Termination Grace Period", "\(pod.object["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0)s")
    } else {
      text.field("Status", phase)
    }
    if let reason = status["reason"]?.string, !reason.isEmpty { text.field("Reason", reason) }
    if let message = status["message"]?.string, !message.isEmpty { text.field("Message", message) }
  }

  private static func addresses(_ status: Value, into text: inout Description) {
    text.field("IP", status["podIP"]?.string ?? "")
    let addresses = (status["podIPs"]?.array ?? []).compactMap { $0["ip"]?.string }
    if addresses.isEmpty { return text.field("IPs", "<none>") }
    text.line("IPs:")
    for address in addresses { text.field("IP", address, level: 1) }
  }

  /// `ReplicaSet/web-5d8`, if the object has a controller.
  static func controller(_ object: Value) -> String? {
    let owner = object["metadata", "ownerReferences"]?.array?.first { $0["controller"] == true }
    return owner.map { "\($0["kind"]?.string ?? "")/\($0["name"]?.string ?? "")" }
  }

  static func conditions(_ conditions: Value?, into text: inout Description) {
    guard let conditions = conditions?.array, !conditions.isEmpty else { return }
    text.line("Conditions:")
    text.line("Type\tStatus", level: 1)
    for condition in conditions {
      text.line("\(condition["type"]?.string ?? "") \t\(condition["status"]?.string ?? "") ", level: 1)
    }
  }

  static func tolerations(_ tolerations: Value?, into text: inout Description) {
    let lines = (tolerations?.array ?? []).map { toleration in
      var line = toleration["key"]?.string ?? ""
      if let value = toleration["value"]?.string, !value.isEmpty { line += "=" + value }
      if let effect = toleration["effect"]?.string, !effect.isEmpty { line += ":" + effect }
      if toleration["operator"] == "Exists", toleration["value"] == nil {
        line += line.isEmpty || line.hasPrefix(":") ? "op=Exists" : " op=Exists"
      }
      if let seconds = toleration["tolerationSeconds"]?.integer { line += " for \(seconds)s" }
      return line
    }.sorted()
    if lines.isEmpty { return text.field("Tolerations", "<none>") }
    for (index, line) in lines.enumerated() { text.line(index == 0 ? "Tolerations:\t\(line)" : "\t\(line)") }
  }

  /// A pod template, as deployments and replica sets show it.
  static func template(_ template: Value?, into text: inout Description) {
    text.line("Pod Template:")
    guard let template else { return text.line("<unset>", level: 1) }
    text.map("Labels", template["metadata", "labels"], level: 1)
    if template["metadata", "annotations"]?.object?.isEmpty == false {
      text.map("Annotations", template["metadata", "annotations"], level: 1)
    }
    let spec = template["spec"]
    if let account = spec?["serviceAccountName"]?.string { text.field("Service Account", account, level: 1) }
    containers("Init Containers", spec?["initContainers"], nil, nil, level: 1, into: &text)
    containers("Containers", spec?["containers"], nil, nil, level: 1, into: &text)
    volumes(spec?["volumes"], level: 1, into: &text)
    if let name = spec?["priorityClassName"]?.string { text.field("Priority Class Name", name, level: 1) }
    text.map("Node-Selectors", spec?["nodeSelector"], level: 1)
    var inner = Description()
    tolerations(spec?["tolerations"], into: &inner)
    for line in inner.tabbed.split(separator: "\n") { text.line(String(line), level: 1) }
  }
}
