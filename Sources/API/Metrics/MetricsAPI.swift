import Kinds
import Loop
import Store
import Tree

/// The use of nodes and pods, measured anew for each request (metrics.k8s.io/v1beta1, as `kubectl top` asks for it).
///
/// A cluster serves it while it has the APIService `v1beta1.metrics.k8s.io`, as a real one does with a metrics server.
enum MetricsAPI {
  static let group = "metrics.k8s.io"
  /// The APIService that says that use is measured.
  static let service = "v1beta1." + group

  static let nodes = Kind(
    group: group, version: "v1beta1", "NodeMetrics", plural: "nodes", isNamespaced: false, verbs: ["get", "list"],
    singular: "")
  static let pods = Kind(
    group: group, version: "v1beta1", "PodMetrics", plural: "pods", verbs: ["get", "list"], singular: "")

  /// The kinds that are served now.
  static func kinds(_ snapshot: Snapshot) -> [Kind] {
    snapshot[Kind.apiService.key(namespace: "", name: service)] == nil ? [] : [nodes, pods]
  }
}

/// One request for measurements: on the cluster's loop, where the kubelets are.
struct MetricsRequest {
  let request: APIRequest
  let info: RequestInfo
  let kind: Kind
  let writer: ObjectWriter

  /// The time that a measurement covers.
  private static let window = "15s"

  func answer() throws(Status) -> APIResponse {
    let encoder = try AnswerEncoder(request, now: writer.loop.now)
    if info.verb == "get" {
      let key = source.key(namespace: info.namespace, name: info.name)
      guard let measured = writer.store[key].flatMap(measure) else {
        throw Status(
          code: 404, reason: "NotFound", message: "\(kind.plural).\(kind.group) \"\(info.name)\" not found",
          details: .init(name: info.name, group: kind.group, kind: kind.plural))
      }
      return try encoder.object(measured, of: kind)
    }
    guard info.verb == "list" else { throw .methodNotAllowed }
    let options = try ListOptions(request, info, kind: source)
    let namespace = info.namespace.isEmpty ? nil : info.namespace
    let listed = writer.store.list(source.groupResource, namespace: source.isNamespaced ? namespace : nil)
      .filter(options.selection.matches)
    let page = Page(objects: listed.compactMap(measure), revision: writer.store.revision)
    return try encoder.list(page, of: kind)
  }

  private var source: Kind { kind == MetricsAPI.nodes ? .node : .pod }

  /// Nil for what is not measured: a pod that does not run, a node without a kubelet.
  private func measure(_ stored: StoredObject) -> StoredObject? {
    var value: Value = [
      "kind": .string(kind.name), "apiVersion": .string(kind.apiVersion), "metadata": metadata(of: stored),
      "timestamp": .string(writer.loop.now.timestamp), "window": .string(Self.window),
    ]
    if source == .pod {
      guard let usage = writer.usage?.measure(pod: stored.key), !usage.isEmpty else { return nil }
      value["containers"] = .array(
        usage.map { ["name": .string($0.container), "usage": amounts(cpu: $0.cpu, memory: $0.memory)] })
    } else {
      guard let usage = writer.usage?.measure(node: stored.name) else { return nil }
      value["usage"] = amounts(cpu: usage.cpu, memory: usage.memory)
    }
    let key = ObjectKey(
      GroupResource(group: kind.group, resource: kind.plural), namespace: stored.namespace, name: stored.name)
    return StoredObject(value, at: key, revision: stored.revision)
  }

  private func metadata(of stored: StoredObject) -> Value {
    var metadata: Value = ["name": .string(stored.name)]
    if source.isNamespaced { metadata["namespace"] = .string(stored.namespace) }
    metadata["creationTimestamp"] = .string(writer.loop.now.timestamp)
    metadata["labels"] = stored.value["metadata", "labels"]
    return metadata
  }

  private func amounts(cpu: Int64, memory: Int64) -> Value {
    [
      "cpu": .string(Quantity(nanoValue: Int128(cpu), format: .decimalSuffix).description),
      "memory": .string(String((memory + 1_023) / 1_024) + "Ki"),
    ]
  }
}
