package import API
import Cluster
import HTTP

/// Makes webhooks' calls over HTTPS, to the services that the operator allows and to no other.
package struct HTTPSWebhooks: WebhookCaller {
  /// Calls at the same time, over all clusters.
  package static let limit = 64

  private let allowed: [WebhookAddress]
  private let places = Allowance(limit: Self.limit)

  /// - Parameter allowed: addresses at or below which a service may be called.
  package init(allowed: [WebhookAddress]) { self.allowed = allowed }

  package func call(_ call: WebhookCall, reply: @escaping @Sendable (WebhookReply) -> Void) {
    guard allowed.contains(where: { $0.covers(call.address) }) else {
      return reply(
        .failure(
          "dial tcp: \(call.address.host):\(call.address.port) is not among the webhooks that this server may call: "
            + "its operator adds it with --allow-webhook"))
    }
    guard places.take() else {
      return reply(.failure("dial tcp: \(Self.limit) webhooks are being called already"))
    }
    let isStarted = BackgroundThread.start { [places] in
      let answer = Self.answer(to: call)
      places.giveBack()
      reply(answer)
    }
    if !isStarted {
      places.giveBack()
      reply(.failure("dial tcp: the server cannot start another call now"))
    }
  }

  private static func answer(to call: WebhookCall) -> WebhookReply {
    let address = call.address
    let path = address.path.isEmpty ? "/" : address.path
    do throws(HTTPSClient.Failure) {
      let answer = try HTTPSClient.post(
        HTTPSClient.Call(
          host: address.host, port: address.port, target: "\(path)?timeout=\(call.timeoutSeconds)s",
          authority: address.authority, certificates: call.certificates, contentType: "application/json",
          body: call.body, timeoutSeconds: call.timeoutSeconds))
      return .answer(status: answer.status, body: answer.body)
    } catch {
      return .failure(error.message)
    }
  }
}
