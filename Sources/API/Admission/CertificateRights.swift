import Kinds
import Store
import Tree

/// Who may approve and sign certificates: that takes a right on the signer besides the one on the subresource
/// (Kubernetes documentation, "Certificates and Certificate Signing Requests", plugins CertificateApproval and
/// CertificateSigning).
enum CertificateRights {
  static func check(_ value: Value, old: Value, _ subresource: String?, _ request: AdmissionRequest) throws(Status) {
    // The cluster's own components have their rights by what they are.
    guard request.kind == .certificateSigningRequest, let caller = request.writer.sender?.caller else { return }
    let signer = value["spec", "signerName"]?.string ?? ""
    let index = RoleIndex(request.store.snapshot)
    switch subresource {
    case "approval":
      guard index.mayAct("approve", on: signer, caller) else {
        throw request.forbidden("user not permitted to approve requests with signerName \"\(signer)\"")
      }
    case "status":
      let isChanged = ["certificate", "conditions"].contains { value["status", $0] != old["status", $0] }
      guard !isChanged || index.mayAct("sign", on: signer, caller) else {
        throw request.forbidden("user not permitted to sign requests with signerName \"\(signer)\"")
      }
    default: break
    }
  }
}

extension RoleIndex {
  /// Whether a caller may `approve` or `sign` for the signer, by its name or by its domain: `example.com/*`.
  fileprivate func mayAct(_ verb: String, on signer: String, _ caller: Caller) -> Bool {
    let domain = signer.prefix { $0 != "/" }
    return [signer, domain + "/*"].contains { name in
      allows(
        Attributes(caller: caller, verb: verb, group: "certificates.k8s.io", resource: "signers", name: name))
    }
  }
}

/// Nobody gets a certificate of the group that may do everything (plugin CertificateSubjectRestriction).
enum CertificateSubjectRestriction: AdmissionPlugin {
  private static let signer = "kubernetes.io/kube-apiserver-client"
  private static let group = "system:masters"

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .certificateSigningRequest, request.isCreation,
      value["spec", "signerName"]?.string == signer, let authority = request.writer.certificates
    else { return }
    let wish: CertificateRequest
    do throws(CertificateProblem) {
      wish = try authority.read(value.signingRequest)
    } catch {
      throw request.forbidden("failed to parse CSR: \(error.description)")
    }
    guard !wish.organizations.contains(group) else {
      throw request.forbidden("use of \(signer) signer with \(group) group is not allowed")
    }
  }
}
