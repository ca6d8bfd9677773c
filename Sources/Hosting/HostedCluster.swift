package import API
package import Cluster
package import Kinds
package import Loop
package import Store

/// A running cluster as the routes see it: what may be touched from any thread.
package struct HostedCluster: Sendable {
  package let name: String
  package let feed: Feed
  package let door: Door
  package let api: APIServer
  package let signal: TimeSignal
  package let metrics = RequestMetrics()
  private let flows: FlowGate
  /// Keeps the cluster awake as long as somebody holds this value, or a copy of it.
  private(set) var stay: Stay?

  init(name: String, feed: Feed, door: Door, api: APIServer, signal: TimeSignal) {
    self.name = name
    self.feed = feed
    self.door = door
    self.api = api
    self.signal = signal
    flows = FlowGate(feed: feed)
  }

  /// The same cluster in the hands of somebody who keeps it awake.
  func held(by stay: Stay) -> HostedCluster {
    var cluster = self
    cluster.stay = stay
    return cluster
  }

  package func now() -> Time { signal.now }

  /// Runs a request that changes something on the cluster's loop; `reply` is called once the change is durable.
  package func write(_ request: APIRequest, reply: @escaping @Sendable (APIResponse) -> Void) {
    guard let flow = flows.classify(request) else { return admit(request, reply: reply) }
    let isAccepted = flows.pass(flow) { end in
      admit(request) { response in
        end()
        reply(response.telling(flow))
      }
    }
    if !isAccepted { reply(APIResponse.tooManyRequests.telling(flow)) }
  }

  private func admit(_ request: APIRequest, reply: @escaping @Sendable (APIResponse) -> Void) {
    if !door.write(request, to: api, reply: reply) { reply(APIResponse(stopped)) }
  }

  /// What is answered when the cluster no longer runs.
  package var stopped: Status {
    let why = door.stopReason.map { ": \($0)" } ?? ""
    return Status(
      code: 503, reason: "ServiceUnavailable", message: "cluster \"\(name)\" has stopped\(why)",
      details: Status.Details(retryAfterSeconds: 1))
  }
}
