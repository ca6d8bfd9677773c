import Kinds
import Synchronization
import Testing
import Tree

@testable import API

/// A web service of the test's own: it answers reviews at once, and keeps what it was asked.
private final class Service: WebhookCaller {
  private let asked = Mutex<[(path: String, request: Value)]>([])
  private let answer: @Sendable (String, Value) -> Value?

  /// `answer` gives the response of a review without its uid, by the address's path; nil: no answer at all.
  init(_ answer: @escaping @Sendable (String, Value) -> Value?) { self.answer = answer }

  var requests: [(path: String, request: Value)] { asked.withLock { $0 } }

  func call(_ call: WebhookCall, reply: @escaping @Sendable (WebhookReply) -> Void) {
    let request = (try? JSON.parse(call.body))?["request"] ?? .null
    asked.withLock { $0.append((call.address.path, request)) }
    guard var response = answer(call.address.path, request) else {
      return reply(.failure("dial tcp 10.0.0.1:443: connect: connection refused"))
    }
    response["uid"] = request["uid"]
    let review: Value = ["kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "response": response]
    reply(.answer(status: 200, body: review.json))
  }

  static func patch(_ operations: String) -> Value {
    [
      "allowed": true, "patchType": "JSONPatch",
      "patch": .string(Base64.encode(Array(operations.utf8), alphabet: .standard)),
    ]
  }
}

@Suite("Admission webhooks")
struct WebhookTests {
  private static let group = "/apis/admissionregistration.k8s.io/v1/"
  private static let configMaps = "/api/v1/namespaces/default/configmaps"

  private func configure(_ world: World, _ kind: String, _ hooks: [(path: String, more: String)]) {
    let texts = hooks.enumerated().map { index, hook in
      """
      {"name":"h\(index).example.com","clientConfig":{"url":"https://hooks.example.com\(hook.path)"},
      "rules":[{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["configmaps","pods"]}],
      "sideEffects":"None","admissionReviewVersions":["v1"]\(hook.more)}
      """
    }
    let plural = kind == "Mutating" ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations"
    let answer = world.send(
      "POST", Self.group + plural,
      #"{"metadata":{"name":"\#(kind.lowercased())"},"webhooks":[\#(texts.joined(separator: ","))]}"#)
    #expect(answer.status == 201, "\(answer.text)")
  }

  private func create(_ world: World, _ name: String = "a", query: String = "") -> Answer {
    world.send("POST", Self.configMaps + query, World.configMap(name))
  }

  @Test("A webhook is asked with an AdmissionReview, and its patch changes the object")
  func mutates() {
    let service = Service { _, _ in
      Service.patch(#"[{"op":"add","path":"/metadata/labels","value":{"by":"hook"}}]"#)
    }
    let world = World(webhooks: service)
    configure(world, "Mutating", [("/mutate", "")])
    let answer = create(world)
    #expect(answer.status == 201)
    #expect(answer.value["metadata", "labels"] == ["by": "hook"])
    #expect(service.requests.count == 1)
    let request = service.requests.first?.request
    #expect(request?["operation"] == "CREATE")
    #expect(request?["kind"] == ["group": "", "version": "v1", "kind": "ConfigMap"])
    #expect(request?["resource"] == ["group": "", "version": "v1", "resource": "configmaps"])
    #expect(request?["namespace"] == "default")
    #expect(request?["userInfo", "username"] == "admin")
    #expect(request?["object", "data"] == ["a": "1"])
    #expect(request?["oldObject"] == .null)
    #expect(request?["dryRun"] == false)
    #expect(request?["options", "kind"] == "CreateOptions")
  }

  @Test("A refusal is told in the webhook's words, with its code and warnings")
  func denies() {
    let service = Service { _, _ in
      ["allowed": false, "status": ["message": "not on a Monday", "code": 403, "reason": "Forbidden"]]
    }
    let world = World(webhooks: service)
    configure(world, "Validating", [("/validate", "")])
    let answer = create(world)
    #expect(answer.status == 403)
    #expect(answer.reason == "Forbidden")
    #expect(answer.message == #"admission webhook "h0.example.com" denied the request: not on a Monday"#)
    #expect(world.send("GET", Self.configMaps + "/a").status == 404, "nothing is written")
  }

  @Test("All validating webhooks are asked, at once; their warnings are passed on")
  func warnings() {
    let service = Service { path, _ in ["allowed": true, "warnings": [.string("careful with " + path)]] }
    let world = World(webhooks: service)
    configure(world, "Validating", [("/one", ""), ("/two", "")])
    let answer = create(world)
    #expect(answer.status == 201)
    #expect(service.requests.map(\.path) == ["/one", "/two"])
    #expect(
      answer.response.headers.filter { $0.name == "Warning" }.map(\.value) == [
        #"299 - "careful with /one""#, #"299 - "careful with /two""#,
      ])
  }

  @Test("A webhook that cannot be reached refuses or is passed over", arguments: [("Fail", 500), ("Ignore", 201)])
  func failures(policy: String, status: Int) {
    let world = World(webhooks: Service { _, _ in nil })
    configure(world, "Validating", [("/x", #","failurePolicy":"\#(policy)","timeoutSeconds":3"#)])
    let answer = create(world)
    #expect(answer.status == status)
    guard status == 500 else { return }
    #expect(answer.reason == "InternalError")
    #expect(
      answer.message == #"Internal error occurred: failed calling webhook "h0.example.com": failed to call webhook: "#
        + #"Post "https://hooks.example.com/x?timeout=3s": dial tcp 10.0.0.1:443: connect: connection refused"#)
  }

  @Test("A service of the cluster is simulated and cannot be called: Kubernetes' own failure says why")
  func services() {
    let world = World(webhooks: Service { _, _ in ["allowed": true] })
    world.send(
      "POST", Self.group + "validatingwebhookconfigurations",
      """
      {"metadata":{"name":"v"},"webhooks":[{"name":"v.example.com","clientConfig":{"service":{"name":"hook",
      "namespace":"default","path":"/v"}},"rules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],
      "resources":["configmaps"]}],"sideEffects":"None","admissionReviewVersions":["v1"]}]}
      """)
    #expect(
      create(world).message == #"Internal error occurred: failed calling webhook "v.example.com": failed to call "#
        + #"webhook: Post "https://hook.default.svc:443/v?timeout=10s": service "hook" not found"#)
  }

  @Test("Selectors, rules and conditions decide whether a webhook is asked")
  func selection() {
    let service = Service { _, _ in ["allowed": false] }
    let world = World(webhooks: service)
    configure(
      world, "Validating",
      [
        ("/object", #","objectSelector":{"matchLabels":{"check":"yes"}}"#),
        ("/condition", #","matchConditions":[{"name":"c","expression":"object.metadata.name == 'checked'"}]"#),
        ("/namespace", #","namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}}"#),
      ])
    #expect(create(world).status == 201)
    #expect(create(world, "checked").message.contains("h1.example.com\" denied the request without explanation"))
    #expect(
      world.send("POST", Self.configMaps, World.configMap("b", labels: #"{"check":"yes"}"#)).status == 400)
    #expect(world.send("POST", "/api/v1/namespaces/kube-system/configmaps", World.configMap("b")).status == 400)
    #expect(service.requests.map(\.path) == ["/condition", "/object", "/namespace"])
  }

  @Test("A dry run is told only to webhooks that do nothing else; updates and deletions are told with the old object")
  func operations() {
    let service = Service { _, request in
      ["allowed": .boolean(request["operation"] != "DELETE")]
    }
    let world = World(webhooks: service)
    configure(world, "Validating", [("/v", "")])
    #expect(create(world, query: "?dryRun=All").status == 201)
    #expect(create(world).status == 201)
    let patched = world.send(
      "PATCH", Self.configMaps + "/a", #"{"data":{"a":"2"}}"#, type: "application/merge-patch+json")
    #expect(patched.status == 200)
    #expect(world.send("DELETE", Self.configMaps + "/a").status == 400)
    let asked = service.requests.map(\.request)
    #expect(asked.map { $0["operation"] } == ["CREATE", "CREATE", "UPDATE", "DELETE"])
    #expect(asked.map { $0["dryRun"] } == [true, false, false, false])
    #expect(asked[2]["oldObject", "data", "a"] == "1")
    #expect(asked[2]["object", "data", "a"] == "2")
    #expect(asked[3]["object"] == .null)
    #expect(asked[3]["oldObject", "data", "a"] == "2")
  }

  @Test("A webhook that wants to see later changes is asked again")
  func reinvocation() {
    let service = Service { path, request in
      path == "/first"
        ? ["allowed": true]
        : Service.patch(#"[{"op":"add","path":"/data/late","value":"yes"}]"#)
    }
    let world = World(webhooks: service)
    configure(world, "Mutating", [("/first", #","reinvocationPolicy":"IfNeeded""#), ("/second", "")])
    #expect(create(world).value["data", "late"] == "yes")
    #expect(service.requests.map(\.path) == ["/first", "/second", "/first"])
    #expect(service.requests.last?.request["object", "data", "late"] == "yes")
  }

  @Test("What a webhook was told of a new object is what is stored: its identifier and time too")
  func sameObject() {
    let service = Service { _, _ in ["allowed": true] }
    let world = World(webhooks: service)
    configure(world, "Mutating", [("/m", "")])
    configure(world, "Validating", [("/v", "")])
    let answer = world.send(
      "POST", Self.configMaps, #"{"metadata":{"generateName":"made-"},"data":{"a":"1"}}"#)
    let seen = service.requests.last?.request["object"]
    #expect(seen?["metadata", "uid"]?.string?.isEmpty == false)
    #expect(seen?["metadata", "uid"] == answer.value["metadata", "uid"])
    #expect(seen?["metadata", "name"] == answer.value["metadata", "name"])
    #expect(service.requests.count == 2)
  }

  @Test("An answer for another review, or of another sort, is a failure of the webhook")
  func invalidAnswers() {
    struct Mute: WebhookCaller {
      let body: String
      func call(_ call: WebhookCall, reply: @escaping @Sendable (WebhookReply) -> Void) {
        reply(.answer(status: 200, body: Array(body.utf8)))
      }
    }
    for (body, words) in [
      ("{}", "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got , Kind="),
      (#"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}"#, "webhook response was absent"),
      (
        #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"x","allowed":true}}"#,
        "expected response.uid="
      ),
    ] {
      let world = World(webhooks: Mute(body: body))
      configure(world, "Validating", [("/v", "")])
      let message = create(world).message
      #expect(message.contains("failed calling webhook \"h0.example.com\": received invalid webhook response: "))
      #expect(message.contains(words), "\(message)")
    }
  }

  @Test("Each object of a deleted collection is asked about before the first one goes")
  func collections() {
    let service = Service { _, request in ["allowed": .boolean(request["name"] != "c")] }
    let world = World(webhooks: service)
    for name in ["a", "b", "c"] { _ = create(world, name) }
    configure(world, "Validating", [("/v", "")])
    #expect(world.send("DELETE", Self.configMaps).status == 400)
    #expect(service.requests.compactMap { $0.request["name"]?.string } == ["a", "b", "c"])
    #expect(world.send("GET", Self.configMaps + "/c").status == 200)
  }
}
