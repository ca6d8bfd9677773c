import API
import Kinds
import Store
import Tree

/// Why a Service's traffic reaches a pod, or none.
struct TrafficExplanation {
  private let service: StoredObject
  private let store: Store

  init(_ service: StoredObject, store: Store) {
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
    return findings
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
