/// How a server listens, what it allows, and whom it tells.
package struct HTTPServerOptions: Sendable {
  /// The address to listen on: `127.0.0.1`, `::1`, `0.0.0.0`, `localhost`.
  package var host: String
  /// The port; 0 takes any free one, see `HTTPServer.port`.
  package var port: UInt16
  /// Threads that serve the connections of each protocol, each its own ones.
  package var threads = 2
  /// What a client may send and how long it may take.
  package var limits = HTTPLimits()
  /// From how many bytes on `bytes` and `pieces` are compressed for clients that ask. kube-apiserver's own: 128 KiB.
  package var compressionThreshold = 128 << 10
  /// Certificates for HTTPS; nil serves plain HTTP only.
  package var tls: TLSOptions?
  /// Who is answered in plain HTTP on the same port when there are certificates. A client's first byte tells which
  /// protocol it speaks.
  package var plain = PlainHTTP.refused
  /// Told of every request when it is over, on any of the server's threads: must be quick.
  package var accessLog: (@Sendable (AccessRecord) -> Void)?

  /// The defaults, on the given address.
  package init(host: String = "127.0.0.1", port: UInt16 = 0) {
    self.host = host
    self.port = port
  }
}

/// What a client may send and how long it may take. Each limit is answered with a refusal that names it.
package struct HTTPLimits: Sendable {
  /// Bytes of a request body; more is 413. A body of up to twice as many is read and dropped, so that the client gets to
  /// read the answer.
  package var body = 3 << 20
  /// Bytes of all request bodies being read at a time; a further one is 503.
  package var bodiesTogether = 256 << 20
  /// Bytes of request line and header fields; more is 431 or 414. Each connection holds that much, and libmicrohttpd
  /// clears it after each request.
  package var headerBlock = 16 << 10
  /// Connections at a time; further ones wait in the kernel's queue.
  package var connections = 4000
  /// Connections at a time that have not sent a byte, where that byte decides between HTTP and HTTPS; a further one takes
  /// the place of the oldest, which is closed. They count as connections too.
  package var silentConnections = 1000
  /// Connections at a time that have changed their protocol, each with a thread; a further one is 503.
  package var upgrades = 200
  /// Seconds from accept, or from a later request's first line, to the end of the header fields; then 408.
  package var headerSeconds = 10.0
  /// Seconds for a request body; then 408.
  package var bodySeconds = 60.0
  /// Seconds without a byte, or between two requests; then the connection is closed. Not for suspended connections.
  package var idleSeconds = 120

  /// The defaults.
  package init() {}
}

/// Certificates, in PEM.
package struct TLSOptions: Sendable {
  /// The server's certificate, followed by its chain.
  package var certificate: String
  /// The certificate's private key.
  package var key: String
  /// The authority whose client certificates are believed; nil asks clients for none. A client that shows a certificate
  /// this authority did not sign is refused with 401.
  package var clientAuthority: String?

  /// The certificates.
  package init(certificate: String, key: String, clientAuthority: String? = nil) {
    self.certificate = certificate
    self.key = key
    self.clientAuthority = clientAuthority
  }
}

/// One request that is over, for the access log. A connection whose first line was no request leaves none.
package struct AccessRecord: Sendable {
  /// `GET`
  package let method: String
  /// The path without the query, which may hold secrets.
  package let path: String
  /// The status sent; 0 when the connection ended before an answer.
  package let status: Int
  /// Bytes of the body before transfer coding.
  package let bytes: UInt64
  /// From the request line to the end of the answer.
  package let nanoseconds: UInt64
  /// The client's numeric address.
  package let peer: String
  /// The `User-Agent` field, empty when there was none.
  package let userAgent: String
}
