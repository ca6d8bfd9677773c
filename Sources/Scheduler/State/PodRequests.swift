import Kinds
import Tree

/// What a pod asks of a node as a whole.
///
/// Containers run side by side, so theirs add up; init containers run one after another, so the largest counts, with the
/// sidecars that were started before it (Kubernetes documentation, "Sidecar Containers", resource sharing).
struct PodRequests: Sendable {
  /// What is set aside on the node.
  let amounts: ResourceAmounts
  /// The same with a small assumed request for containers that state none, so that scores see them too
  /// (100m CPU and 200 MB memory, kube-scheduler's DefaultMilliCPURequest and DefaultMemoryRequest).
  let assumed: ResourceAmounts

  init(_ spec: PodSpec) {
    amounts = Self.total(spec, of: { ResourceAmounts($0.requests) })
    assumed = Self.total(spec, of: Self.assumedRequests)
  }

  private static func assumedRequests(_ container: Container) -> ResourceAmounts {
    var amounts = ResourceAmounts(container.requests)
    if container.requests["cpu"] == nil { amounts.milliCPU = 100 }
    if container.requests["memory"] == nil { amounts.memory = 200 << 20 }
    return amounts
  }

  private static func total(_ spec: PodSpec, of requests: (Container) -> ResourceAmounts) -> ResourceAmounts {
    var running = ResourceAmounts()
    for container in spec.containers { running += requests(container) }
    var sidecars = ResourceAmounts()
    var starting = ResourceAmounts()
    for container in spec.initContainers {
      var needed = requests(container)
      if container.isSidecar {
        running += needed
        sidecars += needed
        needed = sidecars
      } else {
        needed += sidecars
      }
      starting.raise(to: needed)
    }
    running.raise(to: starting)
    if let whole = spec.value["resources", "requests"] { override(&running, with: TextMap(whole)) }
    return running + ResourceAmounts(spec.overhead)
  }

  /// A request of the pod as a whole stands in the place of the containers' sum.
  private static func override(_ amounts: inout ResourceAmounts, with whole: TextMap) {
    let stated = ResourceAmounts(whole)
    if whole["cpu"] != nil { amounts.milliCPU = stated.milliCPU }
    if whole["memory"] != nil { amounts.memory = stated.memory }
  }
}

extension Container {
  /// An init container that keeps running beside the others.
  var isSidecar: Bool { value["restartPolicy"]?.string == "Always" }
}
