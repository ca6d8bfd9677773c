package import API
package import Store

/// What the containers of the simulated machines use, as the metrics API and the autoscaler ask for it.
extension NodePool: UsageSource {
  package func measure(pod: ObjectKey) -> [ContainerUsage]? {
    usage(ofPod: pod)?.map {
      ContainerUsage(container: $0.container, cpu: $0.usage.milliCPU * 1_000_000, memory: $0.usage.memory)
    }
  }

  package func measure(node name: String) -> (cpu: Int64, memory: Int64)? {
    usage(ofNode: name).map { ($0.milliCPU * 1_000_000, $0.memory) }
  }
}
