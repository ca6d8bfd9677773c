package import Loop

/// What stands behind an address: the network namespace of a pod or of a node.
package protocol Station: AnyObject {
  var peer: Peer { get }

  /// What is there for a connection to the port.
  func reception(port: Int, transport: Transport, at now: Time) -> Reception

  /// What the listener that `reception` named answers.
  func answer(_ exchange: Exchange, port: Int, from: Peer, at now: Time) -> Answer?
}

/// How a station takes a connection to one of its ports.
package enum Reception: Equatable {
  /// A program of that container listens.
  case listener(container: String)
  case nothing
  /// The node hands the port on to a pod (`hostPort`).
  case forwarded(address: String, port: Int)
  /// The node is cut off.
  case silent
}

/// Who knows what stands behind which address: the machines.
package protocol Stations: AnyObject {
  /// Nil where nothing has the address.
  func station(at address: String) -> (any Station)?
}
