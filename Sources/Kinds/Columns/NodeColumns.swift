import Tree

/// `kubectl get nodes`.
enum NodeColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Status", help: "Whether the node is ready, and takes new pods.", text: status),
    TableColumn("Roles", help: "The node's roles, from its labels.", text: roles),
    .age,
    TableColumn("Version", help: "The kubelet's version.") { information($0, "kubeletVersion") ?? "" },
    TableColumn("Internal-IP", help: "Its address inside the cluster.", wide: true) { address($0, "InternalIP") },
    TableColumn("External-IP", help: "Its address from outside.", wide: true) { address($0, "ExternalIP") },
    TableColumn("OS-Image", help: "The operating system.", wide: true) { information($0, "osImage") ?? "<unknown>" },
    TableColumn("Kernel-Version", help: "The kernel.", wide: true) { information($0, "kernelVersion") ?? "<unknown>" },
    TableColumn("Container-Runtime", help: "What runs its containers.", wide: true) {
      information($0, "containerRuntimeVersion") ?? "<unknown>"
    },
  ]

  private static func status(_ value: Value) -> String {
    let node = Node(value)
    let ready = node.status.conditions.first { $0.type == "Ready" }
    let state = ready.map { $0.isTrue ? "Ready" : "NotReady" } ?? "Unknown"
    return state + (node.spec.isUnschedulable ? ",SchedulingDisabled" : "")
  }

  private static func roles(_ value: Value) -> String {
    let prefix = "node-role.kubernetes.io/"
    let labels = Node(value).metadata.labels.pairs
    let named = labels.filter { $0.key.hasPrefix(prefix) && $0.key != prefix }.map {
      String($0.key.dropFirst(prefix.count))
    }
    let old = labels.filter { $0.key == "kubernetes.io/role" && !$0.value.isEmpty }.map(\.value)
    let roles = Set(named + old).sorted()
    return roles.isEmpty ? "<none>" : roles.joined(separator: ",")
  }

  private static func information(_ value: Value, _ field: String) -> String? {
    value["status", "nodeInfo", field]?.string.nonempty
  }

  private static func address(_ value: Value, _ type: String) -> String {
    Node(value).status.addresses.first { $0["type"]?.string == type }?["address"]?.string ?? "<none>"
  }
}
