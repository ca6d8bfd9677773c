package import API
import Kinds
import Loop
import Store
import Tree

/// Signs approved requests to the cluster's own signers with its certificate authority
/// (kubernetes/pkg/controller/certificates/signer).
package final class CertificateSigningController {
  /// How long a certificate is good at most, and where a request does not say how long (kube-controller-manager,
  /// `--cluster-signing-duration`).
  private static let longest: Int64 = 365 * 86_400
  private static let shortest: Int64 = 600
  /// Certificates are good from that much earlier on, because clocks differ.
  private static let backdate = Duration.seconds(300)
  /// Up to this length the backdating does not shorten a certificate's life.
  private static let short: Int64 = 8 * 3_600

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
    guard request.value.issuedCertificate == nil, request.has("Approved"), !request.has("Denied"),
      !request.has("Failed"), Signer.isOwn(request.signerName)
    else { return .done }
    do throws(CertificateProblem) {
      let wish = try authority.read(request.value.signingRequest)
      if let problem = Signer.problem(wish, request) {
        request.add("Failed", reason: "SignerValidationFailure", message: problem, at: component.now)
      } else {
        request.value.setIssuedCertificate(
          try authority.certificate(for: request.value.signingRequest, on: terms(of: request)))
      }
    } catch {
      return .failed
    }
    do throws(Status) {
      try component.update(.certificateSigningRequest, request.value, subresource: "status", because: stored)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  private func terms(of request: SigningRequest) -> CertificateTerms {
    let seconds = min(max(request.expirationSeconds ?? Self.longest, Self.shortest), Self.longest)
    let now = component.now
    let end = now + .seconds(seconds) - (seconds <= Self.short ? .zero : Self.backdate)
    return CertificateTerms(
      notBefore: now - Self.backdate, notAfter: end, usages: request.usages, serialNumber: serialNumber())
  }

  /// 16 bytes of the cluster's own chance: positive, and without a leading zero (RFC 5280, section 4.1.2.2).
  private func serialNumber() -> [UInt8] {
    let random = component.loop.random("certificates")
    var bytes: [UInt8] = []
    for word in [random.next(), random.next()] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    bytes[0] = bytes[0] & 0x3f | 0x40
    return bytes
  }
}
