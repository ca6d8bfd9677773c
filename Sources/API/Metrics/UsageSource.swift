package import Store

/// What a container uses at a moment.
package struct ContainerUsage: Sendable, Equatable {
  /// The container's name.
  package var container: String
  /// Billionths of a core.
  package var cpu: Int64
  /// Bytes.
  package var memory: Int64

  package init(container: String, cpu: Int64, memory: Int64) {
    self.container = container
    self.cpu = cpu
    self.memory = memory
  }
}

/// Where the use of containers is measured: the simulated kubelets. Belongs to the cluster's loop.
package protocol UsageSource: AnyObject {
  /// What each running container of the pod uses now; nil where nothing of the pod is measured.
  func measure(pod: ObjectKey) -> [ContainerUsage]?

  /// What all of a node uses now, its system with it; nil for a node that nothing measures.
  func measure(node name: String) -> (cpu: Int64, memory: Int64)?
}
