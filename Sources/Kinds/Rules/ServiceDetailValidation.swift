import Tree

/// What a Service says of its addresses and of traffic from outside (k8s.io/kubernetes, pkg/apis/core/validation).
struct ServiceDetailValidation {
  let spec: Value

  private static let families = ["IPv4", "IPv6"]
  private static let trafficPolicies = ["Cluster", "Local"]
  private static let distributions = ["PreferClose", "PreferSameNode", "PreferSameZone"]
  /// A day: how long a client may stick to a pod.
  private static let longestAffinity: Int64 = 86_400

  private var type: String { spec.text("type") }

  // MARK: Affinity and addresses

  var affinityErrors: [FieldError] {
    if spec["sessionAffinity"] == "None", spec["sessionAffinityConfig"] != nil {
      return [.forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None")]
    }
    guard spec["sessionAffinity"] == "ClientIP",
      let seconds = spec["sessionAffinityConfig", "clientIP", "timeoutSeconds"]?.integer,
      !(1...Self.longestAffinity).contains(seconds)
    else { return [] }
    return [
      .invalid(
        "spec.sessionAffinityConfig.clientIP.timeoutSeconds", .integer(seconds),
        "must be greater than 0 and less than \(Self.longestAffinity)")
    ]
  }

  var addressErrors: [FieldError] {
    if type == "ExternalName" { return [] }
    var errors: [FieldError] = []
    let first = spec["clusterIP"] ?? ""
    var listed = spec["clusterIPs"]?.array ?? []
    if listed.isEmpty, first != "" { listed = [first] }
    if first != "", let head = listed.first, head != first {
      errors.append(.invalid("spec.clusterIPs", .array(listed), "first value must match `clusterIP`"))
    }
    var seen: Set<String> = []
    for (index, family) in (spec["ipFamilies"]?.array ?? []).enumerated() {
      let (name, place) = (family.string ?? "", "spec.ipFamilies[\(index)]")
      if !Self.families.contains(name) { errors.append(.notSupported(place, name, Self.families)) }
      if !seen.insert(name).inserted { errors.append(.duplicate(place, family)) }
    }
    if listed.first == "None" {
      if listed.count > 1 {
        errors.append(.invalid("spec.clusterIPs", .array(listed), "'None' must be the first and only value"))
      }
      return errors
    }
    for (index, address) in listed.enumerated() {
      errors += FieldSyntax.addressErrors(address, at: "spec.clusterIPs[\(index)]")
    }
    if listed.count > 2 {
      errors.append(.invalid("spec.clusterIPs", .array(listed), "may only hold up to 2 values"))
    }
    return errors
  }

  var externalAddressErrors: [FieldError] {
    (spec["externalIPs"]?.array ?? []).enumerated().flatMap { index, address -> [FieldError] in
      let place = "spec.externalIPs[\(index)]"
      let errors = FieldSyntax.addressErrors(address, at: place)
      guard errors.isEmpty, let bytes = AddressBytes(address.string ?? "") else { return errors }
      let why =
        bytes.isUnspecified
        ? "may not be unspecified (\(bytes.text))"
        : bytes.isLoopback
          ? "may not be in the loopback range (127.0.0.0/8, ::1/128)"
          : bytes.isLinkLocalUnicast
            ? "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
            : bytes.isLinkLocalMulticast
              ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)" : ""
      return why.isEmpty ? [] : [.invalid(place, address, why)]
    }
  }

  // MARK: From outside

  var nodePortErrors: [FieldError] {
    guard type == "ClusterIP" else { return [] }
    return spec.elements("ports", in: "spec").filter { ($0.value["nodePort"]?.integer ?? 0) != 0 }
      .map { .forbidden($0.path + ".nodePort", "may not be used when `type` is 'ClusterIP'") }
  }

  var loadBalancerErrors: [FieldError] {
    let isBalanced = type == "LoadBalancer"
    let why = "may only be used when `type` is 'LoadBalancer'"
    var errors: [FieldError] = []
    let ranges = spec["loadBalancerSourceRanges"]?.array ?? []
    if !ranges.isEmpty {
      // Kubernetes' own spelling.
      let place = "spec.LoadBalancerSourceRanges"
      if !isBalanced { errors.append(.forbidden(place, why)) }
      for (index, range) in ranges.enumerated() {
        let text = String((range.string ?? "").split(separator: " ").joined(separator: " "))
        errors += AddressRange.errors(text, at: place + "[\(index)]")
      }
    }
    if !isBalanced, spec["allocateLoadBalancerNodePorts"] != nil {
      errors.append(.forbidden("spec.allocateLoadBalancerNodePorts", why))
    }
    if let name = spec["loadBalancerClass"]?.string {
      errors +=
        isBalanced
        ? LabelValidation.keyErrors(name, at: "spec.loadBalancerClass")
        : [.forbidden("spec.loadBalancerClass", why)]
    }
    return errors
  }

  var trafficErrors: [FieldError] {
    var errors: [FieldError] = []
    let isReachable =
      ["LoadBalancer", "NodePort"].contains(type)
      || type == "ClusterIP" && !(spec["externalIPs"]?.array ?? []).isEmpty
    let policy = spec.text("externalTrafficPolicy")
    let place = "spec.externalTrafficPolicy"
    if !isReachable, !policy.isEmpty {
      errors.append(.invalid(place, .string(policy), "may only be set for externally-accessible services"))
    } else if isReachable, !policy.isEmpty, !Self.trafficPolicies.contains(policy) {
      errors.append(.notSupported(place, policy, Self.trafficPolicies))
    }
    let (port, checked) = (spec["healthCheckNodePort"]?.integer ?? 0, type == "LoadBalancer" && policy == "Local")
    if port != 0, !checked {
      errors.append(
        .invalid(
          "spec.healthCheckNodePort", .integer(port),
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"))
    }
    if let word = spec["trafficDistribution"]?.string, !Self.distributions.contains(word) {
      errors.append(.notSupported("spec.trafficDistribution", word, Self.distributions))
    }
    return errors
  }
}
