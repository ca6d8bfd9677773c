import Tree

/// `kubectl get` of endpoints, ingresses, policies and addresses.
enum NetworkColumns {
  static let endpoints: [TableColumn] = [
    .objectName, TableColumn("Endpoints", help: "Addresses and ports.", text: endpointText), .age,
  ]

  static let ingress: [TableColumn] = [
    .objectName,
    TableColumn("Class", help: "Who looks after it.") { $0["spec", "ingressClassName"]?.string ?? "<none>" },
    TableColumn("Hosts", help: "For which hosts.", text: hosts),
    TableColumn("Address", help: "Where it can be reached.") { value in
      ServiceColumns.balancerAddresses(value).joined(separator: ",")
    },
    TableColumn("Ports", help: "80, and 443 with certificates.") { value in
      value["spec", "tls"]?.array?.isEmpty == false ? "80, 443" : "80"
    },
    .age,
  ]

  static let ingressClass: [TableColumn] = [
    .objectName, TableColumn("Controller", help: "Who looks after it.") { $0["spec", "controller"]?.string ?? "" },
    TableColumn("Parameters", help: "Its settings.") { value in
      guard let parameters = value["spec", "parameters"] else { return "<none>" }
      let group = parameters.text("apiGroup")
      return parameters.text("kind") + (group.isEmpty ? "" : "." + group) + "/" + parameters.text("name")
    },
    .age,
  ]

  static let networkPolicy: [TableColumn] = [
    .objectName,
    TableColumn("Pod-Selector", help: "Which pods.") { TemplateColumns.selectorText($0["spec", "podSelector"]) }, .age,
  ]

  static let address: [TableColumn] = [
    .objectName,
    TableColumn("ParentRef", help: "Who has it.") { value in
      guard let parent = value["spec", "parentRef"] else { return "<none>" }
      let resource = parent.text("resource") + (parent.text("group").nonempty.map { "." + $0 } ?? "")
      let namespace = parent.text("namespace").nonempty.map { "/" + $0 } ?? ""
      return resource.lowercased() + namespace + "/" + parent.text("name")
    },
    .age,
  ]

  static let serviceRange: [TableColumn] = [
    .objectName,
    TableColumn("CIDRs", help: "The ranges.") { value in
      (value["spec", "cidrs"]?.array ?? []).compactMap(\.string).joined(separator: ",")
    },
    .age,
  ]

  /// How many hosts or addresses are shown.
  private static let limit = 3

  /// As soon as as many hosts are shown as there may be, each further rule counts as one more, with a host or without.
  private static func hosts(_ value: Value) -> String {
    let rules = value["spec", "rules"]?.array ?? []
    var hosts: [String] = []
    var hasMore = false
    for rule in rules {
      if hosts.count == limit {
        hasMore = true
      } else if let host = rule["host"]?.string.nonempty {
        hosts.append(host)
      }
    }
    guard !hosts.isEmpty else { return "*" }
    return hosts.joined(separator: ",") + (hasMore ? " + \(rules.count - limit) more..." : "")
  }

  private static func endpointText(_ value: Value) -> String {
    let subsets = value["subsets"]?.array ?? []
    guard !subsets.isEmpty else { return "<none>" }
    var texts: [String] = []
    for subset in subsets {
      let addresses = (subset["addresses"]?.array ?? []).map { $0.text("ip") }
      let ports = subset["ports"]?.array ?? []
      if ports.isEmpty {
        texts += addresses
      } else {
        for port in ports {
          texts += addresses.map { ($0.contains(":") ? "[\($0)]" : $0) + ":\(port["port"]?.integer ?? 0)" }
        }
      }
    }
    return shortened(texts)
  }

  /// Three, and how many more there are.
  private static func shortened(_ texts: [String]) -> String {
    let shown = texts.prefix(limit).joined(separator: ",")
    return texts.count > limit ? shown + " + \(texts.count - limit) more..." : shown
  }
}
