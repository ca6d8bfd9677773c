import API
import Kinds
import Loop
import Network
import Nodes
import Store
import Synchronization
import Tree

/// The cluster's API as its containers reach it, at `https://kubernetes.default.svc`: the same rules and rights as for
/// anybody outside, with no socket between.
///
/// It answers in the middle of a turn, and so from what is written by then. Followed logs, watches and proxies, which
/// have no end or need another turn, are refused.
final class PodAPI: Station {
  /// The port at which kubeadm's API servers listen.
  static let port = 6_443
  /// The address of Service `kubernetes`.
  private static let serviceAddress = "10.96.0.1"

  let peer = Peer(address: NodePool.apiServerAddress)
  private let api: APIServer
  private let feed = Feed(limits: Feed.Limits(changes: 1, bytes: 0))
  private let moment: Moment
  private let client: Client
  private unowned let nodes: NodePool
  private let certificate: ServerCertificate

  private final class Moment: Sendable {
    let time: Mutex<Time>
    init(_ time: Time) { self.time = Mutex(time) }
  }

  init(_ options: ClusterOptions, client: Client, nodes: NodePool) {
    self.client = client
    self.nodes = nodes
    let moment = Moment(client.loop.now)
    self.moment = moment
    api = APIServer(
      kinds: options.kinds, feed: feed, tokens: TokenTable([:]), clusterName: options.name, version: "internal",
      identity: options.identity, now: { moment.time.withLock { $0 } })
    let service = [
      "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
    ]
    certificate = ServerCertificate(
      authority: options.rootCertificate, names: service + [Self.serviceAddress, NodePool.apiServerAddress])
  }

  func reception(port: Int, transport: Transport, at now: Time) -> Reception {
    port == Self.port && transport == .tcp ? .listener(container: "kube-apiserver") : .nothing
  }

  func answer(_ exchange: Exchange, port: Int, from client: Peer, at now: Time) -> Answer? {
    switch exchange {
    case .connect, .line: return Answer()
    case .http:
      return Answer(
        status: 400, body: "Client sent an HTTP request to an HTTPS server.\n", contentType: "text/plain; charset=utf-8"
      )
    case .secure(let request):
      let response = answer(request, at: now)
      var answer = Answer(
        status: response.status, body: String(decoding: response.joinedBody, as: UTF8.self),
        contentType: response.contentType)
      answer.certificate = certificate
      return answer
    }
  }

  private func answer(_ request: HTTPRequest, at now: Time) -> APIResponse {
    feed.publish(client.store.snapshot, [])
    moment.time.withLock { $0 = client.loop.now }
    do throws(Status) {
      let caller = try api.authenticate(Credentials(bearerToken: Self.token(of: request)), headers: request.headers)
      let request = APIRequest(
        request.method, request.path, headers: request.headers, body: Array(request.body.utf8), caller: caller)
      return api.isWrite(request) ? write(request) : try read(request)
    } catch {
      return APIResponse(error)
    }
  }

  /// What a container writes follows from the run itself, and is no input to it.
  private func write(_ request: APIRequest) -> APIResponse {
    let listener = client.writer.listener
    client.writer.listener = nil
    defer { client.writer.listener = listener }
    return api.write(request, with: client.writer)
  }

  private func read(_ request: APIRequest) throws(Status) -> APIResponse {
    switch api.read(request) {
    case .response(let response): return response
    case .log(let plan): return try plan.answer(from: nodes, now: client.loop.now)
    case .watch, .proxy:
      throw Status(
        code: 501, reason: "NotImplemented", message: "containers of this cluster can neither watch nor use proxies")
    }
  }

  private static func token(of request: HTTPRequest) -> String? {
    guard let header = request.header("Authorization"), header.lowercased().hasPrefix("bearer ") else { return nil }
    return String(header.dropFirst("Bearer ".count).drop { $0 == " " })
  }

  // MARK: Objects

  /// The endpoints of Service `kubernetes`, as an API server keeps them (kubernetes/pkg/controlplane/reconcilers).
  static let endpoints: Value = [
    "metadata": [
      "name": "kubernetes", "namespace": "default", "labels": ["endpointslice.kubernetes.io/skip-mirror": "true"],
    ],
    "subsets": [
      [
        "addresses": [["ip": .string(NodePool.apiServerAddress)]],
        "ports": [["name": "https", "port": .integer(Int64(port)), "protocol": "TCP"]],
      ]
    ],
  ]

  /// The same as a slice.
  static let endpointSlice: Value = [
    "metadata": [
      "name": "kubernetes", "namespace": "default", "labels": ["kubernetes.io/service-name": "kubernetes"],
    ],
    "addressType": "IPv4",
    "endpoints": [["addresses": [.string(NodePool.apiServerAddress)], "conditions": ["ready": true]]],
    "ports": [["name": "https", "port": .integer(Int64(port)), "protocol": "TCP"]],
  ]
}
