import Kinds
import Tree

/// What a pod requests in all: its containers together, or more where an init container needs more before they run
/// (Kubernetes documentation, "Resource Management for Pods and Containers").
enum PodRequests {
  /// Thousandths of a processor, or whole units of anything else.
  static func amount(_ resource: String, of spec: PodSpec) -> Int64 {
    func units(_ map: TextMap) -> Int64 {
      guard let quantity = map[resource].flatMap({ Quantity($0) }) else { return 0 }
      return resource == "cpu" ? quantity.milliValue : quantity.value
    }
    var running = spec.containers.reduce(0) { $0 + units($1.requests) }
    var (sidecars, peak) = (Int64(0), Int64(0))
    for container in spec.initContainers {
      let own = units(container.requests)
      if container.value["restartPolicy"]?.string == "Always" { sidecars += own }
      peak = max(peak, sidecars + (container.value["restartPolicy"]?.string == "Always" ? 0 : own))
    }
    running = max(running + sidecars, peak)
    if let whole = spec.value["resources", "requests", resource]?.string.flatMap({ Quantity($0) }) {
      running = resource == "cpu" ? whole.milliValue : whole.value
    }
    return running + units(spec.overhead)
  }
}
