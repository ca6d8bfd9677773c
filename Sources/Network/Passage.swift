package import Store

/// One request's way through the network: every step that decided about it, and what came of it.
///
///     let passage = network.send(.connect, to: Destination(host: "web", port: 80), from: sender, at: now)
///     passage.outcome   // .failed(.noEndpoints)
///     passage.steps     // [.name(…), .service(…)]
package struct Passage: Sendable, Equatable {
  package enum Step: Sendable, Equatable {
    case name(NameStep)
    case service(ServiceStep)
    case endpoint(EndpointStep)
    case policy(PolicyVerdict)
    case listener(ListenerStep)
  }

  package enum Outcome: Sendable, Equatable {
    case answered(Answer)
    case failed(Failure)
  }

  package let origin: Peer
  package let destination: Destination
  package internal(set) var steps: [Step] = []
  package internal(set) var outcome: Outcome = .failed(.noSuchAddress)

  init(origin: Peer, destination: Destination) {
    self.origin = origin
    self.destination = destination
    steps.reserveCapacity(4)
  }

  /// The answer; nil where none came.
  package var answer: Answer? {
    if case .answered(let answer) = outcome { answer } else { nil }
  }

  /// Why no answer came.
  package var failure: Failure? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }

  /// The address that the connection was made to: what the name stands for, or what was written.
  package var address: String? {
    for case .name(let step) in steps { return step.addresses.first }
    return IPv4Address(destination.host) == nil ? nil : destination.host
  }
}

/// Why a request did not arrive.
package enum Failure: Sendable, Equatable {
  /// The name's server knows no such name.
  case nameNotFound
  /// No name server answered.
  case nameServerSilent
  /// Nothing has the address.
  case noSuchAddress
  /// The Service has no such port.
  case noSuchServicePort
  /// The Service has no endpoint that is ready.
  case noEndpoints
  /// The Service's traffic policy is Local, and none of its endpoints is on the node.
  case noLocalEndpoints
  /// A NetworkPolicy isolates one of the ends, and none allows the connection.
  case deniedByPolicy
  /// No program listens on the port.
  case nothingListens
  /// The node is cut off.
  case nodeDown

  /// What the sender sees of it.
  package enum Effect: Sendable, Equatable {
    /// The name is not resolved, which is known at once.
    case unresolved
    /// The connection is refused at once.
    case refused
    /// Nothing comes back: the sender waits as long as it likes.
    case silence
  }

  package var effect: Effect {
    switch self {
    case .nameNotFound: .unresolved
    case .noEndpoints, .nothingListens: .refused
    case .nameServerSilent, .noSuchAddress, .noSuchServicePort, .noLocalEndpoints, .deniedByPolicy, .nodeDown: .silence
    }
  }
}

/// How a name became addresses.
package struct NameStep: Sendable, Equatable {
  /// As it was written.
  package var name: String
  /// Who answered: a name server's address, or `/etc/hosts`; nil: nobody.
  package var server: String?
  /// The full names that were asked for, in order; the last is the one that was found.
  package var asked: [String]
  package var addresses: [String]
}

/// The Service that took the connection.
package struct ServiceStep: Sendable, Equatable {
  package enum Entrance: String, Sendable {
    case clusterIP
    case nodePort
    /// An external or a load balancer's address.
    case externalIP
  }

  package var service: ObjectKey
  package var entrance: Entrance
  package var port: Int
  /// The port's name; empty where it has none.
  package var portName: String
  /// Endpoints of the port, and those of them that could be chosen.
  package var endpoints: Int
  package var usable: Int
}

/// The endpoint that was chosen.
package struct EndpointStep: Sendable, Equatable {
  package var address: String
  package var port: Int
  package var node: String?
  package var pod: ObjectKey?
  /// Whether session affinity chose it.
  package var isSticky: Bool
}

/// What took the connection.
package struct ListenerStep: Sendable, Equatable {
  package var peer: Peer
  package var port: Int
  package var container: String
}
