import Kinds
import Tree

/// Kubernetes' own roles and bindings, kept as lines of text:
///
///     ClusterRole view into edit from view     aggregated into `edit`, itself the sum of the roles into `view`
///       get list watch of core apps: pods deployments/scale named web
///       get at /healthz /livez
///     bind kube-system/reader to role-name
///       User jane
///
/// A line that is set in further than its first belongs to the line before.
enum BootstrapTable {
  private static let aggregation = "rbac.authorization.k8s.io/aggregate-to-"

  /// The objects that the lines declare, roles before bindings, in the order of the lines.
  static func objects(_ text: String) -> [Value] {
    var objects: [Value] = []
    for line in logicalLines(text) {
      if line.hasPrefix(" ") {
        guard var object = objects.popLast() else { continue }
        add(line.split(separator: " "), to: &object)
        objects.append(object)
      } else {
        objects.append(object(line.split(separator: " ").map(String.init)))
      }
    }
    return sum(objects)
  }

  private static func logicalLines(_ text: String) -> [String] {
    var lines: [String] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("      "), let last = lines.indices.last {
        lines[last] += " " + line.drop { $0 == " " }
      } else {
        lines.append(String(line))
      }
    }
    return lines
  }

  // MARK: Heads

  private static func object(_ words: [String]) -> Value {
    words[0] == "bind" ? binding(words) : role(words)
  }

  private static func role(_ words: [String]) -> Value {
    var labels: Value = ["kubernetes.io/bootstrapping": "rbac-defaults"]
    var value: Value = ["kind": .string(words[0])]
    for (word, target) in zip(words.dropFirst(2), words.dropFirst(3)) {
      if word == "into" { labels[aggregation + target] = "true" }
      if word == "from" {
        value["aggregationRule"] = [
          "clusterRoleSelectors": [["matchLabels": .object(Members([(aggregation + target, .string("true"))]))]]
        ]
      }
    }
    value["metadata"] = metadata(words[1], labels)
    value["rules"] = []
    return value
  }

  private static func binding(_ words: [String]) -> Value {
    let isNamespaced = words[1].contains("/")
    let name = words[1].split(separator: "/").last.map(String.init) ?? ""
    return [
      "kind": isNamespaced ? "RoleBinding" : "ClusterRoleBinding",
      "metadata": metadata(words[1], ["kubernetes.io/bootstrapping": "rbac-defaults"]),
      "subjects": [],
      "roleRef": [
        "apiGroup": .string(Kind.role.group), "kind": isNamespaced ? "Role" : "ClusterRole",
        "name": .string(words.count > 3 ? words[3] : name),
      ],
    ]
  }

  private static func metadata(_ place: String, _ labels: Value) -> Value {
    let parts = place.split(separator: "/").map(String.init)
    var metadata: Value = ["name": .string(parts[parts.count - 1])]
    if parts.count > 1 { metadata["namespace"] = .string(parts[0]) }
    metadata["annotations"] = ["rbac.authorization.kubernetes.io/autoupdate": "true"]
    metadata["labels"] = labels
    return metadata
  }

  // MARK: Rules and subjects

  private static func add(_ words: [Substring], to object: inout Value) {
    let list = object["rules"] == nil ? "subjects" : "rules"
    let entry = list == "rules" ? rule(words.map(String.init)).value : subject(words.map(String.init))
    object[list] = .array((object[list]?.array ?? []) + [entry])
  }

  private static func subject(_ words: [String]) -> Value {
    guard words[0] == "ServiceAccount" else {
      return ["kind": .string(words[0]), "apiGroup": .string(Kind.role.group), "name": .string(words[1])]
    }
    let parts = words[1].split(separator: "/").map(String.init)
    return ["kind": "ServiceAccount", "name": .string(parts[1]), "namespace": .string(parts[0])]
  }

  private static func rule(_ words: [String]) -> PolicyRule {
    var rule = PolicyRule(verbs: [])
    var list = \PolicyRule.verbs
    for word in words {
      switch word {
      case "of": list = \.groups
      case "named": list = \.names
      case "at": list = \.paths
      default:
        let endsList = word.hasSuffix(":")
        let text = endsList ? String(word.dropLast()) : word
        rule[keyPath: list].append(text == "core" ? "" : text)
        if endsList { list = \.resources }
      }
    }
    if !rule.resources.isEmpty, rule.groups.isEmpty { rule.groups = [""] }
    return rule
  }

  // MARK: Aggregation

  /// Gives the roles that are sums of others their rules, as Kubernetes' aggregation controller does.
  private static func sum(_ objects: [Value]) -> [Value] {
    objects.map { object in
      guard object["aggregationRule"] != nil else { return object }
      var object = object
      object["rules"] = .array(RoleAggregation.rules(of: object, among: objects))
      return object
    }
  }
}
