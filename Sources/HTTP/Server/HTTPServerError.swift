/// Why a server did not start.
package enum HTTPServerError: Error, Equatable, CustomStringConvertible {
  /// Another program listens there.
  case addressInUse(host: String, port: UInt16)
  /// A port below 1024 needs rights this program lacks.
  case notPermitted(host: String, port: UInt16)
  /// The host is not an address of this machine.
  case addressInvalid(host: String)
  /// GnuTLS does not accept the certificate, the key or the client authority.
  case badCertificate(reason: String)
  /// Another refusal of the system.
  case other(reason: String)

  /// One line for the person who started the program: what happened and what to do.
  package var description: String {
    switch self {
    case .addressInUse(let host, let port):
      "\(host):\(port) is in use: stop the other program or choose another port"
    case .notPermitted(let host, let port):
      "not permitted to listen on \(host):\(port): choose a port from 1024 on"
    case .addressInvalid(let host):
      "\(host) is not an address of this machine: use 127.0.0.1, ::1, 0.0.0.0 or one of its own addresses"
    case .badCertificate(let reason):
      "the TLS certificate cannot be used: \(reason)"
    case .other(let reason):
      "the server cannot start: \(reason)"
    }
  }
}
