import Kinds

/// A pod's quality of service class, from its requests and limits (Kubernetes documentation, "Pod Quality of Service
/// Classes").
enum QualityOfService {
  static func className(of spec: PodSpec) -> String {
    let containers = spec.initContainers + spec.containers
    let counted = ["cpu", "memory"]
    var isGuaranteed = true
    var hasAny = false
    for container in containers {
      for resource in counted {
        let limit = container.limits[resource].flatMap { Quantity($0) }
        let request = container.requests[resource].flatMap { Quantity($0) } ?? limit
        if limit != nil || request != nil { hasAny = true }
        if limit == nil || limit != request { isGuaranteed = false }
      }
    }
    guard hasAny else { return "BestEffort" }
    return isGuaranteed ? "Guaranteed" : "Burstable"
  }
}
