import Kinds
import Store
import Tree

/// A flow schema, read once: which requests are of its flows.
struct FlowRules {
  let uid: String
  let name: String
  let level: String
  private let precedence: Int64
  private let method: String
  private let rules: [Value]

  init(_ stored: StoredObject) {
    uid = stored.uid
    name = stored.name
    let spec = stored.value["spec"]
    level = spec?["priorityLevelConfiguration", "name"]?.string ?? ""
    precedence = spec?["matchingPrecedence"]?.integer ?? 0
    method = spec?["distinguisherMethod", "type"]?.string ?? ""
    rules = spec?["rules"]?.array ?? []
  }

  /// The order in which schemas are asked.
  static func isBefore(_ left: FlowRules, _ right: FlowRules) -> Bool {
    (left.precedence, left.name) < (right.precedence, right.name)
  }

  /// What tells the schema's flows apart: the user's name, or the namespace.
  func flow(of attributes: Attributes) -> String {
    switch method {
    case "ByUser": attributes.caller.name
    case "ByNamespace": attributes.namespace
    default: ""
    }
  }

  func matches(_ attributes: Attributes) -> Bool {
    rules.contains { rule in
      let subjects = rule["subjects"]?.array ?? []
      guard subjects.contains(where: { Self.isMeant($0, attributes.caller) }) else { return false }
      if let path = attributes.path {
        return (rule["nonResourceRules"]?.array ?? []).contains { Self.matches($0, path, attributes.verb) }
      }
      return (rule["resourceRules"]?.array ?? []).contains { Self.matches($0, attributes) }
    }
  }

  private static func isMeant(_ subject: Value, _ caller: Caller) -> Bool {
    switch subject["kind"]?.string {
    case "User":
      let name = subject["user", "name"]?.string
      return name == "*" || name == caller.name
    case "Group":
      let name = subject["group", "name"]?.string ?? ""
      return name == "*" || caller.groups.contains(name)
    case "ServiceAccount":
      let account = subject["serviceAccount"]
      let head = "system:serviceaccount:\(account?["namespace"]?.string ?? ""):"
      let name = account?["name"]?.string ?? ""
      return name == "*" ? caller.name.hasPrefix(head) : caller.name == head + name
    default: return false
    }
  }

  private static func matches(_ rule: Value, _ path: String, _ verb: String) -> Bool {
    guard contains(rule, "verbs", verb) else { return false }
    return (rule["nonResourceURLs"]?.array ?? []).compactMap(\.string).contains { address in
      address == "*" || address == path || address.hasSuffix("*") && path.hasPrefix(address.dropLast())
    }
  }

  private static func matches(_ rule: Value, _ attributes: Attributes) -> Bool {
    guard contains(rule, "verbs", attributes.verb), contains(rule, "apiGroups", attributes.group),
      contains(rule, "resources", attributes.qualifiedResource)
    else { return false }
    if attributes.namespace.isEmpty { return rule["clusterScope"]?.boolean ?? false }
    return contains(rule, "namespaces", attributes.namespace)
  }

  private static func contains(_ rule: Value, _ field: String, _ text: String) -> Bool {
    (rule[field]?.array ?? []).contains { $0 == "*" || $0.string == text }
  }
}

/// A priority level, read once: how many requests may be under way, and what becomes of more.
package struct PriorityLevel: Sendable, Equatable {
  /// Queues of flows, of which each flow has a few.
  package struct Queues: Sendable, Equatable {
    package let count: Int
    /// Of how many queues a flow takes the shortest.
    package let handSize: Int
    package let lengthLimit: Int
  }

  package let uid: String
  package let name: String
  /// Requests that may be under way at once; nil: as many as come.
  package internal(set) var seats: Int?
  /// nil: what goes beyond is refused.
  package let queues: Queues?

  let shares: Int64

  init(_ stored: StoredObject) {
    uid = stored.uid
    name = stored.name
    let limited = stored.value["spec", "limited"]
    let isLimited = stored.value["spec", "type"] == "Limited"
    shares = isLimited ? limited?["nominalConcurrencyShares"]?.integer ?? 30 : 0
    seats = isLimited ? 0 : nil
    guard isLimited, limited?["limitResponse", "type"] != "Reject" else {
      queues = nil
      return
    }
    let queuing = limited?["limitResponse", "queuing"]
    queues = Queues(
      count: Int(queuing?["queues"]?.integer ?? 64), handSize: Int(queuing?["handSize"]?.integer ?? 8),
      lengthLimit: Int(queuing?["queueLengthLimit"]?.integer ?? 50))
  }
}
