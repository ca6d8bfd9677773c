import Kinds
import Loop
import Store
import Tree

/// Gives Services their cluster addresses and node ports, and takes them away again when the type changes
/// (Kubernetes documentation, "Service ClusterIP allocation").
enum ServiceAddresses {
  /// 10.96.0.0/12
  private static let network: UInt32 = 10 << 24 | 96 << 16
  private static let networkSize = 1 << 20
  /// The network's first addresses are left to those who choose one themselves.
  private static let reserved = 256
  private static let nodePorts = 30_000..<32_768
  private static let attempts = 4_096

  static func addIndexes(to store: Store) {
    store.addIndex("service-address", on: Kind.service.groupResource) { service in
      (service["spec", "clusterIPs"]?.array ?? []).compactMap(\.string)
    }
    store.addIndex("service-node-port", on: Kind.service.groupResource) { service in
      (service["spec", "ports"]?.array ?? []).compactMap { $0["nodePort"]?.integer.map(String.init) }
    }
  }

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    let type = value["spec", "type"]?.string ?? "ClusterIP"
    value["spec", "type"] = .string(type)
    if let previous = request.previous {
      inherit(&value, from: previous, type: type)
      try checkChange(&value, from: previous, type: type, request)
    }
    if type == "ExternalName" {
      if !request.isCreation {
        removeAddresses(&value)
      } else if let address = value["spec", "clusterIP"], address != "", value["spec", "clusterIPs"] == nil {
        value["spec", "clusterIPs"] = [address]
      }
      return
    }
    if request.isCreation { try checkFamilies(value, request) }
    try allocateAddress(&value, request)
    if value["spec", "internalTrafficPolicy"] == nil { value["spec", "internalTrafficPolicy"] = "Cluster" }
    if type == "ClusterIP" {
      if request.previous?["spec", "type"]?.string ?? type != type { removeNodePorts(&value) }
      return
    }
    guard ["NodePort", "LoadBalancer"].contains(type) else { return }
    if value["spec", "externalTrafficPolicy"] == nil { value["spec", "externalTrafficPolicy"] = "Cluster" }
    if type == "LoadBalancer", value["spec", "allocateLoadBalancerNodePorts"] == nil {
      value["spec", "allocateLoadBalancerNodePorts"] = true
    }
    try allocateNodePorts(&value, request)
  }

  // MARK: Addresses

  private static func allocateAddress(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    if value["spec", "clusterIP"]?.string?.isEmpty ?? true {
      if let chosen = value["spec", "clusterIPs"]?.array?.first {
        value["spec", "clusterIP"] = chosen
      } else {
        value["spec", "clusterIP"] = .string(try freeAddress(request))
      }
    } else if request.isCreation, let address = value["spec", "clusterIP"]?.string, address != "None" {
      try check(address, request)
    }
    if value["spec", "clusterIPs"] == nil { value["spec", "clusterIPs"] = .array([value["spec", "clusterIP"] ?? ""]) }
    let isBare = value["spec", "clusterIP"]?.string == "None" && value["spec", "selector"] == nil
    if value["spec", "ipFamilies"] == nil { value["spec", "ipFamilies"] = isBare ? ["IPv4", "IPv6"] : ["IPv4"] }
    if value["spec", "ipFamilyPolicy"] == nil {
      value["spec", "ipFamilyPolicy"] = isBare ? "RequireDualStack" : "SingleStack"
    }
  }

  /// The cluster has addresses of version 4 only. A headless Service without a selector may say what it likes.
  private static func checkFamilies(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    let families = (value["spec", "ipFamilies"]?.array ?? []).compactMap(\.string)
    let isKnown = Set(families).isSubset(of: ["IPv4", "IPv6"]) && Set(families).count == families.count
    guard isKnown, value["spec", "clusterIP"] != "None" || value["spec", "selector"] != nil else { return }
    var errors: [FieldError] = []
    let policy = value["spec", "ipFamilyPolicy"]?.string ?? "SingleStack"
    if policy == "SingleStack", families.count == 2 {
      errors = [
        FieldError(
          .invalid, field: "spec.ipFamilyPolicy",
          message: "Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP "
            + "families are specified")
      ]
    } else {
      if policy == "RequireDualStack" {
        errors.append(
          FieldError(
            .invalid, field: "spec.ipFamilyPolicy",
            message: "Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services"))
      }
      for (index, family) in families.enumerated() where family != "IPv4" {
        errors.append(
          FieldError(
            .invalid, field: "spec.ipFamilies[\(index)]",
            message: "Invalid value: \"\(family)\": not configured on this cluster"))
      }
    }
    if !errors.isEmpty { throw .invalid(.service, request.key.name, errors) }
  }

  private static func freeAddress(_ request: AdmissionRequest) throws(Status) -> String {
    let stream = request.writer.loop.random("service-addresses")
    for _ in 0..<attempts {
      let offset = reserved + stream.below(networkSize - reserved - 1)
      let address = text(network + UInt32(offset))
      if request.writer.store.lookup("service-address", address).isEmpty { return address }
    }
    throw Status(
      code: 500, reason: "InternalError",
      message: "Internal error occurred: failed to allocate a serviceIP: range is full")
  }

  private static func text(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
  }

  private static func number(_ address: String) -> UInt32? {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard parts.count == 4, address.split(separator: ".", omittingEmptySubsequences: false).count == 4 else {
      return nil
    }
    return parts.reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func check(_ address: String, _ request: AdmissionRequest) throws(Status) {
    // What is no address at all is the kind's own rule to refuse.
    guard let number = number(address) else { return }
    let why: String
    if number & ~UInt32(networkSize - 1) != network {
      why =
        "failed to allocate IP \(address): the provided IP (\(address)) is not in the valid range. The range of "
        + "valid IPs is 10.96.0.0/12"
    } else if !request.writer.store.lookup("service-address", address).isEmpty {
      why = "failed to allocate IP \(address): provided IP is already allocated"
    } else {
      return
    }
    throw .invalid(
      .service, request.key.name,
      [FieldError(.invalid, field: "spec.clusterIPs", message: "Invalid value: [\"\(address)\"]: \(why)")])
  }

  // MARK: Node ports

  private static func allocateNodePorts(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    var ports = value["spec", "ports"]?.array ?? []
    var taken: [Int] = []
    for index in ports.indices {
      if let port = ports[index]["nodePort"]?.integer, port > 0 {
        try check(Int(port), at: index, request)
      } else {
        ports[index]["nodePort"] = .integer(Int64(try freePort(request, taken)))
      }
      if let port = ports[index]["nodePort"]?.integer { taken.append(Int(port)) }
    }
    if !ports.isEmpty { value["spec", "ports"] = .array(ports) }
  }

  private static func freePort(_ request: AdmissionRequest, _ taken: [Int]) throws(Status) -> Int {
    let stream = request.writer.loop.random("node-ports")
    for _ in 0..<attempts {
      let port = nodePorts.lowerBound + stream.below(nodePorts.count)
      if !taken.contains(port), request.writer.store.lookup("service-node-port", String(port)).isEmpty { return port }
    }
    throw Status(
      code: 500, reason: "InternalError",
      message: "Internal error occurred: failed to allocate a nodePort: range is full")
  }

  private static func check(_ port: Int, at index: Int, _ request: AdmissionRequest) throws(Status) {
    let owners = request.writer.store.lookup("service-node-port", String(port))
    guard owners.contains(where: { $0.key != request.key }) else { return }
    throw .invalid(
      .service, request.key.name,
      [
        FieldError(
          .invalid, field: "spec.ports[\(index)].nodePort",
          message: "Invalid value: \(port): provided port is already allocated")
      ])
  }

  // MARK: Changes of an existing Service

  /// What was allocated stays, where the update leaves it out.
  private static func inherit(_ value: inout Value, from old: Value, type: String) {
    guard type != "ExternalName", old["spec", "type"]?.string != "ExternalName" else { return }
    for field in ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"] where value["spec", field] == nil {
      value["spec", field] = old["spec", field]
    }
    guard type != "ClusterIP", var ports = value["spec", "ports"]?.array else { return }
    let known = old["spec", "ports"]?.array ?? []
    for index in ports.indices where ports[index]["nodePort"] == nil {
      let same = known.first { $0["port"] == ports[index]["port"] && $0["protocol"] == ports[index]["protocol"] }
      ports[index]["nodePort"] = same?["nodePort"]
    }
    value["spec", "ports"] = .array(ports)
  }

  /// An address stays as it was given; who changes only `clusterIP` means the first of `clusterIPs` too.
  private static func checkChange(
    _ value: inout Value, from old: Value, type: String, _ request: AdmissionRequest
  ) throws(Status) {
    guard type != "ExternalName", old["spec", "type"]?.string != "ExternalName",
      var addresses = value["spec", "clusterIPs"]?.array, let first = old["spec", "clusterIPs"]?.array?.first
    else { return }
    if value["spec", "clusterIPs"] == old["spec", "clusterIPs"], let address = value["spec", "clusterIP"],
      address != old["spec", "clusterIP"]
    {
      addresses[0] = address
      value["spec", "clusterIPs"] = .array(addresses)
    }
    guard addresses.first != first else { return }
    throw .invalid(
      .service, request.key.name,
      [
        FieldError(
          .invalid, field: "spec.clusterIPs[0]",
          message: "Invalid value: \(Value.array(addresses).jsonText): may not change once set")
      ])
  }

  private static func removeAddresses(_ value: inout Value) {
    for field in [
      "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy", "externalTrafficPolicy",
    ] {
      value["spec", field] = nil
    }
    removeNodePorts(&value)
  }

  private static func removeNodePorts(_ value: inout Value) {
    value["spec", "externalTrafficPolicy"] = nil
    guard var ports = value["spec", "ports"]?.array else { return }
    for index in ports.indices { ports[index]["nodePort"] = nil }
    value["spec", "ports"] = .array(ports)
  }
}
