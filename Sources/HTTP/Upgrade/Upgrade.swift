/// A change of protocol that a handler agrees to (RFC 9110 section 7.8): what is answered with status 101, and who talks
/// on the connection afterwards.
package struct Upgrade: Sendable {
  /// The answer's header fields: `Upgrade`, and what the protocol adds. `Connection` is added by the server.
  package var headers: [(String, String)]
  /// Talks on the connection, on a thread of its own, which may block. The connection is closed when it returns, and no
  /// later than a second after the server was told to stop.
  package var run: @Sendable (UpgradedConnection) -> Void

  /// A change of protocol.
  package init(headers: [(String, String)], run: @escaping @Sendable (UpgradedConnection) -> Void) {
    self.headers = headers
    self.run = run
  }
}
