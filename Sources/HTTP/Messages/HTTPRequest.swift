/// A whole request, its body read.
package struct HTTPRequest: Sendable {
  /// As sent: `GET`.
  package let method: String
  /// The raw target: `/api/v1/pods?limit=5`.
  package let target: String
  /// The target's path, still percent-encoded, without the query.
  package let path: String
  /// The query's parameters, decoded, in order.
  package let query: [(name: String, value: String)]
  /// The header fields, in order.
  package let headers: HTTPHeaders
  /// The body, whole; empty when there was none.
  package let body: [UInt8]
  /// Who asks.
  package let peer: Peer

  /// A request put together by hand; nil when the target is neither a path nor an absolute address.
  package init?(
    method: String, target: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], peer: Peer = .unknown
  ) {
    guard let parts = RequestTarget(target) else { return nil }
    self.init(method: method, target: target, parts: parts, headers: headers, body: body, peer: peer)
  }

  /// A request whose target has been taken apart already.
  init(method: String, target: String, parts: RequestTarget, headers: HTTPHeaders, body: [UInt8], peer: Peer) {
    self.method = method
    self.target = target
    self.path = parts.path
    self.query = parts.query.isEmpty ? [] : PercentEncoding.parameters(ofQuery: parts.query)
    self.headers = headers
    self.body = body
    self.peer = peer
  }
}

/// The other end of a connection.
package struct Peer: Sendable {
  /// Its numeric address without a port: `127.0.0.1`, `::1`.
  package let address: String
  /// Whether it is on this machine.
  package let isLoopback: Bool
  /// Whether it speaks HTTPS.
  package let isSecure: Bool
  /// Its certificate; present only when the authority of the server's options signed it.
  package let certificate: PeerCertificate?

  /// A peer put together by hand.
  package init(address: String, isLoopback: Bool, isSecure: Bool = false, certificate: PeerCertificate? = nil) {
    self.address = address
    self.isLoopback = isLoopback
    self.isSecure = isSecure
    self.certificate = certificate
  }

  /// A peer of which nothing is known.
  package static let unknown = Peer(address: "", isLoopback: false)
}

/// What a verified client certificate says about its owner.
package struct PeerCertificate: Sendable, Equatable {
  /// The subject's common name (CN).
  package let commonName: String
  /// The subject's organizations (O), in order.
  package let organizations: [String]
  /// The user's uid, where the subject has one (Kubernetes' own attribute).
  package let userIdentifier: String?
  /// From when on and until when it is good, in seconds since 1970. Nobody has compared that with a clock.
  package let validity: ClosedRange<Int64>
  /// The SHA-256 of the certificate.
  package let fingerprint: [UInt8]
  /// The one cluster for which it is good; nil: all.
  package let cluster: String?

  /// What a certificate says.
  package init(
    commonName: String, organizations: [String], userIdentifier: String? = nil, validity: ClosedRange<Int64>,
    fingerprint: [UInt8] = [], cluster: String? = nil
  ) {
    self.commonName = commonName
    self.organizations = organizations
    self.userIdentifier = userIdentifier
    self.validity = validity
    self.fingerprint = fingerprint
    self.cluster = cluster
  }
}
