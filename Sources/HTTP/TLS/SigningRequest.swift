import CGnuTLS
import Glibc

/// What somebody asks a certificate authority to put his name to (PKCS #10, RFC 2986), with its signature checked.
package struct SigningRequest {
  private final class Handle {
    let raw: gnutls_x509_crq_t

    init() throws(TLSFailure) {
      var request: gnutls_x509_crq_t?
      try TLSFailure.check(gnutls_x509_crq_init(&request), "make a signing request")
      guard let request else { throw TLSFailure(action: "make a signing request", code: GNUTLS_E_MEMORY_ERROR) }
      raw = request
    }

    deinit { gnutls_x509_crq_deinit(raw) }
  }

  /// Alternative names of one request that are read.
  private static let nameLimit: UInt32 = 4_096

  private let handle: Handle
  var raw: gnutls_x509_crq_t { handle.raw }

  /// The subject's common name (CN); empty where it has none.
  package let commonName: String
  /// The subject's organizations (O), in order.
  package let organizations: [String]
  /// Alternative names of the sorts that are known, each in order.
  package private(set) var dnsNames: [String] = []
  package private(set) var addresses: [String] = []
  package private(set) var emails: [String] = []
  package private(set) var links: [String] = []

  /// Reads a request, and checks that whoever made it has its key.
  package init(pem: String) throws(TLSFailure) {
    let handle = try Handle()
    self.handle = handle
    let result = PEM.withDatum(pem) { gnutls_x509_crq_import(handle.raw, $0, GNUTLS_X509_FMT_PEM) }
    try TLSFailure.check(result, "read the signing request")
    try TLSFailure.check(gnutls_x509_crq_verify(handle.raw, 0), "verify the signing request")
    commonName = Self.subject(handle.raw, gnutls_oid_common_name()).first ?? ""
    organizations = Self.subject(handle.raw, gnutls_oid_organization())
    readNames()
  }

  var hasAlternativeNames: Bool { !(dnsNames.isEmpty && addresses.isEmpty && emails.isEmpty && links.isEmpty) }

  private static func subject(_ raw: gnutls_x509_crq_t, _ identifier: UnsafePointer<CChar>) -> [String] {
    var values: [String] = []
    while true {
      var buffer = [UInt8](repeating: 0, count: 1024)
      var size = buffer.count
      let index = UInt32(values.count)
      guard gnutls_x509_crq_get_dn_by_oid(raw, identifier, index, 0, &buffer, &size) >= 0 else { return values }
      values.append(String(decoding: buffer.prefix(size), as: UTF8.self))
    }
  }

  private mutating func readNames() {
    for index in 0..<Self.nameLimit {
      var buffer = [UInt8](repeating: 0, count: 1024)
      var size = buffer.count
      var sort: UInt32 = 0
      let result = gnutls_x509_crq_get_subject_alt_name(raw, index, &buffer, &size, &sort, nil)
      guard result >= 0 else { return }
      let bytes = Array(buffer.prefix(size))
      let text = String(decoding: bytes, as: UTF8.self)
      switch gnutls_x509_subject_alt_name_t(rawValue: sort) {
      case GNUTLS_SAN_DNSNAME: dnsNames.append(text)
      case GNUTLS_SAN_RFC822NAME: emails.append(text)
      case GNUTLS_SAN_URI: links.append(text)
      case GNUTLS_SAN_IPADDRESS: addresses.append(Self.address(bytes))
      default: break
      }
    }
  }

  private static func address(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
      return ""
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
