import API
import Loop
package import Store

/// One port of a Service, and what a connection to each of its endpoints would come to.
package struct SurveyedPort: Sendable, Equatable {
  package struct Endpoint: Sendable, Equatable {
    package var step: EndpointStep
    /// Why a connection would not arrive; nil: somebody listens.
    package var failure: Failure?
    /// The NetworkPolicies' word that stands in the way.
    package var denial: PolicyVerdict?
  }

  package var number: Int
  package var name: String
  /// Those that may be chosen.
  package var endpoints: [Endpoint]
}

extension ClusterNetwork {
  /// Looks at all ways through a Service without sending anything; without a sender, as from each endpoint's own node,
  /// which no NetworkPolicy keeps out.
  package func survey(_ service: ObjectKey, from sender: Peer? = nil) -> [SurveyedPort] {
    (route(service)?.ports ?? []).map { port in
      let endpoints = ServiceRoute.usable(port.endpoints, on: nil).map { endpoint in
        let origin = sender ?? stations?.station(at: endpoint.address).map { Peer(address: "", node: $0.peer.node) }
        return surveyed(endpoint, from: origin ?? Peer(address: ""), port.transport)
      }
      return SurveyedPort(number: port.number, name: port.name, endpoints: endpoints)
    }
  }

  private func surveyed(
    _ endpoint: ServiceRoute.Endpoint, from sender: Peer, _ transport: Transport
  ) -> SurveyedPort.Endpoint {
    let passage = Delivery(network: self, exchange: .connect, transport: transport, now: client.loop.now, isTrial: true)
      .trial(from: sender, at: endpoint.address, port: endpoint.port)
    var denial: PolicyVerdict?
    for case .policy(let verdict) in passage.steps where !verdict.isAllowed { denial = verdict }
    let step = EndpointStep(
      address: endpoint.address, port: endpoint.port, node: endpoint.node, pod: endpoint.pod, isSticky: false)
    return SurveyedPort.Endpoint(step: step, failure: passage.failure, denial: denial)
  }
}
