import HTTP
import Testing

@Suite("Keys that sign tokens, and requests for certificates") struct IdentityKeyTests {
  /// Made by OpenSSL: `/O=dev/O=ops/CN=kim` with an alternative name of every sort.
  private static let request = """
    -----BEGIN CERTIFICATE REQUEST-----
    MIIBNzCB3wIBADAqMQwwCgYDVQQKDANkZXYxDDAKBgNVBAoMA29wczEMMAoGA1UE
    AwwDa2ltMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5KwMqy43RHmu3BmnOt4U
    sSzNZtxnQ7gdKTrJPVEmMiw7SAAnjnFsAGnUw2PpYZ/ut3OmdtOF9M/v1VYRtPdI
    iaBTMFEGCSqGSIb3DQEJDjFEMEIwQAYDVR0RBDkwN4IJc2hvcC50ZXN0hwTAAAIH
    gQ1raW1Ac2hvcC50ZXN0hhVodHRwczovL3Nob3AudGVzdC9raW0wCgYIKoZIzj0E
    AwIDRwAwRAIgeQMcvEUs12QV0OYOg6d3FLFy7+8OIcPn4MimE+jagKgCIHldSvq9
    Pc4P7B3jRZr45rn2OGx2pTVQiTHnqWo4+S+H
    -----END CERTIFICATE REQUEST-----

    """

  @Test("The same bytes get the same signature, also by a key that was kept")
  func signatures() throws {
    let key = try SigningKey()
    let bytes = Array("signed".utf8)
    let signature = key.signature(of: bytes)
    #expect(signature.count == 256)
    #expect(key.isSignature(signature, of: bytes))
    #expect(!key.isSignature(signature, of: bytes + [0]))
    #expect(!key.isSignature([], of: bytes))
    let kept = try SigningKey(pem: key.pem)
    #expect(kept.signature(of: bytes) == signature)
    #expect(kept.digest == key.digest)
    #expect(kept.modulus.count == 256)
    #expect(kept.exponent == [1, 0, 1])
    #expect(try !SigningKey().isSignature(signature, of: bytes))
  }

  @Test("A request tells its subject and names")
  func reading() throws {
    let request = try SigningRequest(pem: Self.request)
    #expect(request.commonName == "kim")
    #expect(request.organizations == ["dev", "ops"])
    #expect(request.dnsNames == ["shop.test"])
    #expect(request.addresses == ["192.0.2.7"])
    #expect(request.emails == ["kim@shop.test"])
    #expect(request.links == ["https://shop.test/kim"])
  }

  @Test("A request that was changed is not believed, and what is none is refused")
  func broken() {
    // The subject becomes "kil".
    var lines = Self.request.split(separator: "\n").map(String.init)
    lines[2] = lines[2].replacing("a2ltM", with: "a2lsM")
    #expect(throws: TLSFailure.self) { try SigningRequest(pem: lines.joined(separator: "\n")) }
    #expect(throws: TLSFailure.self) { try SigningRequest(pem: "nothing") }
  }

  @Test("A request gets the same certificate twice, on the authority's terms")
  func certificates() throws {
    let authority = try CertificateAuthority(commonName: "test authority")
    let request = try SigningRequest(pem: Self.request)
    let terms = CertificateAuthority.Terms(
      notBefore: 1_790_000_000, notAfter: 1_790_003_600, uses: ["digital signature", "client auth"],
      serialNumber: [0x41, 2, 3])
    let certificate = try authority.certificate(for: request, on: terms)
    #expect(try authority.certificate(for: request, on: terms) == certificate)
    #expect(try CertificateAuthority.expiries(ofCertificates: certificate) == [1_790_003_600])
    var other = terms
    other.serialNumber = [0x41, 2, 4]
    #expect(try authority.certificate(for: request, on: other) != certificate)
  }

  @Test("No certificate outlives its authority")
  func authorityEnds() throws {
    let authority = try CertificateAuthority(commonName: "test authority")
    let end = try #require(try CertificateAuthority.expiries(ofCertificates: authority.identity.certificate).first)
    let request = try SigningRequest(pem: Self.request)
    var terms = CertificateAuthority.Terms(
      notBefore: 0, notAfter: end + 1_000, uses: ["client auth"], serialNumber: [1])
    let certificate = try authority.certificate(for: request, on: terms)
    #expect(try CertificateAuthority.expiries(ofCertificates: certificate) == [end])
    terms.notBefore = end
    #expect(throws: TLSFailure.self) { try authority.certificate(for: request, on: terms) }
  }

  @Test("The blocks of a text are read one by one")
  func blocks() {
    let text =
      "words\n" + Self.request + "-----BEGIN X-----\nProc-Type: 4\n\nAA==\n-----END X-----\n-----BEGIN Y-----\n"
    let blocks = PEM.blocks(of: text)
    #expect(blocks.map(\.label) == ["CERTIFICATE REQUEST", "X"])
    #expect(blocks.map(\.hasHeaders) == [false, true])
  }
}
