package import API
import Kinds
import Loop
import Store
import Tree

/// Approves the requests of kubelets for the certificate by which they show who they are, where the rules say that they
/// may have one (kubernetes/pkg/controller/certificates/approver).
package final class CertificateApprovingController {
  private let component: Component
  private let authority: any CertificateSigner
  private var queue: WorkQueue<String>?

  package init(client: Client, authority: any CertificateSigner) {
    component = Component("certificate-controller", client: client)
    self.authority = authority
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.certificateSigningRequest]) { [unowned self] change in
      if change.kind != .deleted { queue?.add(change.key.name) }
    }
    for request in component.client.list(.certificateSigningRequest) { queue?.add(request.name) }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let stored = component.client.get(.certificateSigningRequest, name: name) else { return .done }
    var request = SigningRequest(stored.value)
    guard request.value.issuedCertificate == nil, !request.has("Approved"), !request.has("Denied"),
      request.signerName == Signer.kubeletClient, let wish = try? authority.read(request.value.signingRequest),
      KubeletRequests.clientProblem(wish, usages: request.usages) == nil
    else { return .done }
    let isOwn = request.username == wish.commonName
    let message: String
    if isOwn, mayHave("selfnodeclient", request) {
      message = "Auto approving self kubelet client certificate after SubjectAccessReview."
    } else if mayHave("nodeclient", request) {
      message = "Auto approving kubelet client certificate after SubjectAccessReview."
    } else {
      // A role may be given to whoever asks later on.
      return .failed
    }
    request.add("Approved", reason: "AutoApproved", message: message, at: component.now)
    do throws(Status) {
      try component.update(.certificateSigningRequest, request.value, subresource: "approval", because: stored)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  private func mayHave(_ subresource: String, _ request: SigningRequest) -> Bool {
    RoleIndex.allows(
      Attributes(
        caller: request.caller, verb: "create", group: "certificates.k8s.io", resource: "certificatesigningrequests",
        subresource: subresource), at: component.store.snapshot)
  }
}
