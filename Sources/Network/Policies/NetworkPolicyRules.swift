import Kinds
import Store
import Tree

/// One NetworkPolicy, read once (API reference, NetworkPolicy v1).
struct NetworkPolicyRules {
  struct Port {
    enum Wanted {
      case any
      case number(Int, end: Int)
      case name(String)
    }

    let transport: Transport
    let wanted: Wanted
  }

  enum Party {
    /// Nil namespaces: the policy's own.
    case pods(namespaces: LabelSelector?, pods: LabelSelector)
    case block(AddressBlock, except: [AddressBlock])
  }

  struct Rule {
    /// Empty: anybody.
    let parties: [Party]
    /// Empty: any port.
    let ports: [Port]
  }

  let key: ObjectKey
  let selector: LabelSelector
  /// Nil: the policy does not concern the direction.
  let ingress: [Rule]?
  let egress: [Rule]?

  init(_ policy: StoredObject) {
    let spec = policy.value["spec"] ?? [:]
    key = policy.key
    selector = LabelSelector(spec["podSelector"] ?? [:]) ?? .everything
    let types = (spec["policyTypes"]?.array ?? []).compactMap(\.string)
    let hasIngress = types.isEmpty || types.contains("Ingress")
    let hasEgress = types.isEmpty ? spec["egress"] != nil : types.contains("Egress")
    ingress = hasIngress ? (spec["ingress"]?.array ?? []).map { Self.rule($0, parties: "from") } : nil
    egress = hasEgress ? (spec["egress"]?.array ?? []).map { Self.rule($0, parties: "to") } : nil
  }

  func rules(_ direction: PolicyVerdict.Direction) -> [Rule]? { direction == .ingress ? ingress : egress }

  private static func rule(_ value: Value, parties field: String) -> Rule {
    Rule(
      parties: (value[field]?.array ?? []).compactMap(party), ports: (value["ports"]?.array ?? []).map(port))
  }

  private static func party(_ value: Value) -> Party? {
    if let block = value["ipBlock"] {
      guard let whole = block["cidr"]?.string.flatMap(AddressBlock.init) else { return nil }
      return .block(whole, except: (block["except"]?.array ?? []).compactMap { $0.string.flatMap(AddressBlock.init) })
    }
    return .pods(
      namespaces: value["namespaceSelector"].flatMap { LabelSelector($0) },
      pods: value["podSelector"].flatMap { LabelSelector($0) } ?? .everything)
  }

  private static func port(_ value: Value) -> Port {
    let transport = value["protocol"]?.string.flatMap(Transport.init(rawValue:)) ?? .tcp
    if let number = value["port"]?.integer {
      return Port(
        transport: transport, wanted: .number(Int(number), end: Int(value["endPort"]?.integer ?? number)))
    }
    return Port(transport: transport, wanted: value["port"]?.string.map { .name($0) } ?? .any)
  }
}
