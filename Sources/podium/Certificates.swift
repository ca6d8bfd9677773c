import Console
import Glibc
import HTTP

/// The certificates of a server: given, or of its own authority, which is made once and kept.
struct Certificates {
  let options: TLSOptions?
  /// What clients are to trust; empty without TLS.
  let authority: String

  init(_ mode: TLSMode, host: String, data: DataDirectory) throws(Refusal) {
    switch mode {
    case .off:
      options = nil
      authority = ""
    case .files(let certificate, let key):
      options = TLSOptions(certificate: try Self.text(certificate), key: try Self.text(key))
      authority = try Self.text(certificate)
    case .auto:
      do {
        let own = try Self.authority(in: data)
        let server = try own.issueServer(extraHosts: ["127.0.0.1", "localhost"].contains(host) ? [] : [host])
        options = TLSOptions(
          certificate: server.certificate, key: server.key, clientAuthority: own.identity.certificate)
        authority = own.identity.certificate
      } catch let refusal as Refusal {
        throw refusal
      } catch {
        throw Refusal("a certificate cannot be made: \(error)")
      }
    }
  }

  private static func authority(in data: DataDirectory) throws -> CertificateAuthority {
    let (certificate, key) = (data.tls + "/ca.crt", data.tls + "/ca.key")
    if access(certificate, F_OK) == 0 {
      return try CertificateAuthority(
        identity: CertificateAuthority.Identity(certificate: try text(certificate), key: try text(key)))
    }
    let made = try CertificateAuthority(commonName: "podium-ca")
    try data.make(data.tls)
    try data.write(made.identity.key, to: key)
    try data.write(made.identity.certificate, to: certificate, mode: 0o644)
    return made
  }

  private static func text(_ path: String) throws(Refusal) -> String {
    guard let bytes = FileContents.read(path) else {
      throw Refusal("the file \(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
