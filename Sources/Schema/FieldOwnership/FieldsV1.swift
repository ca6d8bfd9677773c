package import Tree

/// Field sets as `managedFields` has them (Kubernetes API reference, "FieldsV1 v1 meta"): `{"f:spec":{"f:replicas":{}}}`.
extension FieldSet {
  /// How deep a set may go; no object goes as deep.
  private static let depthLimit = 64

  /// The set that FieldsV1 describes; nil if the value is none.
  package init?(fieldsV1 value: Value) { self.init(value, depth: 0) }

  private init?(_ value: Value, depth: Int) {
    guard let members = value.object, depth < Self.depthLimit else { return nil }
    var nodes: [Node] = []
    nodes.reserveCapacity(members.count)
    for member in members where member.key != "." {
      guard let element = FieldElement(fieldsV1: member.key), let children = FieldSet(member.value, depth: depth + 1)
      else { return nil }
      let isMember = children.isEmpty || member.value["."] != nil
      nodes.append(Node(element: element, isMember: isMember, children: children))
    }
    self.init(unsorted: nodes)
  }

  package var fieldsV1: Value {
    var members: [Members.Member] = []
    members.reserveCapacity(nodes.count + 1)
    for node in nodes {
      var value = node.children.fieldsV1
      if node.isMember, !node.children.isEmpty, case .object(let below) = value {
        value = .object(Members(distinct: [Members.Member(key: ".", value: [:])] + below))
      }
      members.append(Members.Member(key: node.element.fieldsV1, value: value))
    }
    return .object(Members(distinct: members))
  }
}

extension FieldElement {
  fileprivate init?(fieldsV1 text: String) {
    let content = String(text.dropFirst(2))
    switch text.prefix(2) {
    case "f:": self = .field(content)
    case "k:": self = .key(content)
    case "v:": self = .value(content)
    case "i:":
      guard let index = Int(content) else { return nil }
      self = .index(index)
    default: return nil
    }
  }

  fileprivate var fieldsV1: String {
    switch self {
    case .field(let name): "f:" + name
    case .key(let text): "k:" + text
    case .value(let text): "v:" + text
    case .index(let index): "i:\(index)"
    }
  }
}

extension [FieldElement] {
  /// The path as conflicts name it: `.spec.containers[name="web"].image`.
  package var pathText: String {
    var text = ""
    for element in self {
      switch element {
      case .field(let name): text += "." + name
      case .key(let json): text += "[" + Self.keyText(json) + "]"
      case .value(let json): text += "[=" + json + "]"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  private static func keyText(_ json: String) -> String {
    guard let members = (try? JSON.parse(json))?.object else { return json }
    return members.map { $0.key + "=" + $0.value.jsonText }.joined(separator: ",")
  }
}
