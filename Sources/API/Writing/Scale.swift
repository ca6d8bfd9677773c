import Kinds
import Loop
import Store
import Tree

/// The `scale` subresource: how many replicas a workload has and shall have (API reference, Scale v1 autoscaling).
enum Scale {
  static func get(
    _ request: APIRequest, _ info: RequestInfo, _ kind: Kind, feed: Feed, now: Time
  ) throws(Status) -> APIResponse {
    guard let object = feed.snapshot[kind.key(namespace: info.namespace, name: info.name)] else {
      throw .notFound(kind, info.name)
    }
    return try answer(object, kind, try AnswerEncoder(request, now: now, offer: Offer(of: kind)))
  }

  /// The Scale of a stored workload, in the form that the client asked for.
  static func answer(_ object: StoredObject, _ kind: Kind, _ encoder: AnswerEncoder) throws(Status) -> APIResponse {
    let scale = StoredObject(value(of: object.value, kind.custom?.scale), at: object.key, revision: object.revision)
    return try encoder.object(scale, of: .scale)
  }

  /// A workload's Scale; `custom` says where it is in a custom object.
  static func value(of object: Value, _ custom: CustomScale? = nil) -> Value {
    let old = object["metadata"]
    var metadata: Value = [:]
    for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[field] = old?[field]
    }
    let replicas = object.at(custom?.specReplicas ?? ["spec", "replicas"])?.integer ?? 0
    let observed = object.at(custom?.statusReplicas ?? ["status", "replicas"])?.integer ?? 0
    var status: Value = ["replicas": .integer(observed)]
    if let custom {
      status["selector"] = custom.selector.flatMap { object.at($0) }
    } else if object["kind"] == "ReplicationController" {
      // Its selector is nothing but labels.
      let labels = object["spec", "selector"]?.object ?? Members()
      let terms = labels.map { $0.key + "=" + ($0.value.string ?? "") }.sorted()
      if !terms.isEmpty { status["selector"] = .string(terms.joined(separator: ",")) }
    } else if let selector = object["spec", "selector"].flatMap({ LabelSelector($0) }) {
      status["selector"] = .string(selector.description)
    }
    return [
      "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
      "spec": replicas == 0 ? [:] : ["replicas": .integer(replicas)], "status": status,
    ]
  }

  /// The workload with the replicas that a Scale asks for.
  static func apply(_ scale: Value, to object: Value, _ custom: CustomScale? = nil) throws(Status) -> Value {
    let wish = scale["spec", "replicas"] ?? 0
    guard let replicas = wish.isNull ? 0 : wish.integer, let replicas = Int32(exactly: replicas) else {
      throw .badRequest(
        "Scale in version \"v1\" cannot be handled as a Scale: spec.replicas: \(wish.jsonText) is no int32")
    }
    let name = object["metadata", "name"]?.string ?? ""
    if replicas < 0 {
      throw .invalid(
        kind: "Scale", group: "autoscaling", name,
        [
          FieldError(
            .invalid, field: "spec.replicas",
            message: "Invalid value: \(replicas): must be greater than or equal to 0")
        ])
    }
    var object = object
    object.set(.integer(Int64(replicas)), at: custom?.specReplicas ?? ["spec", "replicas"])
    if let version = scale["metadata", "resourceVersion"]?.string, !version.isEmpty {
      object["metadata", "resourceVersion"] = .string(version)
    }
    return object
  }
}

extension Value {
  /// What is at the end of a path of names.
  fileprivate func at(_ path: [String]) -> Value? { path.reduce(self) { $0?[$1] } }
}
