package import Kinds
import Loop
import Store
import Tree

/// Tells users what a component did to an object, as core/v1 Events do.
///
/// A repeated event counts up the one that is there (client-go's tools/record correlator does so, keyed by involved
/// object, type, reason, message and source).
package final class EventRecorder {
  package enum Severity: String, Sendable {
    case normal = "Normal"
    case warning = "Warning"
  }

  private let client: Client
  private let component: String
  private let host: String?

  /// `component` is what stands in the event's `source` (`kubelet`, `deployment-controller`), `host` the node's name.
  package init(client: Client, component: String, host: String? = nil) {
    self.client = client
    self.component = component
    self.host = host
  }

  /// Records the event. `fieldPath` names a part of the object: `spec.containers{web}`.
  package func record(
    _ severity: Severity = .normal, _ reason: String, _ message: String, about object: some ObjectView, kind: Kind,
    fieldPath: String? = nil
  ) {
    let now = client.loop.now.timestamp
    let namespace = object.namespace.isEmpty ? "default" : object.namespace
    var involved: Value = ["kind": .string(kind.name)]
    if kind.isNamespaced { involved["namespace"] = .string(namespace) }
    involved["name"] = .string(object.name)
    involved["uid"] = .string(object.uid)
    involved["apiVersion"] = .string(kind.apiVersion)
    involved["resourceVersion"] = object.metadata.resourceVersion.map(Value.string)
    involved["fieldPath"] = fieldPath.map(Value.string)
    let cause = Cause(actor: host.map { component + "/" + $0 } ?? component, request: "event \(reason)")
    let identity = [object.uid, fieldPath ?? "", severity.rawValue, reason, message, component, host ?? ""]
      .joined(separator: "\u{1f}")
    if let name = names[identity], let stored = client.get(.event, namespace: namespace, name: name) {
      var event = stored.value
      event["count"] = .integer((event["count"]?.integer ?? 1) + 1)
      event["lastTimestamp"] = .string(now)
      _ = try? client.update(.event, event, cause: cause)
      return
    }
    var source: Value = ["component": .string(component)]
    source["host"] = host.map(Value.string)
    let name = freeName(for: object.name, in: namespace)
    let event: Value = [
      "metadata": ["name": .string(name), "namespace": .string(namespace)], "involvedObject": involved,
      "reason": .string(reason), "message": .string(message), "source": source, "firstTimestamp": .string(now),
      "lastTimestamp": .string(now), "count": 1, "type": .string(severity.rawValue), "eventTime": .null,
      "reportingComponent": .string(component), "reportingInstance": .string(host ?? ""),
    ]
    if (try? client.create(.event, event, cause: cause)) != nil { remember(identity, name) }
  }

  /// Which event stands for what; bounded, because forgetting one only starts a new count.
  private var names: [String: String] = [:]
  private static let rememberedLimit = 4_096

  private func remember(_ identity: String, _ name: String) {
    if names.count >= Self.rememberedLimit { names.removeAll() }
    names[identity] = name
  }

  /// `NAME.TIME`, the time in hexadecimal, as client-go has it: events of an object sort by when they were made.
  private func freeName(for object: String, in namespace: String) -> String {
    let now = client.loop.now.nanoseconds
    var time = now
    // A workload that makes hundreds of pods at one moment tells of each: what was taken a moment ago still is.
    if let last = lastName, last.now == now, last.object == object, last.namespace == namespace { time = last.time + 1 }
    defer { lastName = (object, namespace, now, time) }
    while client.get(.event, namespace: namespace, name: Self.name(object, time)) != nil { time += 1 }
    return Self.name(object, time)
  }

  private var lastName: (object: String, namespace: String, now: Int64, time: Int64)?

  private static func name(_ object: String, _ time: Int64) -> String { object + "." + String(time, radix: 16) }
}
