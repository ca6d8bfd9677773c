package import API

/// All controllers of a cluster (kube-controller-manager).
package final class ControllerManager {
  private let deployments: DeploymentController
  private let replicaSets: ReplicaSetController

  /// - Parameter rootCertificate: the certificate authority's text, which each namespace's `kube-root-ca.crt` holds.
  package init(client: Client, rootCertificate: String) {
    deployments = DeploymentController(client: client)
    replicaSets = ReplicaSetController(client: client)
  }

  /// Starts them in one order, always the same: what reacts to the same write reacts in this order.
  package func start() {
    deployments.start()
    replicaSets.start()
  }
}
