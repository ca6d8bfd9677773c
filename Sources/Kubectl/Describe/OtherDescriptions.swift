import Tree

extension Describer {
  private func labelsAndAnnotations(_ item: Item, into text: inout Description) {
    text.map("Labels", item.object["metadata", "labels"])
    text.map(
      "Annotations", item.object["metadata", "annotations"],
      hiding: ["kubectl.kubernetes.io/last-applied-configuration"])
  }

  func service(_ item: Item, into text: inout Description) throws(Failure) {
    let spec = item.object["spec"] ?? [:]
    text.field("Name", item.name)
    text.field("Namespace", item.namespace ?? "")
    labelsAndAnnotations(item, into: &text)
    text.field("Selector", Selectors.text(spec["selector"]))
    text.field("Type", spec["type"]?.string ?? "ClusterIP")
    if let policy = spec["ipFamilyPolicy"]?.string { text.field("IP Family Policy", policy) }
    let texts = { (field: String) in (spec[field]?.array ?? []).compactMap(\.string).joined(separator: ",") }
    if spec["ipFamilies"] != nil { text.field("IP Families", texts("ipFamilies")) }
    text.field("IP", spec["clusterIP"]?.string ?? "")
    text.field("IPs", texts("clusterIPs").isEmpty ? "<none>" : texts("clusterIPs"))
    if let name = spec["externalName"]?.string { text.field("External Name", name) }
    let slices = endpointSlices(of: item)
    for port in spec["ports"]?.array ?? [] {
      let name = port["name"]?.string ?? ""
      let proto = port["protocol"]?.string ?? "TCP"
      text.field("Port", "\(name.isEmpty ? "<unset>" : name)  \(port["port"]?.integer ?? 0)/\(proto)")
      text.field("TargetPort", "\(port["targetPort"].map(JSONPath.text) ?? "")/\(proto)")
      if let nodePort = port["nodePort"]?.integer, nodePort > 0 {
        text.field("NodePort", "\(name.isEmpty ? "<unset>" : name)  \(nodePort)/\(proto)")
      }
      let endpoints = Self.endpoints(slices, port: name)
      text.field("Endpoints", endpoints.isEmpty ? "<none>" : endpoints)
    }
    text.field("Session Affinity", spec["sessionAffinity"]?.string ?? "None")
    if let policy = spec["externalTrafficPolicy"]?.string { text.field("External Traffic Policy", policy) }
    if let policy = spec["internalTrafficPolicy"]?.string { text.field("Internal Traffic Policy", policy) }
  }

  private func endpointSlices(of item: Item) -> [Value] {
    guard let resource = try? session.discovery().resource("endpointslices.discovery.k8s.io") else { return [] }
    let target = Target(resource: resource, namespace: item.namespace, name: nil)
    let query = [("labelSelector", "kubernetes.io/service-name=\(item.name)")]
    return ((try? session.list(target, query: query).items) ?? []).map(\.object)
  }

  /// `10.0.0.1:80,10.0.0.2:80 + 2 more...`
  private static func endpoints(_ slices: [Value], port name: String) -> String {
    var addresses: [String] = []
    for slice in slices {
      guard let port = slice["ports"]?.array?.first(where: { ($0["name"]?.string ?? "") == name })?["port"]?.integer
      else {
        continue
      }
      for endpoint in slice["endpoints"]?.array ?? [] where endpoint["conditions", "ready"] != false {
        addresses += (endpoint["addresses"]?.array ?? []).compactMap(\.string).map { "\($0):\(port)" }
      }
    }
    let shown = addresses.prefix(3).joined(separator: ",")
    return addresses.count > 3 ? "\(shown) + \(addresses.count - 3) more..." : shown
  }

  func namespace(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    labelsAndAnnotations(item, into: &text)
    text.field("Status", item.object["status", "phase"]?.string ?? "")
    let served = (try? session.discovery().resources.map(\.name)) ?? []
    if served.contains("resourcequotas") { text.line("\nNo resource quota.") }
    if served.contains("limitranges") { text.line("\nNo LimitRange resource.") }
  }

  func configMap(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    text.field("Namespace", item.namespace ?? "")
    labelsAndAnnotations(item, into: &text)
    text.line("")
    text.line("Data")
    text.line("====")
    for member in (item.object["data"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      text.line("\(member.key):")
      text.line("----")
      text.line(member.value.string ?? "")
      text.line("")
    }
    text.line("")
    text.line("BinaryData")
    text.line("====")
    for member in (item.object["binaryData"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      text.line("\(member.key): \(Base64.size(member.value.string ?? "")) bytes")
    }
    text.line("")
  }

  func secret(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    text.field("Namespace", item.namespace ?? "")
    labelsAndAnnotations(item, into: &text)
    text.line("")
    text.field("Type", item.object["type"]?.string ?? "")
    text.line("")
    text.line("Data")
    text.line("====")
    for member in (item.object["data"]?.object ?? Members()).sorted(by: { $0.key < $1.key }) {
      text.line("\(member.key):\t\(Base64.size(member.value.string ?? "")) bytes")
    }
  }

  func serviceAccount(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    text.field("Namespace", item.namespace ?? "")
    labelsAndAnnotations(item, into: &text)
    for (label, list) in [("Image pull secrets", "imagePullSecrets"), ("Mountable secrets", "secrets")] {
      let names = (item.object[list]?.array ?? []).compactMap { $0["name"]?.string }
      text.field(label, names.isEmpty ? "<none>" : names.joined(separator: ", "))
    }
    text.field("Tokens", "<none>")
  }

  func role(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    labelsAndAnnotations(item, into: &text)
    text.line("PolicyRule:")
    text.line("Resources\tNon-Resource URLs\tResource Names\tVerbs", level: 1)
    text.line("---------\t-----------------\t--------------\t-----", level: 1)
    for line in Rules.lines(item.object["rules"]) { text.line(line.joined(separator: "\t"), level: 1) }
  }

  func binding(_ item: Item, into text: inout Description) {
    text.field("Name", item.name)
    labelsAndAnnotations(item, into: &text)
    text.line("Role:")
    text.field("Kind", item.object["roleRef", "kind"]?.string ?? "", level: 1)
    text.field("Name", item.object["roleRef", "name"]?.string ?? "", level: 1)
    text.line("Subjects:")
    text.line("Kind\tName\tNamespace", level: 1)
    text.line("----\t----\t---------", level: 1)
    for subject in item.object["subjects"]?.array ?? [] {
      let cells = ["kind", "name", "namespace"].map { subject[$0]?.string ?? "" }
      text.line(cells.joined(separator: "\t"), level: 1)
    }
  }
}

/// Policy rules as lines of a table: one for each resource, in the order of their verbs (k8s.io/kubectl, rbac).
enum Rules {
  private struct Line {
    var verbs: [String]
    var group = ""
    var resource = ""
    var names: [String] = []
    var path = ""

    var order: String {
      "[\(verbs.joined(separator: " "))],[\(group)],[\(resource)],[\(names.joined(separator: " "))],[\(path)],"
    }

    var cells: [String] {
      let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
      let qualified = group.isEmpty ? resource : ([parts[0] + "." + group] + parts.dropFirst()).joined(separator: "/")
      return [qualified, "[\(path)]", "[\(names.joined(separator: " "))]", "[\(verbs.joined(separator: " "))]"]
    }
  }

  static func lines(_ rules: Value?) -> [[String]] {
    var lines: [Line] = []
    for rule in rules?.array ?? [] {
      let list = { (field: String) in (rule[field]?.array ?? []).compactMap(\.string) }
      for group in list("apiGroups") {
        for resource in list("resources") {
          add(Line(verbs: list("verbs"), group: group, resource: resource, names: list("resourceNames")), to: &lines)
        }
      }
      for path in list("nonResourceURLs") { lines.append(Line(verbs: list("verbs"), path: path)) }
    }
    return lines.enumerated().sorted { left, right in
      let (first, second) = (left.element.order, right.element.order)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element.cells)
  }

  /// A rule for the same resource takes up the verbs.
  private static func add(_ line: Line, to lines: inout [Line]) {
    let index = lines.firstIndex {
      $0.path.isEmpty && $0.group == line.group && $0.resource == line.resource && $0.names == line.names
    }
    guard let index else { return lines.append(line) }
    lines[index].verbs += line.verbs.filter { !lines[index].verbs.contains($0) }
  }
}

/// What describe says of kinds that it does not know: every field, by name.
enum GenericDescription {
  static func describe(_ object: Value, into text: inout Description) {
    text.field("Name", object["metadata", "name"]?.string ?? "")
    text.field("Namespace", object["metadata", "namespace"]?.string ?? "")
    text.map("Labels", object["metadata", "labels"])
    text.map(
      "Annotations", object["metadata", "annotations"], hiding: ["kubectl.kubernetes.io/last-applied-configuration"])
    text.field("API Version", object["apiVersion"]?.string ?? "")
    text.field("Kind", object["kind"]?.string ?? "")
    var rest = object
    rest["apiVersion"] = nil
    rest["kind"] = nil
    for hidden in ["name", "namespace", "labels", "annotations", "managedFields"] { rest["metadata", hidden] = nil }
    members(rest, level: 0, into: &text)
  }

  private static func members(_ value: Value, level: Int, into text: inout Description) {
    for member in (value.object ?? Members()).sorted(by: { words($0.key) < words($1.key) }) {
      switch member.value {
      case .object:
        text.line("\(words(member.key)):", level: level)
        members(member.value, level: level + 1, into: &text)
      case .array(let elements): list(member.key, elements, level: level, into: &text)
      default: text.line("\(words(member.key)):\t\(JSONPath.text(member.value))", level: level)
      }
    }
  }

  private static func list(_ key: String, _ elements: [Value], level: Int, into text: inout Description) {
    text.line("\(words(key)):", level: level)
    for element in elements {
      if element.object == nil {
        text.line(JSONPath.text(element), level: level + 1)
      } else {
        members(element, level: level + 1, into: &text)
      }
    }
  }

  /// `creationTimestamp` as `Creation Timestamp`.
  private static func words(_ key: String) -> String {
    if key == "uid" { return "UID" }
    var result = ""
    for (index, character) in key.enumerated() {
      if index > 0, character.isUppercase, result.last?.isUppercase == false { result += " " }
      result += index == 0 ? character.uppercased() : String(character)
    }
    return result
  }
}
