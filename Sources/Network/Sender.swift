/// Who sends a request, and how it looks names up.
package struct Sender: Sendable {
  package var peer: Peer
  package var resolver: ResolverConfiguration
  /// Addresses by name, from `/etc/hosts`.
  package var hosts: [String: String]

  /// A sender at that place.
  package init(_ peer: Peer, resolver: ResolverConfiguration, hosts: [String: String] = [:]) {
    self.peer = peer
    self.resolver = resolver
    self.hosts = hosts
  }
}
