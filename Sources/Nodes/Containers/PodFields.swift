import Kinds
import Tree

/// What a pod can be told about itself: the fields of the downward API (Kubernetes documentation, "Downward API").
struct PodFields {
  let pod: Pod
  let podIP: String
  let hostIP: String

  /// The field's text; nil where there is no such field.
  func text(_ path: String) -> String? {
    switch path {
    case "metadata.name": pod.name
    case "metadata.namespace": pod.namespace
    case "metadata.uid": pod.uid
    case "metadata.labels": Self.lines(pod.metadata.labels)
    case "metadata.annotations": Self.lines(pod.metadata.annotations)
    case "spec.nodeName": pod.spec.nodeName
    case "spec.serviceAccountName": pod.spec.serviceAccountName
    case "status.hostIP", "status.hostIPs": hostIP
    case "status.podIP", "status.podIPs": podIP
    default: mapEntry(path)
    }
  }

  /// `metadata.labels['app']`
  private func mapEntry(_ path: String) -> String? {
    for (prefix, map) in [
      ("metadata.labels['", pod.metadata.labels), ("metadata.annotations['", pod.metadata.annotations),
    ] where path.hasPrefix(prefix) && path.hasSuffix("']") {
      return map[String(path.dropFirst(prefix.count).dropLast(2))] ?? ""
    }
    return nil
  }

  /// `app="web"`, one a line, by key.
  private static func lines(_ map: TextMap) -> String {
    map.pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\(Value.string($0.value).jsonText)" }.joined(separator: "\n")
  }

  /// An amount of a container's requests or limits in the wanted unit, rounded up; a limit that is not set is all that
  /// the node has.
  static func amount(_ reference: Value, of container: Container) -> String {
    let parts = (reference["resource"]?.string ?? "").split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return "0" }
    let map = parts[0] == "limits" ? container.limits : container.requests
    let whole = ["cpu": "2", "memory": "4194304Ki", "ephemeral-storage": "41152832Ki"][parts[1]]
    guard let text = map[parts[1]] ?? (parts[0] == "limits" ? whole : nil), let amount = Quantity(text) else {
      return "0"
    }
    let divisor = reference["divisor"]?.string.flatMap { Quantity($0) }
    let unit = divisor.map(\.milliValue).flatMap { $0 > 0 ? $0 : nil } ?? 1_000
    return String((amount.milliValue + unit - 1) / unit)
  }
}
