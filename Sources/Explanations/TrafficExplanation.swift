import API
import Kinds
import Network
import Store
import Tree

/// Why a Service's traffic reaches a pod, or none.
struct TrafficExplanation {
  private let service: StoredObject
  private let store: Store
  private let network: ClusterNetwork
  /// Pods whose way to the Service is looked at, where there are NetworkPolicies.
  private static let senderLimit = 20

  init(_ service: StoredObject, store: Store, network: ClusterNetwork) {
    self.network = network
    self.service = service
    self.store = store
  }

  var findings: [Finding] {
    let spec = service.value["spec"]
    if spec?["type"]?.string == "ExternalName" {
      return [Finding("ExternalName", Phrases.externalName(spec?["externalName"]?.string ?? ""))]
    }
    let selector = (spec?["selector"]?.object ?? Members()).map { (key: $0.key, value: $0.value.string ?? "") }
    guard !selector.isEmpty else { return [Finding("NoSelector", Phrases.noSelector)] }
    let text = selector.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    let pods = store.list(Kind.pod.groupResource, namespace: service.namespace).filter { pod in
      selector.allSatisfy { pod.value["metadata", "labels", $0.key]?.string == $0.value }
    }
    guard !pods.isEmpty else {
      return [Finding("NoPodMatches", Phrases.noPodMatches(text, nearest: nearest(selector)))]
    }
    let ready = pods.filter { Pod($0.value).isReady && $0.value["metadata", "deletionTimestamp"] == nil }
    var findings = [Finding(ready.isEmpty ? "NoReadyPod" : "Endpoints", Phrases.endpoints(ready.count, of: pods.count))]
    for pod in pods where !Pod(pod.value).isReady {
      findings += ContainerExplanation.findings(Pod(pod.value)).map {
        Finding($0.reason, $0.phrase, object: pod.key)
      }
    }
    for port in spec?["ports"]?.array ?? [] { findings += unheard(port, by: ready) }
    return findings + (ready.isEmpty ? nameless : ways + denials)
  }

  // MARK: The network

  /// A headless Service is only a name, and without ready pods the name stands for nothing.
  private var nameless: [Finding] {
    guard service.value["spec", "clusterIP"]?.string == "None" else { return [] }
    return [Finding("NameHasNoAddress", Phrases.nameHasNoAddress(fullName))]
  }

  private var fullName: String { "\(service.name).\(service.namespace).svc.cluster.local" }

  /// What stands behind each port, whoever asks.
  private var ways: [Finding] {
    let targets = service.value["spec", "ports"]?.array ?? []
    return network.survey(service.key).flatMap { port -> [Finding] in
      if port.endpoints.isEmpty {
        let target = targets.first { $0["port"]?.integer == Int64(port.number) }?["targetPort"]?.string ?? ""
        return [Finding("PortHasNoEndpoint", Phrases.portHasNoEndpoint(port.number, target))]
      }
      return port.endpoints.compactMap { endpoint in
        let (address, pod) = ("\(endpoint.step.address):\(endpoint.step.port)", endpoint.step.pod)
        switch endpoint.failure {
        case .nothingListens:
          return Finding("NothingListens", Phrases.nothingListens(address, pod?.name), object: pod)
        case .nodeDown: return Finding("NodeSilent", Phrases.nodeSilent(endpoint.step.node ?? ""), object: pod)
        case .noSuchAddress: return Finding("NoSuchAddress", Phrases.noSuchAddress(address))
        default: return nil
        }
      }
    }
  }

  /// The pods of the namespace that NetworkPolicies keep from the Service.
  private var denials: [Finding] {
    guard store.snapshot.count(Kind.networkPolicy.groupResource) > 0 else { return [] }
    let senders = store.list(Kind.pod.groupResource, namespace: service.namespace)
      .filter { !Pod($0.value).isTerminal && Pod($0.value).status.podIP != nil }.prefix(Self.senderLimit)
    return senders.compactMap { stored in
      let pod = Pod(stored.value)
      let sender = Peer(address: pod.status.podIP ?? "", node: pod.spec.nodeName, pod: stored.key)
      let denial = network.survey(service.key, from: sender).flatMap(\.endpoints)
        .lazy.compactMap(\.denial).first
      guard let denial else { return nil }
      return Finding(
        "DeniedByPolicy",
        Phrases.deniedByPolicy(
          stored.name, denial.isolatedBy.map(\.name), isEgress: denial.direction == .egress, of: denial.pod.name),
        object: stored.key)
    }
  }

  /// The Services that do not send anything to a pod, because it is not ready.
  static func findings(leavingOut stored: StoredObject, store: Store) -> [Finding] {
    let pod = Pod(stored.value)
    guard !pod.isReady, !pod.isTerminal, pod.status.podIP != nil else { return [] }
    let names = store.list(Kind.service.groupResource, namespace: stored.namespace).filter { service in
      guard let selector = service.value["spec", "selector"]?.object, !selector.isEmpty else { return false }
      let takesAll = service.value["spec", "publishNotReadyAddresses"]?.boolean == true
      return !takesAll && selector.allSatisfy { stored.value["metadata", "labels", $0.key] == $0.value }
    }.map(\.name)
    return names.isEmpty ? [] : [Finding("LeftOutOfService", Phrases.leftOut(names))]
  }

  /// Pods that have some of the labels: mostly one was mistyped.
  private func nearest(_ selector: [(key: String, value: String)]) -> [String] {
    store.list(Kind.pod.groupResource, namespace: service.namespace).compactMap { pod in
      let labels = pod.value["metadata", "labels"]
      let close = selector.compactMap { pair -> String? in
        labels?[pair.key]?.string.map { "\(pair.key)=\($0)" }
      }
      return close.isEmpty ? nil : "\(pod.name) (\(close.joined(separator: ",")))"
    }
  }

  /// A target port that no ready pod declares. That is allowed, and nearly always a mistake.
  private func unheard(_ port: Value, by pods: [StoredObject]) -> [Finding] {
    guard let target = port["targetPort"], !pods.isEmpty else { return [] }
    let declared = pods.flatMap { pod in
      Pod(pod.value).spec.containers.flatMap(\.ports)
    }
    guard !declared.isEmpty, !declared.contains(where: { $0["containerPort"] == target || $0["name"] == target }) else {
      return []
    }
    let ports = declared.compactMap { $0["containerPort"]?.integer.map(String.init) }
    let wanted = target.string ?? target.integer.map(String.init) ?? ""
    return [Finding("PortNotDeclared", Phrases.portNotDeclared(wanted, ports))]
  }
}
