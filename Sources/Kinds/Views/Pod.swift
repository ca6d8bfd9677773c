package import Tree

/// A Pod (API reference, Pod v1 core).
package struct Pod: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: PodSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: PodStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }

  package var isReady: Bool { status.conditions.contains { $0.type == "Ready" && $0.isTrue } }
  /// Whether it has ended for good (phase Succeeded or Failed).
  package var isTerminal: Bool { status.phase == "Succeeded" || status.phase == "Failed" }
}

package struct PodSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var nodeName: String? {
    get { self["nodeName"] }
    set { self["nodeName"] = newValue }
  }
  package var containers: [Container] {
    get { self[list: "containers"] }
    set { self[list: "containers"] = newValue }
  }
  package var initContainers: [Container] {
    get { self[list: "initContainers"] }
    set { self[list: "initContainers"] = newValue }
  }
  package var nodeSelector: TextMap { self[part: "nodeSelector"] }
  package var tolerations: [Value] {
    get { self[list: "tolerations"] }
    set { self[list: "tolerations"] = newValue }
  }
  package var restartPolicy: String { self["restartPolicy"] ?? "Always" }
  package var schedulerName: String { self["schedulerName"] ?? "default-scheduler" }
  package var serviceAccountName: String { self["serviceAccountName"] ?? "default" }
  package var terminationGracePeriodSeconds: Int { self["terminationGracePeriodSeconds"] ?? 30 }
  package var hostNetwork: Bool { self["hostNetwork"] ?? false }
  package var overhead: TextMap { self[part: "overhead"] }
}

package struct Container: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var name: String { self["name"] ?? "" }
  package var image: String {
    get { self["image"] ?? "" }
    set { self["image"] = newValue }
  }
  package var imagePullPolicy: String { self["imagePullPolicy"] ?? "IfNotPresent" }
  package var command: [String] { self[list: "command"] }
  package var arguments: [String] { self[list: "args"] }
  package var ports: [Value] { self[list: "ports"] }
  package var requests: TextMap { value["resources", "requests"].map { TextMap($0) } ?? .empty }
  package var limits: TextMap { value["resources", "limits"].map { TextMap($0) } ?? .empty }
}

package struct PodStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var phase: String {
    get { self["phase"] ?? "" }
    set { self["phase"] = newValue }
  }
  package var reason: String? {
    get { self["reason"] }
    set { self["reason"] = newValue }
  }
  package var message: String? {
    get { self["message"] }
    set { self["message"] = newValue }
  }
  package var podIP: String? {
    get { self["podIP"] }
    set { self["podIP"] = newValue }
  }
  package var hostIP: String? {
    get { self["hostIP"] }
    set { self["hostIP"] = newValue }
  }
  package var startTime: String? {
    get { self["startTime"] }
    set { self["startTime"] = newValue }
  }
  package var nominatedNodeName: String? { self["nominatedNodeName"] }
  package var conditions: [Condition] {
    get { self[list: "conditions"] }
    set { self[list: "conditions"] = newValue }
  }
  package var containerStatuses: [ContainerStatus] {
    get { self[list: "containerStatuses"] }
    set { self[list: "containerStatuses"] = newValue }
  }
  package var initContainerStatuses: [ContainerStatus] {
    get { self[list: "initContainerStatuses"] }
    set { self[list: "initContainerStatuses"] = newValue }
  }
}

package struct ContainerStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var name: String {
    get { self["name"] ?? "" }
    set { self["name"] = newValue }
  }
  package var isReady: Bool {
    get { self["ready"] ?? false }
    set { self["ready"] = newValue }
  }
  package var hasStarted: Bool? {
    get { self["started"] }
    set { self["started"] = newValue }
  }
  package var restartCount: Int {
    get { self[count: "restartCount"] }
    set { self[count: "restartCount"] = newValue }
  }
  package var image: String? {
    get { self["image"] }
    set { self["image"] = newValue }
  }
  package var imageID: String? {
    get { self["imageID"] }
    set { self["imageID"] = newValue }
  }
  package var containerID: String? {
    get { self["containerID"] }
    set { self["containerID"] = newValue }
  }
  /// `{"running": {…}}`, `{"waiting": {…}}` or `{"terminated": {…}}`.
  package var state: Value? {
    get { self["state"] }
    set { self["state"] = newValue }
  }
  package var lastState: Value? {
    get { self["lastState"] }
    set { self["lastState"] = newValue }
  }
}
