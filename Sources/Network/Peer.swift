package import Store

/// One end of a connection: a pod, a node, or an address that is neither.
package struct Peer: Sendable, Hashable {
  /// `10.244.1.7`
  package var address: String
  /// The node that it is on; nil outside of the cluster.
  package var node: String?
  /// The pod that it is; nil for a node, for a pod of the host network, and outside.
  package var pod: ObjectKey?

  /// An end of a connection as packets know it.
  package init(address: String, node: String? = nil, pod: ObjectKey? = nil) {
    self.address = address
    self.node = node
    self.pod = pod
  }
}

/// What a connection is made with.
package enum Transport: String, Sendable, Hashable {
  case tcp = "TCP"
  case udp = "UDP"
  case sctp = "SCTP"
}

/// Where a request is to go, as its sender wrote it.
package struct Destination: Sendable, Hashable {
  /// A name or an address: `web`, `10.96.14.2`.
  package var host: String
  package var port: Int
  package var transport: Transport

  /// A host and a port of it.
  package init(host: String, port: Int, transport: Transport = .tcp) {
    self.host = host
    self.port = port
    self.transport = transport
  }
}
