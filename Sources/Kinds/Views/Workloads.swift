package import Tree

/// A Deployment (API reference, Deployment v1 apps).
package struct Deployment: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: DeploymentSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: DeploymentStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct DeploymentSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var replicas: Int {
    get { self["replicas"] ?? 1 }
    set { self["replicas"] = newValue }
  }
  package var selector: Value { value["selector"] ?? [:] }
  package var template: PodTemplate {
    get { self[part: "template"] }
    set { self[part: "template"] = newValue }
  }
  package var minReadySeconds: Int { self[count: "minReadySeconds"] }
  package var isPaused: Bool { self["paused"] ?? false }
  package var revisionHistoryLimit: Int? { self["revisionHistoryLimit"] }
  package var progressDeadlineSeconds: Int? { self["progressDeadlineSeconds"] }
  package var strategyType: String { value["strategy", "type"]?.string ?? "RollingUpdate" }
  /// A number or a percentage.
  package var maxSurge: Value? { value["strategy", "rollingUpdate", "maxSurge"] }
  /// A number or a percentage.
  package var maxUnavailable: Value? { value["strategy", "rollingUpdate", "maxUnavailable"] }
}

package struct DeploymentStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var observedGeneration: Int {
    get { self[count: "observedGeneration"] }
    set { self[count: "observedGeneration"] = newValue }
  }
  package var replicas: Int {
    get { self[count: "replicas"] }
    set { self[count: "replicas"] = newValue }
  }
  package var updatedReplicas: Int {
    get { self[count: "updatedReplicas"] }
    set { self[count: "updatedReplicas"] = newValue }
  }
  package var readyReplicas: Int {
    get { self[count: "readyReplicas"] }
    set { self[count: "readyReplicas"] = newValue }
  }
  package var availableReplicas: Int {
    get { self[count: "availableReplicas"] }
    set { self[count: "availableReplicas"] = newValue }
  }
  package var unavailableReplicas: Int {
    get { self[count: "unavailableReplicas"] }
    set { self[count: "unavailableReplicas"] = newValue }
  }
  package var conditions: [Condition] {
    get { self[list: "conditions"] }
    set { self[list: "conditions"] = newValue }
  }
}

/// A ReplicaSet (API reference, ReplicaSet v1 apps).
package struct ReplicaSet: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: ReplicaSetSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: ReplicaSetStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct ReplicaSetSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var replicas: Int {
    get { self["replicas"] ?? 1 }
    set { self["replicas"] = newValue }
  }
  package var selector: Value { value["selector"] ?? [:] }
  package var template: PodTemplate {
    get { self[part: "template"] }
    set { self[part: "template"] = newValue }
  }
  package var minReadySeconds: Int { self[count: "minReadySeconds"] }
}

package struct ReplicaSetStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var observedGeneration: Int {
    get { self[count: "observedGeneration"] }
    set { self[count: "observedGeneration"] = newValue }
  }
  package var replicas: Int {
    get { self[count: "replicas"] }
    set { self[count: "replicas"] = newValue }
  }
  package var readyReplicas: Int {
    get { self[count: "readyReplicas"] }
    set { self[count: "readyReplicas"] = newValue }
  }
  package var availableReplicas: Int {
    get { self[count: "availableReplicas"] }
    set { self[count: "availableReplicas"] = newValue }
  }
  package var fullyLabeledReplicas: Int {
    get { self[count: "fullyLabeledReplicas"] }
    set { self[count: "fullyLabeledReplicas"] = newValue }
  }
}

/// What a workload makes its pods from.
package struct PodTemplate: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var metadata: Metadata {
    get { self[part: "metadata"] }
    set { self[part: "metadata"] = newValue }
  }
  package var spec: PodSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
}
