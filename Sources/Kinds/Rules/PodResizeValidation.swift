import Tree

/// What may be done through `pods/resize`: containers get more or less CPU and memory, and the pod stays in its class
/// of service (k8s.io/kubernetes, pkg/apis/core/validation ValidatePodResize).
struct PodResizeValidation {
  let old: Value
  let new: Value

  private static let lists = ["containers", "initContainers"]
  private static let amounts = ["requests", "limits"]

  var errors: [FieldError] {
    if old["metadata", "annotations", "kubernetes.io/config.mirror"] != nil {
      return [.forbidden("", "static pods cannot be resized")]
    }
    if old["spec", "os", "name"] == "windows" { return [.forbidden("", "windows pods cannot be resized")] }
    return classErrors + removalErrors + otherErrors
  }

  private var classErrors: [FieldError] {
    let (before, after) = (ServiceClass.of(old), ServiceClass.of(new))
    return before == after
      ? [] : [.invalid("spec", .string(after), "Pod QOS Class may not change as a result of resizing")]
  }

  /// What was asked for can be changed, but not taken back.
  private var removalErrors: [FieldError] {
    var errors: [FieldError] = []
    for list in Self.lists {
      let before = old["spec", list]?.array ?? []
      for (index, (path, container)) in (new["spec"] ?? [:]).elements(list, in: "spec").enumerated() {
        guard index < before.count else { break }
        for amount in Self.amounts {
          let next = container["resources", amount]
          let lost = (before[index]["resources", amount]?.object ?? Members()).contains { next?[$0.key] == nil }
          if lost { errors.append(.forbidden(path + ".resources." + amount, "resource \(amount) cannot be removed")) }
        }
      }
    }
    return errors
  }

  private var otherErrors: [FieldError] {
    let (before, after) = (unsized(old), unsized(new))
    guard before != after else { return [] }
    return [
      .forbidden(
        "spec", "only cpu and memory resources are mutable\n" + TextDifference.unified(before, after))
    ]
  }

  /// The spec without what a resize is about.
  private func unsized(_ pod: Value) -> Value {
    var spec = pod["spec"] ?? [:]
    for list in Self.lists {
      spec.changeEach(list) { container in
        for amount in Self.amounts {
          for resource in ["cpu", "memory"] { container["resources", amount, resource] = nil }
          if container["resources", amount]?.object?.isEmpty == true { container["resources", amount] = nil }
        }
      }
    }
    return spec
  }
}

/// How sure a pod may be of its resources (Kubernetes documentation, "Pod Quality of Service Classes").
enum ServiceClass {
  static func of(_ pod: Value) -> String {
    let containers = ["containers", "initContainers"].flatMap { pod["spec", $0]?.array ?? [] }
    let asked = containers.flatMap { container in
      ["requests", "limits"].flatMap { list in
        ["cpu", "memory"].map { amount(container["resources", list, $0]) ?? .zero }
      }
    }
    guard asked.contains(where: { $0 > .zero }) else { return "BestEffort" }
    let isGuaranteed = containers.allSatisfy { container in
      ["cpu", "memory"].allSatisfy { resource in
        guard let limit = amount(container["resources", "limits", resource]) else { return false }
        return limit > .zero && (amount(container["resources", "requests", resource]) ?? limit) == limit
      }
    }
    return isGuaranteed ? "Guaranteed" : "Burstable"
  }

  private static func amount(_ value: Value?) -> Quantity? { value?.string.flatMap { Quantity($0) } }
}
