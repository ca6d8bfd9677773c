import Kinds
import Loop
import Tree

/// What a container uses at a moment.
package struct ResourceUsage: Sendable, Equatable {
  /// Thousandths of a processor.
  package var milliCPU: Int64
  /// Bytes.
  package var memory: Int64

  package static let none = ResourceUsage(milliCPU: 0, memory: 0)

  package static func + (left: Self, right: Self) -> Self {
    Self(milliCPU: left.milliCPU + right.milliCPU, memory: left.memory + right.memory)
  }
}

/// How a node's processors are shared: everybody gets what it wants while there is enough, and then in proportion to what
/// it requests (the kernel's cpu.weight); nobody gets more than its limit (cpu.max).
struct ProcessorShare {
  struct Demand: Equatable {
    /// Thousandths of a processor that it would use.
    var wanted: Int64
    /// Thousandths of a processor that it requests.
    var requested: Int64
    /// Thousandths of a processor that it may use; nil: all.
    var limit: Int64?

    /// The kernel gives the least weight to who requests nothing.
    var weight: Int64 { max(requested, 2) }
    var most: Int64 { min(wanted, limit ?? wanted) }
  }

  /// What each gets of so many thousandths.
  static func shares(of demands: [Demand], capacity: Int64) -> [Int64] {
    var shares = demands.map { _ in Int64(0) }
    var open = demands.indices.filter { demands[$0].most > 0 }
    var rest = capacity
    while !open.isEmpty, rest > 0 {
      let weights = open.reduce(0) { $0 + demands[$1].weight }
      let content = open.filter { demands[$0].most <= rest * demands[$0].weight / weights }
      guard !content.isEmpty else {
        for index in open { shares[index] = rest * demands[index].weight / weights }
        return shares
      }
      for index in content {
        shares[index] = demands[index].most
        rest -= shares[index]
      }
      open.removeAll { content.contains($0) }
    }
    return shares
  }
}

extension ContainerRun {
  /// What it would use of the processors, in thousandths.
  func wantedCPU(at now: Time) -> Int64 {
    guard state.isRunning, let image = world?.image else { return 0 }
    switch program {
    case .service(let program):
      let requests = world?.network.requestCPU(of: name, program.behaviour, at: now) ?? 0
      return program.behaviour.cpu + requests
    case .shell(let program): return program.wantedCPU(at: now, image: image)
    case nil: return 0
    }
  }

  /// Bytes of memory that it uses.
  func memory(at now: Time) -> Int64 {
    guard state.isRunning, let image = world?.image else { return 0 }
    switch program {
    case .service(let program): return program.memory(at: now)
    case .shell(let program): return program.memory(at: now) ?? min(image.memory, 2 << 20)
    case nil: return 0
    }
  }

  /// `resources` is what it runs with.
  func demand(_ resources: Value, at now: Time) -> ProcessorShare.Demand {
    func amount(_ list: String) -> Int64? { PodAllocation.quantity(resources, list, "cpu")?.milliValue }
    return ProcessorShare.Demand(
      wanted: wantedCPU(at: now), requested: amount("requests") ?? amount("limits") ?? 0, limit: amount("limits"))
  }
}
