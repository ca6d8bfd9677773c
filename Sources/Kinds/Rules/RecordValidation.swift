import Tree

/// The rules of Leases (k8s.io/kubernetes, pkg/apis/coordination/validation).
struct LeaseValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    if let duration = value["spec", "leaseDurationSeconds"], duration.integer ?? 0 <= 0 {
      errors.append(.invalid("spec.leaseDurationSeconds", duration, "must be greater than 0"))
    }
    if let transitions = value["spec", "leaseTransitions"], transitions.integer ?? 0 < 0 {
      errors.append(.invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0"))
    }
    return errors
  }
}

/// The rules of EndpointSlices (k8s.io/kubernetes, pkg/apis/discovery/validation).
struct EndpointSliceValidation: KindRules {
  private static let endpointLimit = 1_000
  private static let addressLimit = 100
  private static let portLimit = 20_000

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let endpoints = value["endpoints"]?.array ?? []
    var errors: [FieldError] = []
    if endpoints.count > Self.endpointLimit {
      return [tooMany("endpoints", endpoints.count, Self.endpointLimit)]
    }
    for (index, endpoint) in endpoints.enumerated() {
      errors += addressErrors(endpoint, "endpoints[\(index)].addresses", type: value.text("addressType"))
    }
    return errors + portErrors(value["ports"]?.array ?? [])
  }

  private func addressErrors(_ endpoint: Value, _ path: String, type: String) -> [FieldError] {
    let addresses = endpoint["addresses"]?.array ?? []
    if addresses.isEmpty { return [.required(path, "must contain at least 1 address")] }
    if addresses.count > Self.addressLimit { return [tooMany(path, addresses.count, Self.addressLimit)] }
    var errors: [FieldError] = []
    for (index, address) in addresses.enumerated() {
      let text = address.string ?? ""
      switch type {
      case "IPv4" where !FieldSyntax.isAddress(text) || text.contains(":"):
        errors.append(.invalid("\(path)[\(index)]", address, "must be an IPv4 address"))
      case "IPv6" where !FieldSyntax.isAddress(text) || !text.contains(":"):
        errors.append(.invalid("\(path)[\(index)]", address, "must be an IPv6 address"))
      case "FQDN":
        errors += FieldError.invalid("\(path)[\(index)]", address, NameSyntax.subdomainErrors(text))
      default: break
      }
    }
    return errors
  }

  private func portErrors(_ ports: [Value]) -> [FieldError] {
    if ports.count > Self.portLimit { return [tooMany("ports", ports.count, Self.portLimit)] }
    var errors: [FieldError] = []
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      let name = port.text("name")
      if !name.isEmpty {
        errors += FieldError.invalid("ports[\(index)].name", .string(name), NameSyntax.labelErrors(name))
      }
      if !names.insert(name).inserted { errors.append(.duplicate("ports[\(index)].name", .string(name))) }
    }
    return errors
  }

  private func tooMany(_ field: String, _ count: Int, _ limit: Int) -> FieldError {
    FieldError(.tooMany, field: field, message: "Too many: \(count): must have at most \(limit) items")
  }
}
