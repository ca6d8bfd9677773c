import Tree

/// The rules of Services across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct ServiceValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" { return BalancerStatusValidation(service: value).errors }
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    let addresses = clusterAddresses(of: spec)
    let isHeadless = addresses.first == "None"
    let type = spec.text("type")
    var errors: [FieldError] = old.map { changeErrors(spec, $0["spec"] ?? [:]) } ?? []
    if spec["ports"]?.array?.isEmpty ?? true, !isHeadless, type != "ExternalName" {
      errors.append(.required("spec.ports"))
    }
    errors += typeErrors(spec, isHeadless: isHeadless)
    errors += portErrors(spec)
    errors += LabelValidation.errors(spec["selector"], at: "spec.selector")
    let details = ServiceDetailValidation(spec: spec)
    errors += details.affinityErrors + details.addressErrors + details.externalAddressErrors
    errors += details.nodePortErrors + repeatedPortErrors(spec.elements("ports", in: "spec"))
    errors += details.loadBalancerErrors + details.trafficErrors
    return errors
  }

  private func clusterAddresses(of spec: Value) -> [String] {
    let listed = spec["clusterIPs"]?.array?.compactMap(\.string) ?? []
    let first = spec.text("clusterIP")
    return listed.isEmpty ? (first.isEmpty ? [] : [first]) : listed
  }

  private func typeErrors(_ spec: Value, isHeadless: Bool) -> [FieldError] {
    switch spec.text("type") {
    case "NodePort", "LoadBalancer":
      return isHeadless
        ? [
          .invalid(
            "spec.clusterIPs[0]", "None", "may not be set to 'None' for \(spec.text("type")) services")
        ] : []
    case "ExternalName":
      let taken: [FieldError] = ["clusterIPs", "ipFamilies", "ipFamilyPolicy"].filter { spec[$0] != nil }
        .map { .forbidden("spec." + $0, "may not be set for ExternalName services") }
      let name = spec.text("externalName")
      if name.isEmpty { return taken + [.required("spec.externalName")] }
      let plain = name.hasSuffix(".") ? String(name.dropLast()) : name
      return taken + FieldError.invalid("spec.externalName", .string(name), NameSyntax.subdomainErrors(plain))
    default:
      return []
    }
  }

  private func portErrors(_ spec: Value) -> [FieldError] {
    let ports = spec.elements("ports", in: "spec")
    var errors: [FieldError] = []
    var names: Set<String> = []
    for (path, port) in ports {
      let name = port.text("name")
      if name.isEmpty {
        if ports.count > 1 { errors.append(.required(path + ".name")) }
      } else {
        errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name))
        if !names.insert(name).inserted { errors.append(.duplicate(path + ".name", .string(name))) }
      }
      if let target = port["targetPort"] { errors += FieldSyntax.portErrors(target, at: path + ".targetPort") }
      if let application = port["appProtocol"]?.string {
        errors += LabelValidation.keyErrors(application, at: path + ".appProtocol")
      }
    }
    return errors
  }

  private func repeatedPortErrors(_ ports: [(path: String, value: Value)]) -> [FieldError] {
    var errors: [FieldError] = []
    var numbers: Set<String> = []
    var nodePorts: Set<String> = []
    for (path, port) in ports {
      let transport = port.text("protocol")
      let number = port["port"] ?? 0
      if !numbers.insert(transport + "/" + number.jsonText).inserted {
        // Kubernetes shows the internal form of the two fields that clash.
        let key: Value = [
          "Name": "", "Protocol": .string(transport), "AppProtocol": .null, "Port": number, "TargetPort": 0,
          "NodePort": 0,
        ]
        errors.append(.duplicate(path, key))
      }
      guard let nodePort = port["nodePort"], nodePort != 0 else { continue }
      if !nodePorts.insert(transport + "/" + nodePort.jsonText).inserted {
        errors.append(.duplicate(path + ".nodePort", nodePort))
      }
    }
    return errors
  }

  /// An address stays as long as the Service has one, and so does what was agreed with a load balancer.
  private func changeErrors(_ new: Value, _ old: Value) -> [FieldError] {
    addressErrors(new, old) + familyErrors(new, old) + balancerErrors(new, old)
  }

  private func addressErrors(_ new: Value, _ old: Value) -> [FieldError] {
    if new.text("type") == "ExternalName" || old.text("type") == "ExternalName" { return [] }
    let (before, after) = (clusterAddresses(of: old), clusterAddresses(of: new))
    let path = "spec.clusterIPs"
    let shown = Value.array(after.map(Value.string))
    if before.count == after.count {
      return zip(before, after).enumerated().filter { $1.0 != $1.1 }
        .map { .invalid(path + "[\($0.offset)]", shown, "may not change once set") }
    }
    if before.count < after.count {
      return before.first.map { $0 != after[0] } ?? false
        ? [.invalid(path + "[0]", shown, "may not change once set")] : []
    }
    if after.isEmpty { return [.invalid(path + "[0]", .array([]), "primary clusterIP can not be unset")] }
    var errors: [FieldError] = []
    if after[0] != before[0] { errors.append(.invalid(path + "[0]", shown, "may not change once set")) }
    if after.count == 1, new["ipFamilyPolicy"] != "SingleStack" {
      let why = "must be set to 'SingleStack' when releasing the secondary clusterIP"
      errors.append(.invalid("spec.ipFamilyPolicy", new["ipFamilyPolicy"] ?? .null, why))
    }
    return errors
  }

  private func familyErrors(_ new: Value, _ old: Value) -> [FieldError] {
    if new.text("type") == "ExternalName" || old.text("type") == "ExternalName" { return [] }
    let wasHeadless = clusterAddresses(of: old) == ["None"]
    if wasHeadless || clusterAddresses(of: new) == ["None"] { return [] }
    let (before, after) = (old["ipFamilies"]?.array ?? [], new["ipFamilies"]?.array ?? [])
    guard before.count == after.count else { return [] }
    return zip(before, after).filter { $0 != $1 }
      .map { _ in .invalid("spec.ipFamilies[0]", .array(after), "may not change once set") }
  }

  private func balancerErrors(_ new: Value, _ old: Value) -> [FieldError] {
    guard new.text("type") == "LoadBalancer", old.text("type") == "LoadBalancer" else { return [] }
    var errors: [FieldError] = []
    if new["loadBalancerClass"] != old["loadBalancerClass"] {
      let shown = new["loadBalancerClass"] ?? .null
      errors.append(.invalid("spec.loadBalancerClass", shown, "may not change once set"))
    }
    let isChecked = [new, old].allSatisfy { $0["externalTrafficPolicy"] == "Local" }
    if isChecked, new["healthCheckNodePort"] != old["healthCheckNodePort"] {
      errors.append(.forbidden("spec.healthCheckNodePort", "field is immutable"))
    }
    return errors
  }
}
