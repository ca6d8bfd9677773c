import API
import Kinds
import Loop
import Store
import Tree

/// What the containers of one node use.
struct NodeUsage {
  let kubelet: Kubelet

  /// What the machine has: two processors, and memory.
  static let milliCPU: Int64 = 2_000
  static let memory: Int64 = 4_194_304 << 10
  static let disk: Int64 = 41_152_832 << 10
  /// What the system itself takes.
  static let systemMemory: Int64 = 300 << 20
  static let systemDisk: Int64 = 3 << 30

  /// Each container's share, by pod and name; contention for processors is settled.
  func containers() -> [(pod: ObjectKey, container: String, usage: ResourceUsage)] {
    var found: [(pod: ObjectKey, container: String, memory: Int64, demand: ProcessorShare.Demand)] = []
    for (key, run) in kubelet.sortedRuns {
      guard let stored = kubelet.client.store[key] else { continue }
      for spec in Pod(stored.value).allContainers {
        guard let container = run.container(spec.name), container.state.isRunning else { continue }
        found.append(
          (
            key, spec.name, container.memory(at: kubelet.now),
            container.demand(run.resources(of: spec), at: kubelet.now)
          ))
      }
    }
    let shares = ProcessorShare.shares(of: found.map(\.demand), capacity: Self.milliCPU)
    return zip(found, shares).map { ($0.pod, $0.container, ResourceUsage(milliCPU: $1, memory: $0.memory)) }
  }

  /// How fast a container that wants a whole processor goes now: 1 is a processor for itself.
  func speed(of key: ObjectKey, _ spec: Container) -> Double {
    var demands: [ProcessorShare.Demand] = []
    for (pod, run) in kubelet.sortedRuns {
      guard let stored = kubelet.client.store[pod] else { continue }
      for other in Pod(stored.value).allContainers where !(pod == key && other.name == spec.name) {
        guard let container = run.container(other.name) else { continue }
        demands.append(container.demand(run.resources(of: other), at: kubelet.now))
      }
    }
    let resources = kubelet.run(of: key)?.resources(of: spec) ?? spec.value["resources"] ?? [:]
    var own = ContainerRun(name: spec.name, role: .main).demand(resources, at: kubelet.now)
    own.wanted = 1_000
    let share = ProcessorShare.shares(of: [own] + demands, capacity: Self.milliCPU).first ?? 1_000
    return max(Double(share) / 1_000, 0.001)
  }
}
