import Kinds
import Tree

/// Holds a pod's or a claim's amounts against one entry of a LimitRange (kubernetes, plugin/pkg/admission/limitranger).
struct LimitCheck {
  private let item: Value
  private let type: String
  private let requests: ResourceAmounts
  private let limits: ResourceAmounts

  private init(_ item: Value, requests: ResourceAmounts, limits: ResourceAmounts) {
    self.item = item
    type = item["type"]?.string ?? ""
    self.requests = requests
    self.limits = limits
  }

  /// What of a pod the entry does not allow.
  static func pod(_ pod: Value, _ item: Value) -> [String] {
    switch item["type"]?.string {
    case "Container":
      let spec = Pod(pod).spec
      return (spec.containers + spec.initContainers).flatMap { container in
        LimitCheck(
          item, requests: ResourceAmounts(container.value["resources", "requests"]),
          limits: ResourceAmounts(container.value["resources", "limits"])
        ).errors
      }
    case "Pod":
      return LimitCheck(
        item, requests: .ofPod(pod, "requests", withOverhead: false), limits: .ofPod(pod, "limits", withOverhead: false)
      ).errors
    default: return []
    }
  }

  /// What of a claim the entry does not allow.
  static func claim(_ claim: Value, _ item: Value) -> [String] {
    guard item["type"]?.string == "PersistentVolumeClaim" else { return [] }
    let requests = ResourceAmounts(claim["spec", "resources", "requests"])
    let check = LimitCheck(item, requests: requests, limits: ResourceAmounts(nil))
    return check.each("min", check.tooLittle) + check.each("max", check.claimsTooMuch)
  }

  private var errors: [String] {
    each("min", tooLittle) + each("max", tooMuch) + each("maxLimitRequestRatio", tooFarApart)
  }

  private func each(_ bound: String, _ rule: (String, Quantity) -> String?) -> [String] {
    let bounds = ResourceAmounts(item[bound])
    return bounds.names.compactMap { name in bounds[name].flatMap { rule(name, $0) } }
  }

  private func tooLittle(_ name: String, _ least: Quantity) -> String? {
    let rule = "minimum \(name) usage per \(type) is \(least)"
    guard let request = requests[name] else { return rule + ".  No request is specified" }
    if request < least { return rule + ", but request is \(request)" }
    if let limit = limits[name], limit < least { return rule + ", but limit is \(limit)" }
    return nil
  }

  private func tooMuch(_ name: String, _ most: Quantity) -> String? {
    let rule = "maximum \(name) usage per \(type) is \(most)"
    guard let limit = limits[name] else { return rule + ".  No limit is specified" }
    if limit > most { return rule + ", but limit is \(limit)" }
    if let request = requests[name], request > most { return rule + ", but request is \(request)" }
    return nil
  }

  private func claimsTooMuch(_ name: String, _ most: Quantity) -> String? {
    let rule = "maximum \(name) usage per \(type) is \(most)"
    guard let request = requests[name] else { return rule + ".  No request is specified" }
    return request > most ? rule + ", but request is \(request)" : nil
  }

  private func tooFarApart(_ name: String, _ most: Quantity) -> String? {
    let rule = "\(name) max limit to request ratio per \(type) is \(most), but "
    guard let request = requests[name], request > .zero else { return rule + "no request is specified or request is 0" }
    guard let limit = limits[name], limit > .zero else { return rule + "no limit is specified or limit is 0" }
    let ratio = Double(limit.nanoValue) / Double(request.nanoValue)
    guard ratio > Double(most.nanoValue) / 1e9 else { return nil }
    return rule + "provided ratio is \(Self.decimals(ratio))"
  }

  /// A number with six places after the point, as Go's `%f` writes it.
  private static func decimals(_ number: Double) -> String {
    let millionths = Int128(min((number * 1e6).rounded(), 0x1p126))
    let places = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - places.count) + places
  }
}
