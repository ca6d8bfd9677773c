import API
import HTTP
import Loop

/// The certificate authority of the data directory, as a cluster knows it.
struct ClusterAuthority: CertificateSigner {
  private static let requestLabel = "CERTIFICATE REQUEST"
  private static let certificateLabel = "CERTIFICATE"

  private let authority: CertificateAuthority

  init(_ authority: CertificateAuthority) { self.authority = authority }

  var authorityCertificate: String { authority.identity.certificate }

  func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest {
    let request = try parsed(request)
    return CertificateRequest(
      commonName: request.commonName, organizations: request.organizations, dnsNames: request.dnsNames,
      addresses: request.addresses, emails: request.emails, links: request.links)
  }

  func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8] {
    let request = try parsed(request)
    let terms = CertificateAuthority.Terms(
      notBefore: terms.notBefore.seconds, notAfter: terms.notAfter.seconds, uses: terms.usages,
      serialNumber: terms.serialNumber, cluster: terms.cluster)
    do throws(TLSFailure) {
      return Array(try authority.certificate(for: request, on: terms).utf8)
    } catch {
      throw CertificateProblem(error.description)
    }
  }

  func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time] {
    let blocks = PEM.blocks(of: String(decoding: certificates, as: UTF8.self))
    if let other = blocks.first(where: { $0.label != Self.certificateLabel }) {
      throw CertificateProblem("only CERTIFICATE PEM blocks are allowed, found \"\(other.label)\"")
    }
    if blocks.contains(where: \.hasHeaders) { throw CertificateProblem("no PEM block headers are permitted") }
    if blocks.isEmpty { throw CertificateProblem("must contain at least one CERTIFICATE PEM block") }
    do throws(TLSFailure) {
      var expiries: [Time] = []
      for block in blocks {
        expiries += try CertificateAuthority.expiries(ofCertificates: block.text).map { Time(seconds: $0) }
      }
      return expiries
    } catch {
      throw CertificateProblem(error.description)
    }
  }

  /// Kubernetes looks at the first block only.
  private func parsed(_ request: [UInt8]) throws(CertificateProblem) -> SigningRequest {
    let first = PEM.blocks(of: String(decoding: request, as: UTF8.self)).first
    guard let first, first.label == Self.requestLabel else { throw .noRequest }
    do throws(TLSFailure) {
      return try SigningRequest(pem: first.text)
    } catch {
      throw CertificateProblem(error.description)
    }
  }
}
