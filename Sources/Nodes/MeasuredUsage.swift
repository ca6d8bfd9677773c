package import API
import Kinds
package import Store
import Tree

/// What metrics tell of the simulated machines' containers, as their kubelets measure it.
///
/// A container uses what its image and its visitors make it use, or what its pod's annotations say instead, for each of
/// its containers, and of CPU no more than its limit.
extension NodePool: UsageSource {
  private static let cpuAnnotation = "podium.dev/cpu-usage"
  private static let memoryAnnotation = "podium.dev/memory-usage"
  /// Billionths of a core in a thousandth.
  private static let nano: Int64 = 1_000_000

  package func usage(of pod: ObjectKey) -> [ContainerUsage]? {
    guard let stored = client.store[pod], let kubelet = kubelet(of: pod), !kubelet.isDown,
      let measured = usage(ofPod: pod)
    else { return nil }
    let view = Pod(stored.value)
    let annotations = view.metadata.annotations
    let cpu = annotations[Self.cpuAnnotation].flatMap { Quantity($0) }.map { Int64(clamping: $0.nanoValue) }
    let memory = annotations[Self.memoryAnnotation].flatMap { Quantity($0) }?.value
    let limits = Dictionary(
      (view.spec.initContainers + view.spec.containers).map { ($0.name, $0.limits["cpu"]) }
    ) { first, _ in first }
    return measured.map { container, usage in
      let limit = (limits[container] ?? nil).flatMap { Quantity($0) }.map { Int64(clamping: $0.nanoValue) }
      return ContainerUsage(
        container: container, cpu: min(cpu ?? usage.milliCPU * Self.nano, limit ?? .max),
        memory: memory ?? usage.memory)
    }
  }

  package func usage(ofNode name: String) -> (cpu: Int64, memory: Int64)? {
    guard hasMachine(name) else { return nil }
    let used = client.store.lookup(Self.podsByNode, name).flatMap { usage(of: $0.key) ?? [] }
    return (
      used.reduce(50 * Self.nano) { $0 + $1.cpu }, used.reduce(NodeUsage.systemMemory) { $0 + $1.memory }
    )
  }
}
