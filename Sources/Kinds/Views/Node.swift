package import Tree

/// A Node (API reference, Node v1 core).
package struct Node: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: NodeSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: NodeStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct NodeSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var isUnschedulable: Bool {
    get { self["unschedulable"] ?? false }
    set { self["unschedulable"] = newValue ? true : nil }
  }
  package var podCIDR: String? {
    get { self["podCIDR"] }
    set { self["podCIDR"] = newValue }
  }
  package var taints: [Taint] {
    get { self[list: "taints"] }
    set { self[list: "taints"] = newValue }
  }
}

package struct Taint: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(key: String, value text: String = "", effect: String, timeAdded: String? = nil) {
    value = ["key": .string(key), "effect": .string(effect)]
    if !text.isEmpty { value["value"] = .string(text) }
    value["timeAdded"] = timeAdded.map(Value.string)
  }

  package var key: String { self["key"] ?? "" }
  package var text: String { self["value"] ?? "" }
  package var effect: String { self["effect"] ?? "" }
  package var timeAdded: String? { self["timeAdded"] }
}

package struct NodeStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var capacity: TextMap {
    get { self[part: "capacity"] }
    set { self[part: "capacity"] = newValue }
  }
  package var allocatable: TextMap {
    get { self[part: "allocatable"] }
    set { self[part: "allocatable"] = newValue }
  }
  package var conditions: [Condition] {
    get { self[list: "conditions"] }
    set { self[list: "conditions"] = newValue }
  }
  package var addresses: [Value] {
    get { self[list: "addresses"] }
    set { self[list: "addresses"] = newValue }
  }
}
