package import API
import Kinds
import Loop
import Store
import Tree

/// Removes requests that nobody needs any more (kubernetes/pkg/controller/certificates/cleaner).
package final class CertificateCleaner {
  private static let interval = Duration.seconds(3_600)
  /// How long a decided request is kept, and one that nobody decides or signs.
  private static let decidedLife = Duration.seconds(3_600)
  private static let openLife = Duration.seconds(86_400)

  private let component: Component
  private let authority: any CertificateSigner

  package init(client: Client, authority: any CertificateSigner) {
    component = Component("csrcleaner", client: client)
    self.authority = authority
  }

  package func start() {
    component.loop.schedule(after: .zero, as: component.name) { [unowned self] in round() }
  }

  private func round() {
    for stored in component.client.list(.certificateSigningRequest) where isOver(SigningRequest(stored.value)) {
      try? component.delete(.certificateSigningRequest, stored, because: stored)
    }
    component.loop.schedule(after: Self.interval, as: component.name) { [unowned self] in round() }
  }

  private func isOver(_ request: SigningRequest) -> Bool {
    if let certificate = request.value.issuedCertificate {
      if let end = try? authority.expiries(of: certificate).first, end < component.now { return true }
      return isOld(request.condition("Approved"), Self.decidedLife)
    }
    if request.conditions.isEmpty { return isOlder(request.metadata.creationTimestamp, Self.openLife) }
    return isOld(request.condition("Denied"), Self.decidedLife) || isOld(request.condition("Failed"), Self.decidedLife)
      || isOld(request.condition("Approved"), Self.openLife)
  }

  private func isOld(_ condition: Value?, _ life: Duration) -> Bool {
    isOlder(condition?["lastUpdateTime"]?.string, life)
  }

  private func isOlder(_ timestamp: String?, _ life: Duration) -> Bool {
    timestamp.flatMap { Time(timestamp: $0) }.map { component.now - $0 > life } ?? false
  }
}
