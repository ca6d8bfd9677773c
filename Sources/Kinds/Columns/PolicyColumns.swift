import Loop
import Tree

/// `kubectl get` of quotas, budgets, priorities, runtimes, certificates, admission and flow control.
enum PolicyColumns {
  static let quota: [TableColumn] = [
    .objectName,
    TableColumn("Request", help: "Requests and objects: used and allowed.") { quotaText($0, limits: false) },
    TableColumn("Limit", help: "Limits: used and allowed.") { quotaText($0, limits: true) }, .age,
  ]

  static let budget: [TableColumn] = [
    .objectName, TableColumn("Min Available", help: "How many must stay.") { amount($0["spec", "minAvailable"]) },
    TableColumn("Max Unavailable", help: "How many may be missing.") { amount($0["spec", "maxUnavailable"]) },
    TableColumn("Allowed Disruptions", help: "How many may go now.", count: "status", "disruptionsAllowed"), .age,
  ]

  static let priorityClass: [TableColumn] = [
    .objectName, TableColumn("Value", help: "The higher goes first.", count: "value"),
    TableColumn("Global-Default", type: "boolean", help: "Whether it is for pods without a class.") { value, _ in
      .boolean(value["globalDefault"] == true)
    },
    .age,
    TableColumn("PreemptionPolicy", help: "Whether it drives others out.") { $0["preemptionPolicy"]?.string ?? "" },
  ]

  static let runtimeClass: [TableColumn] = [
    .objectName, TableColumn("Handler", help: "The runtime's name for it.") { $0["handler"]?.string ?? "" }, .age,
  ]

  static let componentStatus: [TableColumn] = [
    .objectName, component("Status") { $0 == "True" ? "Healthy" : $0 == "False" ? "Unhealthy" : "Unknown" },
    component("Message", field: "message") { $0 }, component("Error", field: "error") { $0 },
  ]

  static let signingRequest: [TableColumn] = [
    .objectName, .age, TableColumn("SignerName", help: "Who is to sign.") { $0["spec", "signerName"]?.string ?? "" },
    TableColumn("Requestor", help: "Who asks.") { $0["spec", "username"]?.string ?? "" },
    TableColumn("RequestedDuration", help: "For how long.") { value in
      guard let seconds = value["spec", "expirationSeconds"]?.integer else { return "<none>" }
      return Age.text(.seconds(seconds))
    },
    TableColumn("Condition", help: "What was decided.", text: decision),
  ]

  static let validatingPolicy: [TableColumn] = [
    .objectName, number("Validations", "How many rules.") { $0["spec", "validations"] },
    TableColumn("ParamKind", help: "The kind of its parameters.", text: parameterKind), .age,
  ]

  static let mutatingPolicy: [TableColumn] = [
    .objectName, number("Mutations", "How many changes.") { $0["spec", "mutations"] },
    TableColumn("ParamKind", help: "The kind of its parameters.", text: parameterKind), .age,
  ]

  static let policyBinding: [TableColumn] = [
    .objectName, TableColumn("PolicyName", help: "Which policy.") { $0["spec", "policyName"]?.string ?? "" },
    TableColumn("ParamRef", help: "Its parameters.") { value in
      guard let reference = value["spec", "paramRef"] else { return "<unset>" }
      if let name = reference["name"]?.string.nonempty {
        return (reference["namespace"]?.string.nonempty ?? "*") + "/" + name
      }
      return reference["selector"].map(structureText) ?? "<unset>"
    },
    .age,
  ]

  static let webhooks: [TableColumn] = [
    .objectName, number("Webhooks", "How many services.") { $0["webhooks"] }, .age,
  ]

  static let flowSchema: [TableColumn] = [
    .objectName,
    TableColumn("PriorityLevel", help: "Its level.") { value in
      value["spec", "priorityLevelConfiguration", "name"]?.string ?? ""
    },
    TableColumn(
      "MatchingPrecedence", type: "integer", help: "The least goes first.", count: "spec", "matchingPrecedence"),
    TableColumn("DistinguisherMethod", help: "How flows are told apart.") { value in
      value["spec", "distinguisherMethod", "type"]?.string ?? "<none>"
    },
    .age,
    TableColumn("MissingPL", help: "Whether the level is missing.") { value in
      (value["status", "conditions"]?.array ?? []).first { $0["type"] == "Dangling" }?.text("status") ?? "?"
    },
  ]

  static let priorityLevel: [TableColumn] = [
    .objectName, TableColumn("Type", help: "Exempt or Limited.") { $0["spec", "type"]?.string ?? "" },
    level("NominalConcurrencyShares", "nominalConcurrencyShares"), queue("Queues", "queues"),
    queue("HandSize", "handSize"), queue("QueueLengthLimit", "queueLengthLimit"), .age,
  ]

  /// A label selector as Go shows the structure, for here it is not shown as a selector.
  private static func structureText(_ selector: Value) -> String {
    let labels = (selector["matchLabels"]?.object ?? Members()).map { "\($0.key): \($0.value.string ?? "")," }.sorted()
    let rules = (selector["matchExpressions"]?.array ?? []).map { rule in
      let values = (rule["values"]?.array ?? []).compactMap(\.string).joined(separator: " ")
      return "LabelSelectorRequirement{Key:\(rule.text("key")),Operator:\(rule.text("operator")),Values:[\(values)],},"
    }
    return "&LabelSelector{MatchLabels:map[string]string{\(labels.joined())},"
      + "MatchExpressions:[]LabelSelectorRequirement{\(rules.joined())},}"
  }

  private static func quotaText(_ value: Value, limits: Bool) -> String {
    let used = value["status", "used"]
    return (value["status", "hard"]?.object ?? Members()).map { ($0.key, $0.value.string ?? "") }
      .filter { $0.0.hasPrefix("limits.") == limits }.sorted { $0.0 < $1.0 }
      .map { "\($0.0): \(used?[$0.0]?.string ?? "0")/\($0.1)" }.joined(separator: ", ")
  }

  private static func amount(_ value: Value?) -> String {
    value?.string ?? value?.integer.map(String.init) ?? "N/A"
  }

  private static func component(
    _ column: String, field: String = "status", _ text: @escaping @Sendable (String) -> String
  ) -> TableColumn {
    TableColumn(column, help: "Its health.") { value in
      let condition = (value["conditions"]?.array ?? []).first { $0["type"] == "Healthy" }
      return text(condition?.text(field) ?? "")
    }
  }

  private static func decision(_ value: Value) -> String {
    let conditions = (value["status", "conditions"]?.array ?? []).map { $0.text("type") }
    var words: [String] = []
    if conditions.contains("Approved") { words.append("Approved") }
    if conditions.contains("Denied") { words.append("Denied") }
    if words.isEmpty { words.append("Pending") }
    if conditions.contains("Failed") { words.append("Failed") }
    if value["status", "certificate"]?.string?.isEmpty == false { words.append("Issued") }
    return words.joined(separator: ",")
  }

  private static func parameterKind(_ value: Value) -> String {
    guard let kind = value["spec", "paramKind"] else { return "<unset>" }
    return kind.text("apiVersion") + "/" + kind.text("kind")
  }

  private static func number(
    _ column: String, _ help: String, _ list: @escaping @Sendable (Value) -> Value?
  ) -> TableColumn {
    TableColumn(column, type: "integer", help: help) { value, _ in .integer(Int64(list(value)?.array?.count ?? 0)) }
  }

  private static func level(_ column: String, _ field: String) -> TableColumn {
    TableColumn(column, help: "Its share.") { value, _ in value["spec", "limited", field] ?? "<none>" }
  }

  private static func queue(_ column: String, _ field: String) -> TableColumn {
    TableColumn(column, help: "How requests wait.") { value, _ in
      value["spec", "limited", "limitResponse", "queuing", field] ?? "<none>"
    }
  }
}

/// `kubectl get` of what belongs to devices.
enum DeviceColumns {
  static let claim: [TableColumn] = [
    .objectName,
    TableColumn("State", help: "Whether it has devices and users.") { value in
      var states: [String] = []
      if value["metadata", "deletionTimestamp"] != nil { states.append("deleted") }
      if value["status", "allocation"] == nil {
        if states.isEmpty { states.append("pending") }
      } else {
        states.append("allocated")
      }
      if value["status", "reservedFor"]?.array?.isEmpty == false { states.append("reserved") }
      return states.joined(separator: ",")
    },
    .age,
  ]

  static let slice: [TableColumn] = [
    .objectName,
    TableColumn("Node", help: "Whose devices.") { value in
      value["spec", "nodeName"]?.string.nonempty ?? (value["spec", "allNodes"] == true ? "<all>" : "<some>")
    },
    TableColumn("Driver", help: "Whose driver.") { $0["spec", "driver"]?.string ?? "" },
    TableColumn("Pool", help: "Which pool.") { $0["spec", "pool", "name"]?.string ?? "" }, .age,
  ]
}
