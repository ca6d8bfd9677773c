package import API
package import Kinds
package import Network
package import Scheduler
package import Store
package import Tree

/// Answers why something in a cluster is as it is, from the present objects, the last writes with their causes, and the
/// scheduler's last decisions. It changes nothing.
package final class Explainer: ExplanationMaker {
  private let store: Store
  private let feed: Feed
  private let scheduler: Scheduler
  private let network: ClusterNetwork
  private let kinds: KindTable

  package init(store: Store, feed: Feed, scheduler: Scheduler, network: ClusterNetwork, kinds: KindTable) {
    self.network = network
    self.store = store
    self.feed = feed
    self.scheduler = scheduler
    self.kinds = kinds
  }

  package func explanation(of spec: Value, for caller: Caller, authorizer: Authorizer) throws(Status) -> Value {
    let language = Language(rawValue: spec["language"]?.string ?? "") ?? .english
    if let access = spec["access"], access.object?.isEmpty == false {
      return try AccessExplanation(access, caller: caller, authorizer: authorizer).value(in: language)
    }
    let kind = try kind(of: spec["object"])
    let namespace = spec["object", "namespace"]?.string ?? "default"
    let name = spec["object", "name"]?.string ?? ""
    guard !name.isEmpty else { throw .badRequest("spec.object.name is missing: name the object to explain") }
    let wish = Attributes(
      caller: caller, verb: "get", group: kind.group, resource: kind.plural,
      namespace: kind.isNamespaced ? namespace : "", name: name)
    guard authorizer.allows(wish) else { throw wish.refusal() }
    return try explanation(of: kind, kind.key(namespace: namespace, name: name)).value(in: language)
  }

  /// The kind that is named by `kind` or `resource`, in any of the ways kubectl takes.
  private func kind(of object: Value?) throws(Status) -> Kind {
    let wanted = (object?["kind"]?.string ?? "").lowercased()
    let group = object?["apiVersion"]?.string.map { $0.contains("/") ? String($0.prefix { $0 != "/" }) : "" }
    let found = kinds.kinds.first { kind in
      kind.isStored && group.map { $0 == kind.group } ?? true
        && ([kind.name.lowercased(), kind.plural, kind.singular, kind.groupResource.name] + kind.shortNames)
          .contains(wanted)
    }
    guard let found else {
      throw .badRequest(
        "spec.object.kind \"\(wanted)\" is no kind of this cluster: give one as in Pod or deployments.apps")
    }
    return found
  }

  private func explanation(of kind: Kind, _ key: ObjectKey) throws(Status) -> ObjectExplanation {
    let past = Past(feed)
    let changes = past.changes(of: key)
    guard let object = store[key] else {
      guard let end = changes.last, end.kind == .deleted else { throw .notFound(kind, key.name) }
      return ObjectExplanation(ofDeleted: end, by: changes.last { $0.isDeletionRequest } ?? end, past: past)
    }
    var explanation = ObjectExplanation(of: object, changes: changes, past: past)
    explanation.add(DeletionExplanation(object, store: store, past: past).findings)
    switch kind {
    case .pod:
      let pod = Pod(object.value)
      let placing = SchedulingExplanation(pod, decision: scheduler.decision(for: pod.uid), scheduler: scheduler)
      explanation.nodes = placing.nodes
      explanation.add(placing.findings + ContainerExplanation.findings(pod))
      explanation.add(TrafficExplanation.findings(leavingOut: object, store: store))
    case .deployment, .replicaSet, .statefulSet, .daemonSet, .job:
      explanation.add(WorkloadExplanation(object, kind: kind, store: store, scheduler: scheduler).findings)
    case .service: explanation.add(TrafficExplanation(object, store: store, network: network).findings)
    case .persistentVolumeClaim: explanation.add(ClaimExplanation.findings(object, store: store))
    default: break
    }
    return explanation
  }
}
