import Console
import Glibc
import HTTP

/// The certificates of a server: given, or of its own authority, which is made once and kept.
struct Certificates {
  let options: TLSOptions?
  /// What clients are to trust; empty without TLS.
  let authority: String
  /// Whether the server's certificate is of that authority, which nobody trusts by itself.
  let isOwn: Bool
  /// The cluster's own authority: it signs for clients, and with `--tls auto` for the server too.
  let own: CertificateAuthority

  init(_ mode: TLSMode, host: String, data: DataDirectory) throws(Refusal) {
    own = try Self.authority(in: data)
    isOwn = if case .auto = mode { true } else { false }
    (options, authority) = try Self.options(mode, host: host, own)
    // `podium kubeconfig` asks what clients are to trust; a certificate that was given is others' business.
    if case .auto = mode {
      try data.write(authority, to: data.trustedCertificate, mode: 0o644)
    } else {
      unlink(data.trustedCertificate)
    }
  }

  private static func options(
    _ mode: TLSMode, host: String, _ own: CertificateAuthority
  ) throws(Refusal) -> (TLSOptions?, String) {
    let ownCertificate = own.identity.certificate
    switch mode {
    case .off: return (nil, "")
    case .files(let certificate, let key):
      let certificate = try text(certificate)
      return (TLSOptions(certificate: certificate, key: try text(key), clientAuthority: ownCertificate), certificate)
    case .auto:
      do throws(TLSFailure) {
        let server = try own.issueServer(extraHosts: Self.extraHosts(host))
        return (
          TLSOptions(certificate: server.certificate, key: server.key, clientAuthority: ownCertificate), ownCertificate
        )
      } catch {
        throw Refusal("a certificate cannot be made: \(error)")
      }
    }
  }

  /// What the server's certificate names besides this machine's loopback.
  private static func extraHosts(_ host: String) -> [String] {
    switch host {
    case "127.0.0.1", "localhost": []
    case "0.0.0.0", "::": OwnAddresses.all
    default: [host]
    }
  }

  /// The authority of a data directory, made where there is none.
  private static func authority(in data: DataDirectory) throws(Refusal) -> CertificateAuthority {
    if let present = try kept(in: data) { return present }
    let made: CertificateAuthority
    do throws(TLSFailure) {
      made = try CertificateAuthority(commonName: "podium-ca")
    } catch {
      throw Refusal("a certificate authority cannot be made: \(error)")
    }
    try data.make(data.tls)
    try data.write(made.identity.key, to: data.tls + "/ca.key")
    try data.write(made.identity.certificate, to: data.tls + "/ca.crt", mode: 0o644)
    return made
  }

  /// The authority that a data directory has; nil where it has none.
  static func kept(in data: DataDirectory) throws(Refusal) -> CertificateAuthority? {
    let (certificate, key) = (data.tls + "/ca.crt", data.tls + "/ca.key")
    guard access(certificate, F_OK) == 0 else { return nil }
    let identity = CertificateAuthority.Identity(certificate: try text(certificate), key: try text(key))
    do throws(TLSFailure) {
      return try CertificateAuthority(identity: identity)
    } catch {
      throw Refusal("the certificate authority in \(data.tls) cannot be used: \(error)")
    }
  }

  private static func text(_ path: String) throws(Refusal) -> String {
    guard let bytes = FileContents.read(path) else {
      throw Refusal("the file \(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
