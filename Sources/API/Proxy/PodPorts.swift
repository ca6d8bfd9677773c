package import Kinds
package import Store

/// What listens on the ports of simulated pods and nodes. To be used on the cluster's loop.
package protocol PodPorts: AnyObject {
  /// Connects to a port inside of a pod, as if from the pod itself; `onEnd` is called when the program that listens
  /// ends. Answers what `ask` and `disconnect` take; nil where nothing listens.
  func connect(pod: ObjectKey, port: Int, onEnd: @escaping () -> Void) throws(Status) -> Int?
  /// What the other end of a connection answers; nil where it has ended.
  func ask(_ request: PortRequest, over connection: Int) -> PortAnswer?
  /// Ends a connection.
  func disconnect(_ connection: Int)
  /// What comes of a request to an address of the cluster's network.
  func ask(_ request: PortRequest, address: String, port: Int) -> PortOutcome
  /// Why a node's kubelet cannot be reached; nil where it can.
  func obstacle(before node: String) -> PortOutcome?
  /// A number from zero up to the bound, which is at least one.
  func choose(below bound: Int) -> Int
}

/// An HTTP request to a simulated container.
package struct PortRequest: Sendable, Equatable {
  package var method: String
  /// With its query: `/hello?name=x`.
  package var path: String
  /// The authority that was asked for: `localhost:8080`.
  package var host: String
  package var userAgent: String?

  package init(method: String = "GET", path: String = "/", host: String = "", userAgent: String? = nil) {
    self.method = method
    self.path = path
    self.host = host
    self.userAgent = userAgent
  }
}

/// An HTTP answer of a simulated container.
package struct PortAnswer: Sendable, Equatable {
  /// Zero where what listens speaks no HTTP.
  package var status: Int
  package var contentType: String
  /// What the server calls itself; empty: nothing.
  package var server: String
  package var body: [UInt8]

  package init(status: Int, contentType: String, server: String = "", body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.server = server
    self.body = body
  }
}

/// How far a request to a port came.
package enum PortOutcome: Sendable, Equatable {
  case answered(PortAnswer)
  /// Nothing listens on the port.
  case refused
  /// Nothing has the address.
  case noRoute
  /// What has the address is cut off.
  case silent

  /// Why there is no answer, as Go's network package words it; nil where there is one.
  package func problem(_ address: String, _ port: Int) -> String? {
    switch self {
    case .answered: nil
    case .refused: "dial tcp \(address):\(port): connect: connection refused"
    case .noRoute: "dial tcp \(address):\(port): connect: no route to host"
    case .silent: "dial tcp \(address):\(port): i/o timeout"
    }
  }
}
