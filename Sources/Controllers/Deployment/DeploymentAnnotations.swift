import Kinds
import Store
import Tree

/// What the deployment controller keeps in annotations.
enum DeploymentAnnotations {
  static let revision = "deployment.kubernetes.io/revision"
  static let revisionHistory = "deployment.kubernetes.io/revision-history"
  static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
  static let maxReplicas = "deployment.kubernetes.io/max-replicas"

  /// Those of a Deployment that its ReplicaSets do not get.
  static let notCopied: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", revision, revisionHistory, desiredReplicas, maxReplicas,
    "deprecated.deployment.rollback.to",
  ]

  /// A history of revisions is kept up to this many characters; the oldest are dropped.
  private static let historyLimit = 2_000

  /// The older revisions with one more at the end.
  static func history(_ present: String?, adding revision: Int) -> String {
    var revisions = present?.split(separator: ",").map(String.init) ?? []
    revisions.append(String(revision))
    while revisions.count > 1, revisions.joined(separator: ",").utf8.count > historyLimit { revisions.removeFirst() }
    return revisions.joined(separator: ",")
  }
}

extension TextMap {
  /// The whole number that an entry holds; nil where there is none.
  func number(_ key: String) -> Int? {
    let text: String? = self[key]
    return text.flatMap { Int($0) }
  }
}

extension StoredObject {
  /// The number in an annotation; nil where there is none.
  func number(in annotation: String) -> Int? { metadata.annotations.number(annotation) }

  var rolloutRevision: Int { number(in: DeploymentAnnotations.revision) ?? 0 }
}

extension ReplicaSet {
  /// Notes how many pods the Deployment wants and how many it allows, which tells a later scaling by how much.
  mutating func noteReplicas(of deployment: Deployment) {
    let wanted = deployment.spec.replicas
    metadata.annotations[DeploymentAnnotations.desiredReplicas] = String(wanted)
    metadata.annotations[DeploymentAnnotations.maxReplicas] = String(wanted + deployment.maxSurge)
  }

  /// Takes over the Deployment's annotations (a change's cause among them) and the revision if it is higher. A
  /// ReplicaSet that had an earlier revision is being rolled back to: that one goes into its history.
  mutating func noteRevision(_ revision: Int, of deployment: Deployment) {
    for (key, value) in deployment.metadata.annotations.pairs where !DeploymentAnnotations.notCopied.contains(key) {
      metadata.annotations[key] = value
    }
    let present = metadata.annotations.number(DeploymentAnnotations.revision)
    guard (present ?? 0) < revision else { return }
    metadata.annotations[DeploymentAnnotations.revision] = String(revision)
    if let present {
      let history = metadata.annotations[DeploymentAnnotations.revisionHistory]
      metadata.annotations[DeploymentAnnotations.revisionHistory] = DeploymentAnnotations.history(
        history, adding: present)
    }
  }
}
