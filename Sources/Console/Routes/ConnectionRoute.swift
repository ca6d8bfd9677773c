import API
import Cluster
import HTTP
import Kinds

/// Conversations with containers: `pods/exec`, `pods/attach`.
extension Site {
  func connect(_ call: APIRequest, _ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    let plan = try cluster.api.connectionPlan(call)
    guard WebSocketHandshake.isAsked(request) else { throw Self.needsWebSocket(request) }
    try checkPage(request)
    let handshake: WebSocketHandshake
    do throws(HTTPRefusal) {
      handshake = try WebSocketHandshake(request)
    } catch {
      throw Status(code: error.status, reason: "BadRequest", message: error.reason)
    }
    let chosen = ChannelProtocol.choose(from: handshake.offered)
    guard chosen != nil || handshake.offered.isEmpty else {
      let known = ChannelProtocol.allCases.map(\.rawValue).joined(separator: ", ")
      throw Status(
        code: 400, reason: "BadRequest",
        message: "none of the subprotocols \(handshake.offered.joined(separator: ", ")) is served: use one of \(known)")
    }
    let door = cluster.door
    return .upgrade(
      handshake.upgrade(subprotocol: chosen?.rawValue) { socket in
        Conversation(plan, channels: chosen ?? .v4, door: door, socket: socket).run()
      })
  }

  private static func needsWebSocket(_ request: HTTPRequest) -> Status {
    let wish =
      request.headers["Upgrade"].map { "\($0.prefix(32)) is not served here" } ?? "the connection must be upgraded"
    return Status(
      code: 400, reason: "BadRequest",
      message: "\(wish): this server talks with containers over WebSocket, which takes kubectl 1.30 or newer "
        + "(or 1.29 with KUBECTL_REMOTE_COMMAND_WEBSOCKETS=true)")
  }

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
