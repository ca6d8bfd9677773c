package import API
import Kinds
import Loop
package import Store
import Tree

/// What the containers of the simulated machines use, as their kubelets measure it.
///
/// A container uses what its image says (`Image`, `spec.cpu` and `spec.memory`), or what its pod's annotations say
/// instead, for each of its containers, and of CPU no more than its limit.
extension NodePool: UsageSource {
  private static let cpuAnnotation = "podium.dev/cpu-usage"
  private static let memoryAnnotation = "podium.dev/memory-usage"
  /// What a node's system takes: billionths of a core, bytes.
  private static let system = (cpu: Int64(40_000_000), memory: Int64(350 << 20))
  /// What an interpreted shell takes.
  private static let shell = (cpu: Int64(100_000), memory: Int64(1 << 20))

  package func usage(of pod: ObjectKey) -> [ContainerUsage]? {
    guard let stored = client.store[pod], let kubelet = kubelet(of: pod), !kubelet.isDown,
      let run = kubelet.run(of: pod)
    else { return nil }
    let view = Pod(stored.value)
    let annotations = view.metadata.annotations
    let cpu = annotations[Self.cpuAnnotation].flatMap { Quantity($0) }.map { Int64(clamping: $0.nanoValue) }
    let memory = annotations[Self.memoryAnnotation].flatMap { Quantity($0) }?.value
    let limits = Dictionary(
      (view.spec.initContainers + view.spec.containers).map { ($0.name, $0.limits["cpu"]) }
    ) { first, _ in first }
    return run.allContainers.filter(\.state.isRunning).map { container in
      let own = Self.usage(of: container.program, now: client.loop.now)
      let limit = (limits[container.name] ?? nil).flatMap { Quantity($0) }.map { Int64(clamping: $0.nanoValue) }
      return ContainerUsage(
        container: container.name, cpu: min(cpu ?? own.cpu, limit ?? .max), memory: memory ?? own.memory)
    }
  }

  package func usage(ofNode name: String) -> (cpu: Int64, memory: Int64)? {
    guard hasMachine(name) else { return nil }
    let used = client.store.lookup(Self.podsByNode, name).flatMap { usage(of: $0.key) ?? [] }
    return (
      used.reduce(Self.system.cpu) { $0 + $1.cpu }, used.reduce(Self.system.memory) { $0 + $1.memory }
    )
  }

  private static func usage(of program: Program?, now: Time) -> (cpu: Int64, memory: Int64) {
    guard case .service(let service) = program else { return shell }
    return (service.behaviour.cpu, service.memory(at: now))
  }
}
