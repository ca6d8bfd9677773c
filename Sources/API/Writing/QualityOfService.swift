import Kinds
import Tree

/// How sure a pod may be of its resources (Kubernetes documentation, "Pod Quality of Service Classes").
enum QualityOfService: String {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"

  static func ofPod(_ value: Value) -> QualityOfService {
    let spec = Pod(value).spec
    let containers = spec.containers + spec.initContainers
    let sums = containers.flatMap { [$0.requests, $0.limits] }
    guard sums.contains(where: { asks($0, for: "cpu") || asks($0, for: "memory") }) else { return .bestEffort }
    let isGuaranteed = containers.allSatisfy { container in
      ["cpu", "memory"].allSatisfy { resource in
        guard let limit = container.limits[resource].flatMap(Quantity.init) else { return false }
        let request = container.requests[resource].flatMap(Quantity.init) ?? limit
        return limit > .zero && request == limit
      }
    }
    return isGuaranteed ? .guaranteed : .burstable
  }

  private static func asks(_ amounts: TextMap, for resource: String) -> Bool {
    (amounts[resource].flatMap(Quantity.init) ?? .zero) > .zero
  }
}
