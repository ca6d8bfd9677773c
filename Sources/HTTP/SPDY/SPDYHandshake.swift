/// The opening of a SPDY/3.1 connection, as Kubernetes does it: HTTP's change of protocol, and a header that offers what
/// is to be spoken on the streams (k8s.io/apimachinery, util/httpstream).
package struct SPDYHandshake: Sendable {
  /// The protocols of the streams that the client speaks, what it likes best first.
  package let offered: [String]

  private static let name = "SPDY/3.1"
  private static let versionField = "X-Stream-Protocol-Version"

  /// Whether the request asks for a change to SPDY.
  package static func isAsked(_ request: HTTPRequest) -> Bool {
    members(request, "Upgrade").contains { ASCII.equalIgnoringCase($0, name) }
      && members(request, "Connection").contains { ASCII.equalIgnoringCase($0, "upgrade") }
  }

  /// Reads a request that asks for the change.
  package init(_ request: HTTPRequest) {
    offered = Self.members(request, Self.versionField)
  }

  /// The change of protocol, with the streams' protocol chosen, talked by `run`.
  package func upgrade(
    streamProtocol: String?, run: @escaping @Sendable (SPDYConnection) -> Void
  ) -> Upgrade {
    let chosen = streamProtocol.map { [(Self.versionField, $0)] } ?? []
    return Upgrade(headers: [("Upgrade", Self.name)] + chosen) { connection in run(SPDYConnection(connection)) }
  }

  private static func members(_ request: HTTPRequest, _ field: String) -> [String] {
    request.headers.all(field).flatMap { $0.split(separator: ",") }.map { ASCII.trimmed($0) }.filter { !$0.isEmpty }
  }
}
