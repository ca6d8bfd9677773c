import Tree

/// What a load balancer reports of itself (k8s.io/kubernetes, pkg/apis/core/validation ValidateLoadBalancerStatus).
struct BalancerStatusValidation {
  let service: Value

  private static let modes = ["Proxy", "VIP"]

  var errors: [FieldError] {
    let path = "status.loadBalancer"
    let entries = (service["status", "loadBalancer"] ?? [:]).elements("ingress", in: path)
    if !entries.isEmpty, service["spec", "type"] != "LoadBalancer" {
      return [.forbidden(path + ".ingress", "may only be used when `spec.type` is 'LoadBalancer'")]
    }
    return entries.flatMap { entryErrors($0.value, $0.path) }
  }

  private func entryErrors(_ entry: Value, _ path: String) -> [FieldError] {
    let (address, host) = (entry.text("ip"), entry.text("hostname"))
    var errors = address.isEmpty ? [] : FieldSyntax.addressErrors(.string(address), at: path + ".ip")
    let mode = entry["ipMode"]?.string
    if mode == nil, !address.isEmpty {
      errors.append(.required(path + ".ipMode", "must be specified when `ip` is set"))
    } else if mode != nil, address.isEmpty {
      errors.append(.forbidden(path + ".ipMode", "may not be specified when `ip` is not set"))
    } else if let mode, !Self.modes.contains(mode) {
      errors.append(.notSupported(path + ".ipMode", mode, Self.modes))
    }
    if host.isEmpty { return errors }
    errors += FieldError.invalid(path + ".hostname", .string(host), NameSyntax.subdomainErrors(host))
    if FieldSyntax.isAddress(host) {
      errors.append(.invalid(path + ".hostname", .string(host), "must be a DNS name, not an IP address"))
    }
    return errors
  }
}
