import Tree

/// Ranges of addresses.
enum AddressRange {
  /// What is wrong with a range in the notation of RFC 4632.
  static func errors(_ text: String, at path: String) -> [FieldError] {
    isRange(text)
      ? [] : [.invalid(path, .string(text), "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
  }

  /// Whether a range lies in another and is smaller; where one of them is none, that is another error.
  static func isPart(_ inner: String, of outer: String) -> Bool {
    guard let inner = CELNetwork(inner), let outer = CELNetwork(outer) else { return true }
    return inner.length > outer.length && inner.address.masked(outer.length) == outer.address.masked(outer.length)
  }

  private static func isRange(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, FieldSyntax.isAddress(parts[0]), let bits = Int(parts[1]) else { return false }
    return (0...(parts[0].contains(":") ? 128 : 32)).contains(bits)
  }
}

/// The rules of network policies (k8s.io/kubernetes, pkg/apis/networking/validation).
struct NetworkPolicyValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    var errors = LabelValidation.errors(selector: spec["podSelector"], at: "spec.podSelector")
    for (list, peers) in [("ingress", "from"), ("egress", "to")] {
      for (path, rule) in spec.elements(list, in: "spec") {
        for (path, port) in rule.elements("ports", in: path) { errors += portErrors(port, at: path) }
        for (path, peer) in rule.elements(peers, in: path) { errors += peerErrors(peer, at: path) }
      }
    }
    let types = spec["policyTypes"]?.array ?? []
    if types.count > 2 {
      return errors + [.invalid("spec.policyTypes", .array(types), "may not specify more than two policyTypes")]
    }
    for (index, type) in types.enumerated() where !["Egress", "Ingress"].contains(type.string ?? "") {
      errors.append(.notSupported("spec.policyTypes[\(index)]", type.string ?? "", ["Egress", "Ingress"]))
    }
    return errors
  }

  private func portErrors(_ port: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let number = port["port"] { errors += FieldSyntax.portErrors(number, at: path + ".port") }
    guard let end = port["endPort"]?.integer else { return errors }
    if port["port"]?.integer.map({ end < $0 }) ?? false {
      errors.append(
        .invalid(path + ".endPort", .integer(end), "must be greater than or equal to `port`"))
    }
    if port["port"]?.integer == nil {
      errors.append(.required(path + ".port", "must be specified when endPort is specified"))
    }
    return errors
  }

  private func peerErrors(_ peer: Value, at path: String) -> [FieldError] {
    let selectors = ["podSelector", "namespaceSelector"].filter { peer[$0] != nil }
    var errors = selectors.flatMap { LabelValidation.errors(selector: peer[$0], at: path + "." + $0) }
    guard let block = peer["ipBlock"] else {
      return selectors.isEmpty ? [.required(path, "must specify a peer")] : errors
    }
    let cidr = block.text("cidr")
    errors +=
      cidr.isEmpty ? [.required(path + ".ipBlock.cidr")] : AddressRange.errors(cidr, at: path + ".ipBlock.cidr")
    for (index, hole) in (block["except"]?.array ?? []).enumerated() {
      let place = path + ".ipBlock.except[\(index)]"
      let found = AddressRange.errors(hole.string ?? "", at: place)
      errors += found
      if found.isEmpty, !AddressRange.isPart(hole.string ?? "", of: cidr) {
        errors.append(.invalid(place, hole, "must be a strict subset of `cidr`"))
      }
    }
    if !selectors.isEmpty { errors.append(.forbidden(path, "may not specify both ipBlock and another peer")) }
    return errors
  }
}

/// The rules of Endpoints (k8s.io/kubernetes, pkg/apis/core/validation).
struct EndpointsValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    for (index, subset) in (value["subsets"]?.array ?? []).enumerated() {
      let path = "subsets[\(index)]"
      let addresses = subset.elements("addresses", in: path) + subset.elements("notReadyAddresses", in: path)
      if addresses.isEmpty {
        errors.append(.required(path, "must specify `addresses` or `notReadyAddresses`"))
      }
      for (path, address) in addresses where !FieldSyntax.isAddress(address.text("ip")) {
        errors.append(
          .invalid(
            path + ".ip", address["ip"] ?? "", "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
      }
      let ports = subset.elements("ports", in: path)
      for (path, port) in ports {
        let name = port.text("name")
        if name.isEmpty, ports.count > 1 { errors.append(.required(path + ".name")) }
        if !name.isEmpty { errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name)) }
      }
    }
    return errors
  }
}

/// The rules of service ranges and of the addresses taken from them (pkg/apis/networking/validation).
struct AddressValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let name = value["metadata", "name"]?.string ?? ""
    var errors: [FieldError] = []
    if !FieldSyntax.isAddress(name) {
      errors.append(
        .invalid(
          "metadata.name", .string(name), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
    }
    guard let parent = value["spec", "parentRef"] else { return errors + [.required("spec.parentRef")] }
    for field in ["resource", "name"] where parent.text(field).isEmpty {
      errors.append(.required("spec.parentRef." + field))
    }
    if let old, old["spec", "parentRef"] != parent {
      errors.append(.invalid("spec.parentRef", parent, "field is immutable"))
    }
    return errors
  }
}

/// The rules of ServiceCIDRs (k8s.io/kubernetes, pkg/apis/networking/validation).
struct ServiceRangeValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let ranges = value["spec", "cidrs"]?.array ?? []
    if ranges.isEmpty { return [.required("spec.cidrs", "at least one CIDR required")] }
    if ranges.count > 2 {
      return [.invalid("spec", .array(ranges), "may only hold up to 2 values")]
    }
    return ranges.enumerated().flatMap { AddressRange.errors($1.string ?? "", at: "spec.cidrs[\($0)]") }
  }
}
