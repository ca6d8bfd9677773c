import Tree

extension Describer {
  func node(_ item: Item, into text: inout Description) throws(Failure) {
    let (spec, status) = (item.object["spec"] ?? [:], item.object["status"] ?? [:])
    text.field("Name", item.name)
    text.field("Roles", Self.roles(item.object["metadata", "labels"]))
    text.map("Labels", item.object["metadata", "labels"])
    text.map("Annotations", item.object["metadata", "annotations"])
    text.field("CreationTimestamp", Dates.long(item.object["metadata", "creationTimestamp"]?.string))
    let taints = (spec["taints"]?.array ?? []).map(Taint.text)
    text.field("Taints", taints.first ?? "<none>")
    for taint in taints.dropFirst() { text.line("\t\(taint)") }
    text.field("Unschedulable", spec["unschedulable"] == true ? "true" : "false")
    lease(item, into: &text)
    conditions(status, into: &text)
    if let addresses = status["addresses"]?.array, !addresses.isEmpty {
      text.line("Addresses:")
      for address in addresses { text.field(address["type"]?.string ?? "", address["address"]?.string ?? "", level: 1) }
    }
    for (label, field) in [("Capacity", "capacity"), ("Allocatable", "allocatable")] {
      guard let amounts = status[field]?.object, !amounts.isEmpty else { continue }
      text.line("\(label):")
      for amount in amounts.sorted(by: { $0.key < $1.key }) {
        text.field(amount.key, JSONPath.text(amount.value), level: 1)
      }
    }
    information(status["nodeInfo"], into: &text)
    for field in ["podCIDR", "podCIDRs"] {
      if let value = spec[field] {
        text.field(
          field == "podCIDR" ? "PodCIDR" : "PodCIDRs",
          value.array.map { $0.compactMap(\.string).joined(separator: ",") } ?? JSONPath.text(value))
      }
    }
    try pods(on: item, allocatable: status["allocatable"] ?? [:], into: &text)
  }

  private static func roles(_ labels: Value?) -> String {
    let prefix = "node-role.kubernetes.io/"
    let roles = (labels?.object?.keys ?? []).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    return roles.isEmpty ? "<none>" : roles.sorted().joined(separator: ",")
  }

  private func lease(_ item: Item, into text: inout Description) {
    guard let resource = try? session.discovery().resource("leases.coordination.k8s.io"),
      let lease = try? session.request("GET", resource.path(namespace: "kube-node-lease", name: item.name))
    else { return }
    text.line("Lease:")
    text.field("HolderIdentity", lease["spec", "holderIdentity"]?.string ?? "<unset>", level: 1)
    text.field("AcquireTime", Dates.long(lease["spec", "acquireTime"]?.string), level: 1)
    text.field("RenewTime", Dates.long(lease["spec", "renewTime"]?.string), level: 1)
  }

  private func conditions(_ status: Value, into text: inout Description) {
    guard let conditions = status["conditions"]?.array, !conditions.isEmpty else { return }
    text.line("Conditions:")
    text.line("Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage", level: 1)
    text.line("----\t------\t-----------------\t------------------\t------\t-------", level: 1)
    for condition in conditions {
      let cells = [
        condition["type"]?.string ?? "", condition["status"]?.string ?? "",
        Dates.long(condition["lastHeartbeatTime"]?.string), Dates.long(condition["lastTransitionTime"]?.string),
        condition["reason"]?.string ?? "", condition["message"]?.string ?? "",
      ]
      text.line(cells.joined(separator: " \t"), level: 1)
    }
  }

  private func information(_ information: Value?, into text: inout Description) {
    guard let information else { return }
    text.line("System Info:")
    for (label, field) in [
      ("Machine ID", "machineID"), ("System UUID", "systemUUID"), ("Boot ID", "bootID"),
      ("Kernel Version", "kernelVersion"), ("OS Image", "osImage"), ("Operating System", "operatingSystem"),
      ("Architecture", "architecture"), ("Container Runtime Version", "containerRuntimeVersion"),
      ("Kubelet Version", "kubeletVersion"), ("Kube-Proxy Version", "kubeProxyVersion"),
    ] {
      text.field(label, information[field]?.string ?? "", level: 1)
    }
  }

  private func pods(on item: Item, allocatable: Value, into text: inout Description) throws(Failure) {
    let resource = try session.discovery().resource("pods")
    let fields = "spec.nodeName=\(item.name),status.phase!=Failed,status.phase!=Succeeded"
    let target = Target(resource: resource, namespace: nil, name: nil)
    guard let pods = try? session.list(target, query: [("fieldSelector", fields)]).items else { return }
    text.field("Non-terminated Pods", "(\(pods.count) in total)")
    text.line("Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge", level: 1)
    text.line("---------\t----\t\t------------\t----------\t---------------\t-------------\t---", level: 1)
    var total: [String: Amount] = [:]
    for pod in pods {
      var cells = [pod.namespace ?? "", pod.name, ""]
      for (name, kind) in [("cpu", "requests"), ("cpu", "limits"), ("memory", "requests"), ("memory", "limits")] {
        cells.append(Amount.total(pod.object, name, kind).text(of: allocatable[name]))
      }
      for name in allocatable.object?.keys ?? [] {
        for kind in ["requests", "limits"] {
          total["\(name) \(kind)", default: Amount()].add(Amount.total(pod.object, name, kind))
        }
      }
      cells.append(
        Durations.age(since: pod.object["metadata", "creationTimestamp"]?.string, now: session.transport.now))
      text.line(cells.joined(separator: "\t"), level: 1)
    }
    text.line("Allocated resources:")
    text.line("(Total limits may be over 100 percent, i.e., overcommitted.)", level: 1)
    text.line("Resource\tRequests\tLimits", level: 1)
    text.line("--------\t--------\t------", level: 1)
    let others = (allocatable.object?.keys ?? []).filter {
      !["cpu", "memory", "ephemeral-storage", "pods"].contains($0)
    }
    for name in ["cpu", "memory", "ephemeral-storage"] + others.sorted() {
      let shown = ["requests", "limits"].map { (total["\(name) \($0)"] ?? Amount()).text(of: allocatable[name]) }
      text.line("\(name)\t\(shown[0])\t\(shown[1])", level: 1)
    }
  }
}

/// An amount of a resource, in thousandths.
struct Amount {
  private var thousandths = 0.0
  /// How it is written, of the first amount that was added.
  private var suffix = ""

  private static let factors: [(suffix: String, factor: Double)] = [
    ("Ki", 1024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("m", 0.001), ("k", 1e3),
    ("M", 1e6), ("G", 1e9), ("T", 1e12),
  ]

  init() {}

  private init(_ text: String) {
    let found = Amount.factors.first { text.hasSuffix($0.suffix) }
    let digits = found.map { String(text.dropLast($0.suffix.count)) } ?? text
    thousandths = (Double(digits) ?? 0) * (found?.factor ?? 1) * 1000
    suffix = found?.suffix ?? ""
  }

  mutating func add(_ other: Amount) {
    if thousandths == 0 { suffix = other.suffix }
    thousandths += other.thousandths
  }

  /// What all containers of a pod want of a resource.
  static func total(_ pod: Value, _ name: String, _ kind: String) -> Amount {
    var total = Amount()
    for container in pod["spec", "containers"]?.array ?? [] {
      if let amount = container["resources", kind, name] { total.add(Amount(JSONPath.text(amount))) }
    }
    return total
  }

  /// `500m (25%)`: the amount, and how much that is of the whole.
  func text(of whole: Value?) -> String {
    let all = whole.map { Amount(JSONPath.text($0)).thousandths } ?? 0
    let percent = all > 0 ? String(Int64(cut: thousandths * 100 / all)) : "0"
    return "\(canonical) (\(percent)%)"
  }

  /// With the suffix it was written in, or the next smaller one that leaves no fraction.
  private var canonical: String {
    let units = Int64(cut: thousandths / 1000)
    if suffix.hasSuffix("i") {
      let names = ["", "Ki", "Mi", "Gi", "Ti"]
      var amount = units
      var index = 0
      while amount >= 1024, amount % 1024 == 0, index < names.count - 1 {
        amount /= 1024
        index += 1
      }
      return "\(amount)\(names[index])"
    }
    return thousandths == Double(units) * 1000 ? String(units) : "\(Int64(cut: thousandths))m"
  }
}
