import API
import Kinds
import Store
import Tree

/// Judges connections by the NetworkPolicies: a pod that a policy selects takes or makes only what some policy allows.
final class PolicyJudge {
  private let client: Client
  private var policies: [String: [NetworkPolicyRules]]?
  private var selecting: [ObjectKey: [NetworkPolicyRules]] = [:]
  private var allowed: [Question: PolicyVerdict] = [:]

  /// A connection as policies see it.
  struct Question: Hashable {
    var direction: PolicyVerdict.Direction
    /// The pod whose traffic is judged.
    var pod: ObjectKey
    var other: Peer
    /// The port on the pod that takes the connection, and that pod.
    var port: Int
    var transport: Transport
    var target: ObjectKey?
  }

  init(client: Client) { self.client = client }

  /// Policies, namespaces or pods are other ones.
  func forget() {
    policies = nil
    selecting.removeAll(keepingCapacity: true)
    allowed.removeAll(keepingCapacity: true)
  }

  /// Nil where no policy isolates the pod.
  func verdict(_ question: Question) -> PolicyVerdict? {
    guard !all.isEmpty else { return nil }
    let isolating = selecting(question.pod).filter { $0.rules(question.direction) != nil }
    guard !isolating.isEmpty else { return nil }
    if let known = allowed[question] { return known }
    let allowing = isolating.first { policy in
      (policy.rules(question.direction) ?? []).contains { allows($0, question, namespace: policy.key.namespace) }
    }
    let verdict = PolicyVerdict(
      direction: question.direction, pod: question.pod, isAllowed: allowing != nil, isolatedBy: isolating.map(\.key),
      allowedBy: allowing?.key)
    if allowed.count > 10_000 { allowed.removeAll() }
    allowed[question] = verdict
    return verdict
  }

  private var all: [String: [NetworkPolicyRules]] {
    if let policies { return policies }
    var all: [String: [NetworkPolicyRules]] = [:]
    for policy in client.list(.networkPolicy) where !isGoing(policy) {
      all[policy.namespace, default: []].append(NetworkPolicyRules(policy))
    }
    policies = all
    return all
  }

  private func isGoing(_ policy: StoredObject) -> Bool { policy.value["metadata", "deletionTimestamp"] != nil }

  private func selecting(_ pod: ObjectKey) -> [NetworkPolicyRules] {
    if let known = selecting[pod] { return known }
    let labels = labels(of: pod)
    let found = (all[pod.namespace] ?? []).filter { $0.selector.matches(labels) }
    selecting[pod] = found
    return found
  }

  private func labels(of key: ObjectKey) -> TextMap {
    client.store[key].map { AnyObjectView($0.value).metadata.labels } ?? ClusterNetwork.nameServerLabels(key)
  }

  private func namespaceLabels(_ name: String) -> TextMap {
    client.get(.namespace, name: name).map { AnyObjectView($0.value).metadata.labels } ?? .empty
  }

  // MARK: Rules

  private func allows(_ rule: NetworkPolicyRules.Rule, _ question: Question, namespace: String) -> Bool {
    guard rule.ports.isEmpty || rule.ports.contains(where: { allows($0, question) }) else { return false }
    return rule.parties.isEmpty || rule.parties.contains { includes($0, question.other, namespace: namespace) }
  }

  private func allows(_ port: NetworkPolicyRules.Port, _ question: Question) -> Bool {
    guard port.transport == question.transport else { return false }
    switch port.wanted {
    case .any: return true
    case .number(let first, let last): return first <= question.port && question.port <= last
    case .name(let name):
      return question.target.map { self.port(name, of: $0, port.transport) == question.port } ?? false
    }
  }

  private func port(_ name: String, of pod: ObjectKey, _ transport: Transport) -> Int? {
    guard let stored = client.store[pod] else { return nil }
    let spec = Pod(stored.value).spec
    for container in spec.initContainers + spec.containers {
      for port in container.ports where port["name"]?.string == name {
        if port["protocol"]?.string ?? "TCP" == transport.rawValue {
          return port["containerPort"]?.integer.map { Int($0) }
        }
      }
    }
    return nil
  }

  private func includes(_ party: NetworkPolicyRules.Party, _ peer: Peer, namespace: String) -> Bool {
    switch party {
    case .pods(let namespaces, let pods):
      guard let pod = peer.pod else { return false }
      let isPlace = namespaces.map { $0.matches(namespaceLabels(pod.namespace)) } ?? (pod.namespace == namespace)
      return isPlace && pods.matches(labels(of: pod))
    case .block(let block, let except):
      guard let address = IPv4Address(peer.address) else { return false }
      return block.contains(address) && !except.contains { $0.contains(address) }
    }
  }
}
