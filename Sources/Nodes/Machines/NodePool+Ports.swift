package import API
package import Kinds
import Loop
import Network
package import Store

extension NodePool: PodPorts {
  package func ask(_ request: PortRequest, address: String, port: Int) -> PortOutcome {
    let apiServer = Sender(Peer(address: Self.apiServerAddress), resolver: .node)
    let passage = network.send(
      .http(HTTPRequest(request)), to: Destination(host: address, port: port), from: apiServer, at: client.loop.now)
    switch passage.outcome {
    case .answered(let answer): return .answered(PortAnswer(answer))
    case .failed(.noSuchAddress): return .noRoute
    case .failed(let failure): return failure.effect == .silence ? .silent : .refused
    }
  }

  /// Where the control plane is, which is no pod and no node of the cluster's.
  package static let apiServerAddress = "172.18.0.254"

  package func obstacle(before node: String) -> PortOutcome? {
    guard let machine = machines[node] else { return .noRoute }
    return machine.kubelet.isDown ? .silent : nil
  }

  package func choose(below bound: Int) -> Int { choices.below(bound) }

  package func connect(pod: ObjectKey, port: Int, onEnd: @escaping () -> Void) throws(Status) -> Int? {
    if let obstacle = obstacle(of: pod) { throw obstacle }
    guard let run = kubelet(of: pod)?.run(of: pod) else {
      throw Status(code: 404, reason: "NotFound", message: "pod does not exist")
    }
    guard !sessions.isFull else {
      throw Status(
        code: 503, reason: "ServiceUnavailable",
        message: "as many connections with containers stand as the limit of \(SessionBoard.limit) allows")
    }
    let reception = run.network.reception(port: port, transport: .tcp, at: client.loop.now)
    guard case .listener(let container) = reception else { return nil }
    let id = sessions.nextNumber()
    let following = logs.follow(pod: run.uid, container: container) { [weak self] line in
      guard line == nil else { return }
      self?.disconnect(id)
      onEnd()
    }
    sessions[id] = .connection(run, port: port, following: following)
    return id
  }

  package func ask(_ request: PortRequest, over connection: Int) -> PortAnswer? {
    guard case .connection(let run, let port, _) = sessions[connection] else { return nil }
    let answer = run.network.answer(
      .http(HTTPRequest(request)), port: port, from: Peer(address: "127.0.0.1"), at: client.loop.now)
    return answer.map(PortAnswer.init)
  }

  package func disconnect(_ connection: Int) {
    guard case .connection(_, _, let following) = sessions[connection] else { return }
    logs.unfollow(following)
    sessions[connection] = nil
  }
}

extension HTTPRequest {
  fileprivate init(_ request: PortRequest) {
    self.init(
      method: request.method, path: request.path, host: request.host,
      headers: request.userAgent.map { [("User-Agent", $0)] } ?? [])
  }
}

extension PortAnswer {
  fileprivate init(_ answer: Answer) {
    self.init(
      status: answer.status, contentType: answer.contentType, server: answer.server, body: ByteText.bytes(answer.body))
  }
}
