import API
import Kinds
import Store
import Tree

/// Why an object that is to go is still there.
struct DeletionExplanation {
  private let object: StoredObject
  private let store: Store
  private let past: Past
  /// Objects that are named at most.
  private static let nameLimit = 5

  init(_ object: StoredObject, store: Store, past: Past) {
    self.object = object
    self.store = store
    self.past = past
  }

  var findings: [Finding] {
    guard let since = object.value["metadata", "deletionTimestamp"]?.string else { return [] }
    var findings: [Finding] = []
    if let request = past.changes(of: object.key).last(where: \.isDeletionRequest) {
      findings.append(Finding("DeletionRequested", Phrases.deletionRequested(CauseChain(from: request, in: past))))
    }
    let finalizers = object.value["metadata", "finalizers"]?.array?.compactMap(\.string) ?? []
    if !finalizers.isEmpty { findings.append(Finding("FinalizersRemain", Phrases.finalizers(finalizers))) }
    for finalizer in finalizers { findings += holders(finalizer) }
    switch object.key.groupResource {
    case Kind.pod.groupResource where finalizers.isEmpty: findings += pod(since)
    case Kind.namespace.groupResource: findings += contents
    default: break
    }
    return findings
  }

  private func pod(_ since: String) -> [Finding] {
    let grace = object.value["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0
    let period = Finding("GracePeriod", Phrases.gracePeriod(grace, until: since))
    guard let name = Pod(object.value).spec.nodeName, !name.isEmpty,
      let node = store[Kind.node.key(namespace: "", name: name)],
      Node(node.value).status.conditions.contains(where: { $0.type == "Ready" && !$0.isTrue })
    else { return [period] }
    return [period, Finding("NodeSilent", Phrases.nodeCannotConfirm(name), object: node.key)]
  }

  /// Whom a well-known finalizer waits for.
  private func holders(_ finalizer: String) -> [Finding] {
    switch finalizer {
    case "foregroundDeletion":
      let blocking = store.owned(by: object.uid).filter { owned in
        AnyObjectView(owned.value).metadata.ownerReferences.contains {
          $0.uid == object.uid && $0.blocksOwnerDeletion
        }
      }
      return blocking.isEmpty ? [] : [Finding("WaitsForDependents", Phrases.dependents(names(blocking)))]
    case "kubernetes.io/pvc-protection":
      let users = store.list(Kind.pod.groupResource, namespace: object.namespace).filter { stored in
        !Pod(stored.value).isTerminal
          && (stored.value["spec", "volumes"]?.array ?? []).contains {
            $0["persistentVolumeClaim", "claimName"]?.string == object.name
          }
      }
      return users.isEmpty ? [] : [Finding("UsedByPods", Phrases.usedByPods(names(users)))]
    case "kubernetes.io/pv-protection":
      let claim = object.value["spec", "claimRef"]
      guard let name = claim?["name"]?.string else { return [] }
      return [Finding("BoundToClaim", Phrases.boundToClaim("\(claim?["namespace"]?.string ?? "")/\(name)"))]
    default: return []
    }
  }

  private func names(_ objects: [StoredObject]) -> [String] {
    objects.prefix(Self.nameLimit).map(\.key.description) + (objects.count > Self.nameLimit ? ["…"] : [])
  }

  /// What a namespace's own conditions say of what is left in it.
  private var contents: [Finding] {
    let types = [
      "NamespaceContentRemaining", "NamespaceFinalizersRemaining", "NamespaceDeletionContentFailure",
      "NamespaceDeletionDiscoveryFailure",
    ]
    return (object.value["status", "conditions"]?.array ?? []).compactMap { condition in
      guard condition["status"] == "True", let type = condition["type"]?.string, types.contains(type) else {
        return nil
      }
      let reason = condition["reason"]?.string ?? type
      return Finding(reason, Phrases.condition(type, reason, condition["message"]?.string ?? ""))
    }
  }
}
