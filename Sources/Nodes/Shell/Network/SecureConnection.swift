import Network

/// What a client looks at before it talks with a server inside TLS: the certificate's signer and its names.
enum SecureConnection {
  /// Why the file of authorities is of no use.
  static func problem(ofAuthority path: String?, _ files: FileSystem) -> String? {
    guard let path, files[path]?.contains("-----BEGIN") != true else { return nil }
    return "error adding trust anchors from file: " + path
  }

  /// Why the certificate is not to be trusted, in curl's words: without a file, only public authorities are.
  static func distrust(
    of certificate: ServerCertificate, host: String, authority path: String?, _ files: FileSystem
  ) -> String? {
    let known = path.flatMap { files[$0] } ?? ""
    guard !certificate.authority.isEmpty, known.contains(certificate.authority) else {
      return "SSL certificate problem: unable to get local issuer certificate"
    }
    guard !certificate.names.contains(host.lowercased()) else { return nil }
    return "SSL: no alternative certificate subject name matches target host name '\(host)'"
  }
}
