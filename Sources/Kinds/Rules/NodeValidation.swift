import Tree

/// The rules of Nodes across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct NodeValidation: KindRules {
  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let amounts = amountErrors(value, "capacity") + amountErrors(value, "allocatable")
    guard let old else { return taintErrors(value) + amounts + rangeErrors(value) }
    let changes = addressErrors(value) + changeErrors(value, from: old)
    return amounts + changes + taintErrors(value)
  }

  /// Kubernetes looks for the taints in the metadata.
  private func taintErrors(_ value: Value) -> [FieldError] {
    var errors: [FieldError] = []
    var seen: Set<String> = []
    for (path, taint) in (value["spec"] ?? [:]).elements("taints", in: "metadata") {
      let (text, effect) = (taint.text("value"), taint.text("effect"))
      errors += LabelValidation.keyErrors(taint.text("key"), at: path + ".key")
      let syntax = NameSyntax.labelValueErrors(text)
      if !syntax.isEmpty { errors.append(.invalid(path + ".value", .string(text), syntax.joined(separator: ";"))) }
      if effect.isEmpty {
        errors.append(.required(path + ".effect"))
      } else if !Self.effects.contains(effect) {
        errors.append(.notSupported(path + ".effect", effect, Self.effects))
      }
      guard !seen.insert(taint.text("key") + ":" + effect).inserted else { continue }
      let shown: Value = [
        "Key": taint["key"] ?? "", "Value": .string(text), "Effect": .string(effect),
        "TimeAdded": taint["timeAdded"] ?? .null,
      ]
      let message = "Duplicate value: \(shown.jsonText): taints must be unique by key and effect pair"
      errors.append(FieldError(.duplicate, field: path, message: message))
    }
    return errors
  }

  private func amountErrors(_ value: Value, _ field: String) -> [FieldError] {
    (value["status", field]?.object ?? Members()).flatMap {
      ResourceNames.amountErrors($0.key, $0.value, at: "status.\(field).\($0.key)")
    }
  }

  private func rangeErrors(_ value: Value) -> [FieldError] {
    let ranges = value["spec", "podCIDRs"]?.array ?? []
    var errors = ranges.enumerated().flatMap {
      AddressRange.errors($1.string ?? "", at: "spec.podCIDRs[\($0)]")
    }
    guard ranges.count > 1, errors.isEmpty else { return errors }
    let families = Set(ranges.map { ($0.string ?? "").contains(":") })
    if families.count < 2 || ranges.count > 2 {
      let why = "may specify no more than one CIDR for each IP family"
      errors.append(.invalid("spec.podCIDRs", .array(ranges), why))
    }
    for (index, range) in ranges.enumerated() where ranges[..<index].contains(range) {
      errors.append(.duplicate("spec.podCIDRs[\(index)]", range))
    }
    return errors
  }

  private func addressErrors(_ value: Value) -> [FieldError] {
    let addresses = value["status", "addresses"]?.array ?? []
    return addresses.enumerated().filter { addresses[..<$0.offset].contains($0.element) }
      .map { .duplicate("status.addresses[\($0.offset)]", GoStructure.value($0.element, ["type", "address"])) }
  }

  /// What a node has got it keeps: its range of addresses, its provider's name for it.
  private func changeErrors(_ new: Value, from old: Value) -> [FieldError] {
    var errors: [FieldError] = []
    let (before, after) = (ranges(of: old), ranges(of: new))
    if !before.isEmpty, before != after {
      let count = before.count == after.count ? zip(before, after).count { $0 != $1 } : 1
      let why = "node updates may not change podCIDR except from \"\" to valid"
      errors += Array(repeating: .forbidden("spec.podCIDRs", why), count: count)
    }
    let provider = old["spec", "providerID"]?.string ?? ""
    if !provider.isEmpty, provider != new["spec", "providerID"]?.string {
      let why = "node updates may not change providerID except from \"\" to valid"
      errors.append(.forbidden("spec.providerID", why))
    }
    if old["spec", "externalID"] != new["spec", "externalID"] {
      errors.append(.forbidden("spec.externalID", "may not be updated"))
    }
    return errors
  }

  private func ranges(of node: Value) -> [Value] {
    node["spec", "podCIDRs"]?.array ?? node["spec", "podCIDR"].map { [$0] } ?? []
  }
}
