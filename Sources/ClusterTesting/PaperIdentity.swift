package import API
package import Loop
package import Tree

/// An identity for clusters in tests: its signatures are checksums and its certificates are notes, always the same for
/// the same input. Nothing is secret about it.
extension ClusterIdentity {
  package static let paper = ClusterIdentity(tokens: PaperKey(), certificates: PaperAuthority())
}

/// Signs with a checksum.
package struct PaperKey: TokenSigner {
  package let algorithm = "PAPER"
  package let keyID: String
  package let publicKey: Value = ["kty": "oct"]

  /// Keys of other names do not take each other's signatures.
  package init(_ name: String = "paper") { keyID = name }

  package func signature(of bytes: [UInt8]) -> [UInt8] {
    let random = RandomStream(seed: 0, name: keyID + "/" + String(decoding: bytes, as: UTF8.self))
    return (0..<32).map { _ in UInt8(random.below(256)) }
  }

  package func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { signature == self.signature(of: bytes) }
}

/// Requests and certificates are JSON between the lines of a PEM text.
package struct PaperAuthority: CertificateSigner {
  package let authorityCertificate = "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n"

  private static let request = "CERTIFICATE REQUEST"
  private static let certificate = "CERTIFICATE"

  package init() {}

  /// A request for a certificate.
  package static func request(
    _ commonName: String, organizations: [String] = [], dnsNames: [String] = []
  ) -> [UInt8] {
    wrapped(
      [
        "commonName": .string(commonName), "organizations": .array(organizations.map(Value.string)),
        "dnsNames": .array(dnsNames.map(Value.string)),
      ], request)
  }

  /// What a certificate says: `subject`, `usages`, `notBefore`, `notAfter` (seconds), `serialNumber`.
  package static func read(certificate bytes: [UInt8]) -> Value? { content(bytes, certificate) }

  package func read(_ request: [UInt8]) throws(CertificateProblem) -> CertificateRequest {
    guard let content = Self.content(request, Self.request) else { throw .noRequest }
    return CertificateRequest(
      commonName: content["commonName"]?.string ?? "",
      organizations: content["organizations"]?.array?.compactMap(\.string) ?? [],
      dnsNames: content["dnsNames"]?.array?.compactMap(\.string) ?? [])
  }

  package func certificate(for request: [UInt8], on terms: CertificateTerms) throws(CertificateProblem) -> [UInt8] {
    guard let content = Self.content(request, Self.request) else { throw .noRequest }
    return Self.wrapped(
      [
        "subject": content, "usages": .array(terms.usages.map(Value.string)),
        "notBefore": .integer(terms.notBefore.seconds), "notAfter": .integer(terms.notAfter.seconds),
        "serialNumber": .array(terms.serialNumber.map { .integer(Int64($0)) }),
      ], Self.certificate)
  }

  package func expiries(of certificates: [UInt8]) throws(CertificateProblem) -> [Time] {
    guard let end = Self.content(certificates, Self.certificate)?["notAfter"]?.integer else {
      throw CertificateProblem("must contain at least one CERTIFICATE PEM block")
    }
    return [Time(seconds: end)]
  }

  private static func wrapped(_ content: Value, _ label: String) -> [UInt8] {
    Array("-----BEGIN \(label)-----\n".utf8) + content.json + Array("\n-----END \(label)-----\n".utf8)
  }

  private static func content(_ bytes: [UInt8], _ label: String) -> Value? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count == 3, lines[0] == "-----BEGIN \(label)-----", lines[2] == "-----END \(label)-----" else {
      return nil
    }
    return try? JSON.parse(Array(lines[1].utf8))
  }
}
