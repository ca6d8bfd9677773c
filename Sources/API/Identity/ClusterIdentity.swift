package import Loop
package import Tree

/// What a cluster proves identities with: the key that signs its service accounts' tokens, and its certificate
/// authority.
///
/// The engine does no cryptography. Whoever runs a cluster hands these in; the same key and the same input must always
/// give the same signature.
package struct ClusterIdentity: Sendable {
  /// Who issues the tokens, and the audience that the API itself takes them for (kube-apiserver,
  /// `--service-account-issuer`).
  package static let issuer = "https://kubernetes.default.svc"

  package let tokens: any TokenSigner
  package let certificates: any CertificateSigner
  /// The cluster that its tokens name, where several have the same keys.
  package private(set) var cluster: String?

  package init(tokens: any TokenSigner, certificates: any CertificateSigner) {
    self.tokens = tokens
    self.certificates = certificates
  }

  /// The same identity, with others that sign for it.
  package func signing(with tokens: any TokenSigner, _ certificates: any CertificateSigner) -> ClusterIdentity {
    var identity = ClusterIdentity(tokens: tokens, certificates: certificates)
    identity.cluster = cluster
    return identity
  }

  /// The claim that says for which of a server's clusters a token is good.
  static let clusterClaim = "podium.dev/cluster"

  /// The same keys for one cluster of several: what it signs proves nothing to the others, though these may hold the
  /// same objects with the same uids. Without `inTokens` tokens stay as Kubernetes' are: that is for one of them only.
  package func bound(to cluster: String, inTokens: Bool = true) -> ClusterIdentity {
    var identity = ClusterIdentity(tokens: tokens, certificates: BoundSigner(signer: certificates, cluster: cluster))
    identity.cluster = inTokens ? cluster : nil
    return identity
  }
}

/// Signs certificates that are good for one cluster only.
private struct BoundSigner: CertificateSigner {
  let signer: any CertificateSigner
  let cluster: String

  var authorityCertificate: String { signer.authorityCertificate }

  func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest { try signer.read(request) }

  func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8] {
    var terms = terms
    terms.cluster = cluster
    return try signer.certificate(for: request, on: terms)
  }

  func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time] {
    try signer.expiries(of: certificates)
  }
}

/// A key that signs tokens, and checks its own signatures.
package protocol TokenSigner: Sendable {
  /// As tokens name it: `RS256` (RFC 7518, section 3.1).
  var algorithm: String { get }
  /// Which key it is: a hash of its public half.
  var keyID: String { get }
  /// The public half's members of a JSON Web Key: `kty` and what belongs to that type (RFC 7517).
  var publicKey: Value { get }
  /// The signature of the bytes.
  func signature(of bytes: [UInt8]) -> [UInt8]
  /// Whether this key signed exactly these bytes.
  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool
}

/// A certificate authority, as the API and the controllers see it. Certificates and requests are PEM (RFC 7468).
package protocol CertificateSigner: Sendable {
  /// The authority's own certificate, by which others check what it signed.
  var authorityCertificate: String { get }
  /// What a signing request (PKCS #10) asks for, once its own signature is checked.
  func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest
  /// The certificate that a request asks for, on these terms.
  func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8]
  /// Until when each certificate of a chain is good; refuses what is no chain of certificates.
  func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time]
}

/// What a signing request asks for.
package struct CertificateRequest: Sendable, Equatable {
  package var commonName: String
  package var organizations: [String]
  package var dnsNames: [String]
  package var addresses: [String]
  package var emails: [String]
  package var links: [String]

  package init(
    commonName: String, organizations: [String], dnsNames: [String] = [], addresses: [String] = [],
    emails: [String] = [], links: [String] = []
  ) {
    self.commonName = commonName
    self.organizations = organizations
    self.dnsNames = dnsNames
    self.addresses = addresses
    self.emails = emails
    self.links = links
  }
}

/// What the signer decides of a certificate.
package struct CertificateTerms: Sendable, Equatable {
  package var notBefore: Time
  package var notAfter: Time
  /// In Kubernetes' words: `client auth`, `digital signature` (API reference, KeyUsage).
  package var usages: [String]
  /// Unique among the authority's certificates; positive, so that its first bit is 0.
  package var serialNumber: [UInt8]
  /// The one cluster for which it is good; nil: all.
  package var cluster: String?

  package init(notBefore: Time, notAfter: Time, usages: [String], serialNumber: [UInt8]) {
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.usages = usages
    self.serialNumber = serialNumber
  }
}

/// Why a request or a certificate cannot be used.
package struct CertificateProblem: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// What is there is no request (k8s.io/kubernetes, pkg/apis/certificates ParseCSR).
  package static let noRequest = CertificateProblem("PEM block type must be CERTIFICATE REQUEST")
}
