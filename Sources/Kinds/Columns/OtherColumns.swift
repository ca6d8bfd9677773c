import Loop
import Tree

/// `kubectl get namespaces`.
enum NamespaceColumns {
  static let all: [TableColumn] = [
    .objectName, TableColumn("Status", help: "Active or Terminating.") { $0["status", "phase"]?.string ?? "" }, .age,
  ]
}

/// `kubectl get configmaps` and `kubectl get secrets`.
enum ConfigurationColumns {
  static let configMap: [TableColumn] = [.objectName, entries("data", "binaryData"), .age]

  static let secret: [TableColumn] = [
    .objectName, TableColumn("Type", help: "What the secret is for.") { $0["type"]?.string ?? "" }, entries("data"),
    .age,
  ]

  private static func entries(_ fields: String...) -> TableColumn {
    TableColumn("Data", help: "How many entries.") { value, _ in
      .integer(Int64(fields.reduce(0) { $0 + (value[$1]?.object?.count ?? 0) }))
    }
  }
}

/// `kubectl get events`.
enum EventColumns {
  static let all: [TableColumn] = [
    TableColumn("Last Seen", help: "When it happened last.") { value, now in
      .string(Age.text(since: last(value) ?? first(value), now: now))
    },
    TableColumn("Type", help: "Normal or Warning.") { $0["type"]?.string ?? "" },
    TableColumn("Reason", help: "What happened, in a word.") { $0["reason"]?.string ?? "" },
    TableColumn("Object", help: "What it happened to.") { value in
      let object = value["involvedObject"] ?? [:]
      let kind = (object["kind"]?.string ?? "").lowercased()
      return object["name"]?.string.nonempty.map { kind + "/" + $0 } ?? kind
    },
    TableColumn("Subobject", help: "Which part of it.", wide: true) { $0["involvedObject", "fieldPath"]?.string ?? "" },
    TableColumn("Source", help: "Who says so.", wide: true) { value in
      let component = value["source", "component"]?.string.nonempty ?? value["reportingComponent"]?.string ?? ""
      let host = value["source", "host"]?.string.nonempty ?? value["reportingInstance"]?.string ?? ""
      return host.isEmpty ? component : component + ", " + host
    },
    TableColumn("Message", help: "What happened.") { ($0["message"]?.string ?? "").trimmed },
    TableColumn("First Seen", help: "When it happened first.", wide: true) { value, now in
      .string(Age.text(since: first(value), now: now))
    },
    TableColumn("Count", help: "How often.", wide: true) { value, _ in
      .integer(value["series", "count"]?.integer ?? max(value["count"]?.integer ?? 1, 1))
    },
    TableColumn("Name", format: "name", help: "The event's name.", wide: true) { value, _ in
      value["metadata", "name"] ?? ""
    },
  ]

  private static func first(_ value: Value) -> Value? { stamp(value["firstTimestamp"]) ?? stamp(value["eventTime"]) }

  private static func last(_ value: Value) -> Value? {
    stamp(value["series", "lastObservedTime"]) ?? stamp(value["lastTimestamp"])
  }

  private static func stamp(_ value: Value?) -> Value? { value?.string == nil ? nil : value }
}

/// `kubectl get leases`.
enum ClusterColumns {
  static let lease: [TableColumn] = [
    .objectName, TableColumn("Holder", help: "Who holds it.") { $0["spec", "holderIdentity"]?.string ?? "" }, .age,
  ]
}

/// `kubectl get endpointslices`.
enum EndpointSliceColumns {
  static let all: [TableColumn] = [
    .objectName, TableColumn("AddressType", help: "IPv4, IPv6 or FQDN.") { $0["addressType"]?.string ?? "" },
    TableColumn("Ports", help: "The ports that answer.") { value in
      shortened(
        (value["ports"]?.array ?? []).map { port in
          port["port"]?.integer.map(String.init) ?? port["name"]?.string ?? "*"
        }, none: "<unset>")
    },
    TableColumn("Endpoints", help: "The addresses behind it.") { value in
      shortened(
        (value["endpoints"]?.array ?? []).flatMap { ($0["addresses"]?.array ?? []).compactMap(\.string) },
        none: "<unset>")
    }, .age,
  ]

  /// Three, and how many more there are.
  private static func shortened(_ texts: [String], none: String) -> String {
    guard !texts.isEmpty else { return none }
    let shown = texts.prefix(3).joined(separator: ",")
    return texts.count > 3 ? shown + " + \(texts.count - 3) more..." : shown
  }
}

/// `kubectl get rolebindings` and `kubectl get clusterrolebindings`.
enum BindingColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Role", help: "What is granted.") { value in
      "\(value["roleRef", "kind"]?.string ?? "")/\(value["roleRef", "name"]?.string ?? "")"
    }, .age, subjects("Users", kind: "User"), subjects("Groups", kind: "Group"),
    TableColumn("ServiceAccounts", help: "The service accounts that get it.", wide: true) { value in
      names(value, "ServiceAccount") { ($0["namespace"]?.string ?? "") + "/" + ($0["name"]?.string ?? "") }
    },
  ]

  private static func subjects(_ column: String, kind: String) -> TableColumn {
    TableColumn(column, help: "The \(column.lowercased()) that get it.", wide: true) { value in
      names(value, kind) { $0["name"]?.string ?? "" }
    }
  }

  private static func names(_ value: Value, _ kind: String, _ name: (Value) -> String) -> String {
    (value["subjects"]?.array ?? []).filter { $0["kind"]?.string == kind }.map(name).joined(separator: ", ")
  }
}

/// `kubectl get clocks`, `faults` and `images`.
enum PodiumColumns {
  static let clock: [TableColumn] = [
    .objectName, TableColumn("Now", help: "The cluster's time.") { _, now in .string(now.timestamp) },
    TableColumn("Speed", help: "Cluster seconds in a real one.") { number($0["spec", "speed"]) + "x" },
    TableColumn("Paused", help: "Whether time stands still.") { value in
      value["spec", "paused"]?.boolean == true ? "true" : "false"
    }, .age,
  ]

  static let fault: [TableColumn] = [
    .objectName, TableColumn("Type", help: "What is broken.") { $0["spec", "type"]?.string ?? "" },
    TableColumn("Target", help: "Where.", text: target),
    TableColumn("Active", help: "Whether it is in force.") { value in
      value["status", "active"]?.boolean == true ? "true" : "false"
    }, .age,
  ]

  static let image: [TableColumn] = [
    .objectName, TableColumn("Repository", help: "The image's name.") { $0["spec", "repository"]?.string ?? "" },
    TableColumn("Tags", help: "Its tags; none means any.") { value in
      let tags = (value["spec", "tags"]?.array ?? []).compactMap(\.string)
      return tags.isEmpty ? "<any>" : tags.joined(separator: ",")
    }, .age,
  ]

  private static func target(_ value: Value) -> String {
    if let node = value["spec", "node"]?.string.nonempty { return "node/" + node }
    if let pod = value["spec", "pod", "name"]?.string.nonempty { return "pod/" + pod }
    return value["spec", "image"]?.string ?? ""
  }

  private static func number(_ value: Value?) -> String {
    switch value {
    case .integer(let number): String(number)
    case .number(let number): number.shortest
    default: "1"
    }
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
