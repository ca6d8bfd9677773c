import Kinds
import Loop
import Store
import Tree

@testable import API

/// A cluster that has only an API: every request is a turn of its own.
final class World {
  let loop = Loop(now: Time(seconds: 1_790_000_000), seed: 7)
  let store: Store
  let feed: Feed
  let writer: ObjectWriter
  let server: APIServer

  init(limits: Feed.Limits = Feed.Limits(), webhooks: any WebhookCaller = NoWebhooks()) {
    store = Store(loop: loop)
    feed = Feed(limits: limits)
    writer = ObjectWriter(store: store, loop: loop)
    let now = loop.now
    server = APIServer(
      kinds: .builtIn, feed: feed, tokens: TokenTable(["secret": .admin]), clusterName: "default", version: "test",
      webhooks: webhooks, now: { now })
    writer.environment = AdmissionEnvironment(kinds: server.kinds, authorizer: server.authorizer)
    for name in ["default", "kube-system"] { create(.namespace, ["metadata": ["name": .string(name)]]) }
  }

  func commit() { feed.publish(store.snapshot, store.takeUncommitted()) }

  @discardableResult
  func create(_ kind: Kind, _ value: Value, namespace: String = "default") -> StoredObject? {
    defer { commit() }
    return try? writer.create(kind, value, namespace: namespace, cause: Cause(actor: "test"))
  }

  /// Sends a request as one turn. A body is JSON text, `type` its Content-Type.
  @discardableResult
  func send(
    _ method: String, _ target: String, _ body: String = "", type: String = "application/json",
    accept: String = "application/json", as caller: Caller = .admin
  ) -> Answer {
    let request = APIRequest(
      method, target, headers: [("Content-Type", type), ("Accept", accept)], body: Array(body.utf8), caller: caller)
    if server.isWrite(request) {
      defer { commit() }
      return Answer(server.write(request, with: writer))
    }
    guard case .response(let response) = server.read(request) else {
      return Answer(APIResponse.text("not a response"))
    }
    return Answer(response)
  }

  /// The plan of a watch; nil where the request is refused.
  func watch(_ target: String, accept: String = "application/json", as caller: Caller = .admin) -> WatchPlan? {
    let request = APIRequest("GET", target, headers: [("Accept", accept)], caller: caller)
    guard case .watch(let plan) = server.read(request) else { return nil }
    return plan
  }

  static func pod(_ name: String, node: String? = nil, labels: String = "{}") -> String {
    let place = node.map { ",\"nodeName\":\"\($0)\"" } ?? ""
    return """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","labels":\(labels)},
      "spec":{"containers":[{"name":"c","image":"nginx:1.27"}]\(place)}}
      """
  }

  static func configMap(_ name: String, labels: String = "{}") -> String {
    """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\(name)","labels":\(labels)},"data":{"a":"1"}}
    """
  }
}

/// A response, read.
struct Answer {
  let response: APIResponse
  let value: Value

  init(_ response: APIResponse) {
    self.response = response
    value = (try? JSON.parse(response.joinedBody)) ?? .null
  }

  var status: Int { response.status }
  var message: String { value["message"]?.string ?? "" }
  var reason: String { value["reason"]?.string ?? "" }
  var text: String { String(decoding: response.joinedBody, as: UTF8.self) }
  var names: [String] { (value["items"]?.array ?? []).compactMap { $0["metadata", "name"]?.string } }
}
