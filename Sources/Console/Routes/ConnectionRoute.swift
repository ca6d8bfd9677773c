import API
import Classroom
import Cluster
import Hosting
import HTTP
import Kinds

/// Conversations with pods: `pods/exec`, `pods/attach`, `pods/portforward`.
extension Site {
  func connect(_ call: APIRequest, _ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    let ticket = try gauge(of: request).map { (gauge) throws(Status) in try StreamTicket(gauge) }
    let verdict = try open(call, request, in: cluster)
    guard case .upgrade(var upgrade) = verdict else { return verdict }
    let run = upgrade.run
    upgrade.run = { connection in
      // Somebody who listens in silence keeps the cluster awake, too.
      withExtendedLifetime(cluster) { run(connection) }
      ticket?.keep()
    }
    return .upgrade(upgrade)
  }

  private func open(_ call: APIRequest, _ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    let connection = try cluster.api.connection(call)
    let door = cluster.door
    if SPDYHandshake.isAsked(request) {
      return .upgrade(try Self.streams(connection, SPDYHandshake(request), door: door))
    }
    guard WebSocketHandshake.isAsked(request) else { throw APIServer.upgradeRequired }
    try checkPage(request)
    let handshake: WebSocketHandshake
    do throws(HTTPRefusal) {
      handshake = try WebSocketHandshake(request)
    } catch {
      throw Status(code: error.status, reason: "BadRequest", message: error.reason)
    }
    return .upgrade(try Self.channels(connection, handshake, door: door))
  }

  // MARK: SPDY

  private static func streams(
    _ connection: Connection, _ handshake: SPDYHandshake, door: Door
  ) throws(Status) -> Upgrade {
    switch connection {
    case .command(let plan):
      let chosen = StreamProtocol.choose(from: handshake.offered)
      if chosen == nil, !handshake.offered.isEmpty {
        throw disagreement(handshake.offered, StreamProtocol.allCases.map(\.rawValue))
      }
      return handshake.upgrade(streamProtocol: chosen?.rawValue) { spdy in
        Conversation(plan, link: StreamLink(spdy, streams: chosen ?? .v1, plan: plan), door: door).run()
      }
    case .ports(let plan):
      guard handshake.offered.isEmpty || handshake.offered.contains(StreamProtocol.portForward) else {
        throw disagreement(handshake.offered, [StreamProtocol.portForward])
      }
      let chosen = handshake.offered.isEmpty ? nil : StreamProtocol.portForward
      return handshake.upgrade(streamProtocol: chosen) { spdy in
        PortForwarding(plan, link: StreamPortLink(spdy), door: door).run()
      }
    }
  }

  private static func disagreement(_ offered: [String], _ served: [String]) -> Status {
    Status(
      code: 403, reason: "Forbidden",
      message: "unable to upgrade: unable to negotiate protocol: client supports "
        + "[\(offered.joined(separator: " "))], server accepts [\(served.joined(separator: " "))]")
  }

  // MARK: WebSocket

  private static func channels(
    _ connection: Connection, _ handshake: WebSocketHandshake, door: Door
  ) throws(Status) -> Upgrade {
    let tunnel = StreamProtocol.tunnelPrefix + StreamProtocol.portForward
    if case .ports(let plan) = connection, handshake.offered.contains(tunnel) {
      return handshake.upgrade(subprotocol: tunnel) { socket in
        PortForwarding(plan, link: StreamPortLink(SPDYConnection(WebSocketTunnel(socket))), door: door).run()
      }
    }
    let chosen = ChannelProtocol.choose(from: handshake.offered)
    guard chosen != nil || handshake.offered.isEmpty else {
      let known = ChannelProtocol.allCases.map(\.rawValue).joined(separator: ", ")
      throw .badRequest(
        "none of the subprotocols \(handshake.offered.joined(separator: ", ")) is served: use one of \(known)")
    }
    let channels = chosen ?? .v1
    switch connection {
    case .command(let plan):
      return handshake.upgrade(subprotocol: chosen?.rawValue) { socket in
        Conversation(plan, link: ChannelLink(socket, channels: channels, plan: plan), door: door).run()
      }
    case .ports(let plan):
      guard !plan.ports.isEmpty else { throw .badRequest("query parameter \"ports\" is required") }
      guard plan.ports.count <= portLimit else {
        throw .badRequest("\(plan.ports.count) ports are more than the limit of \(portLimit)")
      }
      return handshake.upgrade(subprotocol: chosen?.rawValue) { socket in
        PortForwarding(plan, link: ChannelPortLink(socket, channels: channels, ports: plan.ports), door: door).run()
      }
    }
  }

  /// Ports of one WebSocket: each has two of its 256 channels, and one number means something else.
  private static let portLimit = 127

  /// A page from elsewhere may open a WebSocket, and the browser sends our cookie along; it also says where the page is
  /// from (RFC 6455 section 10.2).
  private func checkPage(_ request: HTTPRequest) throws(Status) {
    guard request.headers["Authorization"] == nil, request.peer.certificate == nil,
      let origin = request.headers["Origin"]
    else { return }
    let host = request.headers["Host"] ?? ""
    guard origin == "http://\(host)" || origin == "https://\(host)" else {
      throw Status(
        code: 403, reason: "Forbidden", message: "a page from \(origin.prefix(256)) may not talk with containers here")
    }
  }
}
