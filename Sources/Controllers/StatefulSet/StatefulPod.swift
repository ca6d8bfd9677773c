import API
import Kinds
import Store
import Tree

/// The pods of a StatefulSet and their claims: what they are called and look like.
struct StatefulPod {
  static let nameLabel = "statefulset.kubernetes.io/pod-name"
  static let indexLabel = "apps.kubernetes.io/pod-index"

  let owner: StoredObject
  let ordinal: Int

  private var view: StatefulSetView { StatefulSetView(owner.value) }
  var name: String { "\(owner.name)-\(ordinal)" }

  /// The pod from one of the set's revisions, whose value of the set is given.
  func value(from workload: Value, revision: String) -> Value {
    var pod = PodFromTemplate(owner: owner, kind: .statefulSet, template: workload["spec", "template"]).pod
    pod["metadata", "name"] = .string(name)
    pod["metadata", "labels", RevisionHistory.podLabel] = .string(revision)
    identify(&pod)
    pod["spec", "hostname"] = .string(name)
    pod["spec", "subdomain"] = view.serviceName.isEmpty ? nil : .string(view.serviceName)
    let volumes = view.claimTemplates.map { template -> Value in
      let volume = template["metadata", "name"] ?? ""
      return ["name": volume, "persistentVolumeClaim": ["claimName": .string(claimName(template))]]
    }
    let claimed = volumes.compactMap { $0["name"]?.string }
    let others = (pod["spec", "volumes"]?.array ?? []).filter { !claimed.contains($0["name"]?.string ?? "") }
    if !volumes.isEmpty { pod["spec", "volumes"] = .array(volumes + others) }
    return pod
  }

  /// Gives a pod the labels by which it is known.
  func identify(_ pod: inout Value) {
    pod["metadata", "labels", Self.nameLabel] = .string(name)
    pod["metadata", "labels", Self.indexLabel] = .string(String(ordinal))
  }

  func claimName(_ template: Value) -> String { (template["metadata", "name"]?.string ?? "") + "-" + name }

  /// The claims that the pod needs, one for each template.
  var claims: [Value] {
    view.claimTemplates.map { template in
      var claim = template
      claim["status"] = nil
      claim["metadata", "name"] = .string(claimName(template))
      claim["metadata", "namespace"] = .string(owner.namespace)
      for label in owner.value["spec", "selector", "matchLabels"]?.object ?? Members() {
        claim["metadata", "labels", label.key] = label.value
      }
      return claim
    }
  }

  /// Who should own a claim, by the set's retention policy: the set where claims go with it, and of a pod that is
  /// scaled away (`isCondemned`) the pod.
  func claimOwner(isCondemned: Bool, pod: StoredObject?) -> OwnerReference? {
    let policy = owner.value["spec", "persistentVolumeClaimRetentionPolicy"]
    if isCondemned, policy?["whenScaled"]?.string == "Delete", let pod {
      return OwnerReference(controller: AnyObjectView(pod.value), kind: .pod)
    }
    guard policy?["whenDeleted"]?.string == "Delete" else { return nil }
    return OwnerReference(controller: AnyObjectView(owner.value), kind: .statefulSet)
  }
}
