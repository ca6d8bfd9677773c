import API
import ClusterTesting
import Kinds
import Loop
import Testing
import Tree

@Suite("Tokens of service accounts") struct ServiceAccountTokenTests {
  private let lab: Lab
  private let issuer = "https://kubernetes.default.svc"

  init() throws {
    lab = try Lab(seed: 7, nodes: 1)
    lab.advance(bySeconds: 5)
  }

  private func request(_ spec: Value = [:], account: String = "default") -> (status: Int, value: Value) {
    lab.request("POST", "/api/v1/namespaces/default/serviceaccounts/\(account)/token", body: ["spec": spec])
  }

  private func token(_ spec: Value = [:]) throws -> String {
    try #require(request(spec).value["status", "token"]?.string)
  }

  private func caller(_ token: String) throws(Status) -> Caller {
    try lab.api.authenticate(Credentials(bearerToken: token), headers: [])
  }

  private func review(_ token: String, audiences: [String] = []) -> Value {
    let spec: Value = ["token": .string(token), "audiences": .array(audiences.map(Value.string))]
    return lab.request("POST", "/apis/authentication.k8s.io/v1/tokenreviews", body: ["spec": spec]).value["status"]
      ?? .null
  }

  private func delete(_ object: String) { _ = lab.request("DELETE", "/api/v1/namespaces/default/" + object) }

  private func pod(_ name: String, account: String = "default") throws -> Value {
    lab.apply(
      """
      {apiVersion: v1, kind: ServiceAccount, metadata: {name: \(account)}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: \(name)}, spec: {serviceAccountName: \(account),
       containers: [{name: c, image: 'nginx:1.27'}]}}
      """)
    lab.advance(bySeconds: 5)
    return try #require(lab.object(.pod, name))
  }

  private static func reference(_ object: Value, uid: Value? = nil) -> Value {
    [
      "boundObjectRef": [
        "kind": object["kind"] ?? "", "apiVersion": "v1", "name": object["metadata", "name"] ?? "",
        "uid": uid ?? object["metadata", "uid"] ?? "",
      ]
    ]
  }

  /// What a token's middle part says.
  private static func claims(_ token: String) throws -> Value {
    let parts = token.split(separator: ".")
    return try JSON.parse(try #require(Base64.decode(String(parts[1]))))
  }

  @Test("A token is good for its account, and says so")
  func owner() throws {
    let answer = request(["expirationSeconds": 7_200])
    #expect(answer.status == 201)
    #expect(answer.value["kind"] == "TokenRequest")
    #expect(answer.value["metadata", "name"] == "default")
    #expect(answer.value["spec", "audiences"] == [.string(issuer)])
    let expected = Time(seconds: lab.now.seconds + 7_200).timestamp
    #expect(answer.value["status", "expirationTimestamp"] == .string(expected))
    let token = try #require(answer.value["status", "token"]?.string)
    let caller = try caller(token)
    #expect(caller.name == "system:serviceaccount:default:default")
    #expect(caller.uid == lab.object(.serviceAccount, "default")?["metadata", "uid"]?.string)
    #expect(
      caller.groups == ["system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"])
    let claims = try Self.claims(token)
    let id = try #require(claims["jti"]?.string)
    #expect(caller.extra == [.init(key: "authentication.kubernetes.io/credential-id", values: ["JTI=" + id])])
    #expect(claims["iss"]?.string == issuer)
    #expect(claims["exp"] == .integer(lab.now.seconds + 7_200))
    #expect(claims["nbf"] == claims["iat"])
    #expect(
      claims.object?.map(\.key) == ["aud", "exp", "iat", "iss", "jti", "kubernetes.io", "nbf", "sub"])
  }

  @Test("A token ends by the cluster's clock, a minute late")
  func expiry() throws {
    let token = try token(["expirationSeconds": 600])
    lab.advance(bySeconds: 655)
    #expect(throws: Never.self) { try caller(token) }
    lab.advance(bySeconds: 10)
    #expect(throws: Status.self) { try caller(token) }
    #expect(review(token)["error"] == "[invalid bearer token, service account token has expired]")
  }

  @Test("A token ends with its account, and is not the next one's of that name")
  func accountGone() throws {
    let token = try token()
    let uid = try #require(lab.object(.serviceAccount, "default")?["metadata", "uid"]?.string)
    delete("serviceaccounts/default")
    lab.settle()
    let next = try #require(lab.object(.serviceAccount, "default")?["metadata", "uid"]?.string)
    #expect(
      review(token)["error"]
        == .string("[invalid bearer token, service account UID (\(next)) does not match claim (\(uid))]"))
  }

  @Test("A pod's token names pod and node, lives long when it is the kubelet's, and ends with the pod")
  func boundToPod() throws {
    let pod = try pod("web")
    var spec = Self.reference(pod)
    spec["expirationSeconds"] = 3_607
    let token = try token(spec)
    let facts = try #require(try Self.claims(token)["kubernetes.io"])
    #expect(facts["pod", "name"] == "web")
    #expect(facts["node", "name"] == "node-1")
    #expect(facts["node", "uid"] == lab.object(.node, "node-1")?["metadata", "uid"])
    #expect(facts["warnafter"] == .integer(lab.now.seconds + 3_607))
    #expect(try Self.claims(token)["exp"] == .integer(lab.now.seconds + 365 * 86_400))
    let keys = try caller(token).extra.map(\.key)
    #expect(
      keys
        == ["credential-id", "node-name", "node-uid", "pod-name", "pod-uid"]
        .map { "authentication.kubernetes.io/" + $0 })
    delete("pods/web?gracePeriodSeconds=0")
    lab.advance(bySeconds: 10)
    #expect(review(token)["error"] == "[invalid bearer token, service account token has been invalidated]")
  }

  @Test("What cannot be bound is refused")
  func refusedBindings() throws {
    let pod = try pod("web", account: "robot")
    let foreign = request(Self.reference(pod))
    #expect(foreign.status == 400)
    #expect(
      foreign.value["message"]
        == "cannot bind token for serviceaccount \"default\" to pod running with different serviceaccount name.")
    let node = try #require(lab.object(.node, "node-1"))
    #expect(request(Self.reference(node, uid: "1-2-3")).status == 409)
    #expect(request(Self.reference(node)).status == 201)
    let missing = request(Self.reference(["kind": "Secret", "metadata": ["name": "no"]], uid: ""))
    #expect(missing.value["message"] == "secrets \"no\" not found")
    let map = request(Self.reference(["kind": "ConfigMap", "metadata": ["name": "no"]], uid: ""))
    #expect(map.value["message"] == "cannot bind token to object of type /v1, Kind=ConfigMap")
  }

  @Test(
    "A token lives ten minutes at least", arguments: [(599, "less than 10 minutes"), (1 << 33, "larger than 2^32")])
  func limits(_ seconds: Int64, _ why: String) {
    let answer = request(["expirationSeconds": .integer(seconds)])
    #expect(answer.status == 422)
    #expect(answer.value["message"]?.string?.contains(why) == true)
  }

  @Test("Only a right on the subresource gives tokens")
  func rights() {
    let path = "/api/v1/namespaces/default/serviceaccounts/default/token"
    #expect(lab.request("POST", path, body: [:], as: "jane").status == 403)
    #expect(lab.request("POST", path, body: [:], as: "learner").status == 201)
    #expect(lab.request("POST", path.replacing("default/token", with: "no/token"), body: [:]).status == 404)
  }

  @Test("A review tells whose a token is, and for whom it is meant")
  func reviews() throws {
    let here = try token()
    let status = review(here)
    #expect(status["authenticated"] == true)
    #expect(status["user", "username"] == "system:serviceaccount:default:default")
    #expect(status["audiences"] == [.string(issuer)])
    let other = try token(["audiences": ["vault"]])
    #expect(throws: Status.self) { try caller(other) }
    #expect(review(other, audiences: ["vault", "shop"])["audiences"] == ["vault"])
    let why = review(other)["error"]?.string ?? ""
    #expect(why.contains(#"token audiences ["vault"] is invalid for the target audiences ["\#(issuer)"]"#))
    #expect(review("nonsense") == ["user": [:], "error": "invalid bearer token"])
    let empty = lab.request("POST", "/apis/authentication.k8s.io/v1/tokenreviews", body: ["spec": ["token": ""]])
    #expect(empty.value["message"] == "token is required for TokenReview in authentication")
  }

  @Test("A token that another key signed, or that was changed, is nobody's")
  func forgery() throws {
    let parts = try token().split(separator: ".").map(String.init)
    let forged = PaperKey("other").signature(of: Array((parts[0] + "." + parts[1]).utf8))
    for signature in [Base64.encode(forged), "", "AAAA"] {
      let text = "\(parts[0]).\(parts[1]).\(signature)"
      #expect(throws: Status.self) { try caller(text) }
    }
    var claims = try Self.claims(parts.joined(separator: "."))
    claims["sub"] = "system:serviceaccount:kube-system:admin"
    let changed = "\(parts[0]).\(Base64.encode(claims.json)).\(parts[2])"
    #expect(throws: Status.self) { try caller(changed) }
    let bare = Base64.encode(Array(#"{"alg":"none"}"#.utf8)) + ".\(parts[1])."
    #expect(throws: Status.self) { try caller(bare) }
  }

  @Test("The same seed gives the same tokens")
  func determinism() throws {
    let twin = try Lab(seed: 7, nodes: 1)
    twin.advance(bySeconds: 5)
    let there = twin.request("POST", "/api/v1/namespaces/default/serviceaccounts/default/token", body: [:])
    #expect(there.value["status", "token"]?.string == (try token()))
  }

  @Test("Whoever checks tokens elsewhere finds the issuer and its key; anonymous users do not")
  func discovery() throws {
    let reader = Caller(name: "system:serviceaccount:default:reader", groups: ["system:serviceaccounts"])
    func get(_ path: String, as caller: Caller) -> (status: Int, type: String, value: Value) {
      let request = APIRequest("GET", path, headers: [("Host", "pod.example:6443")], caller: caller)
      guard case .response(let response) = lab.api.read(request) else { return (0, "", .null) }
      return (response.status, response.contentType, (try? JSON.parse(response.joinedBody)) ?? .null)
    }
    let document = get("/.well-known/openid-configuration", as: reader)
    #expect(document.value["issuer"]?.string == issuer)
    #expect(document.value["jwks_uri"] == "https://pod.example:6443/openid/v1/jwks")
    let keys = get("/openid/v1/jwks", as: reader)
    #expect(keys.type == "application/jwk-set+json")
    #expect(keys.value["keys"]?.array?.first?["kid"] == "paper")
    #expect(get("/openid/v1/jwks", as: .anonymous).status == 403)
  }

  // MARK: Tokens in Secrets

  private func makeSecret(account: String) {
    lab.apply(
      """
      {apiVersion: v1, kind: Secret, metadata: {name: old, annotations: {kubernetes.io/service-account.name: \(account)}},
       type: kubernetes.io/service-account-token}
      """)
    lab.settle()
  }

  @Test("A Secret of the account is filled with a token that does not end by itself")
  func secrets() throws {
    makeSecret(account: "default")
    let secret = try #require(lab.object(.secret, "old"))
    let bytes = try #require(Base64.decode(secret["data", "token"]?.string ?? "", alphabet: .standard))
    let token = String(decoding: bytes, as: UTF8.self)
    #expect(secret["data", "namespace"] == "ZGVmYXVsdA==")
    #expect(
      secret["metadata", "annotations", "kubernetes.io/service-account.uid"]
        == lab.object(.serviceAccount, "default")?["metadata", "uid"])
    lab.advance(bySeconds: 7_200)
    #expect(try caller(token).name == "system:serviceaccount:default:default")
    delete("secrets/old")
    #expect(throws: Status.self) { try caller(token) }
  }

  @Test("A Secret goes with its account, and one for nobody goes at once")
  func orphans() {
    lab.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}")
    makeSecret(account: "robot")
    #expect(lab.object(.secret, "old")?["data", "token"] != nil)
    delete("serviceaccounts/robot")
    lab.settle()
    #expect(lab.object(.secret, "old") == nil)
    makeSecret(account: "nobody")
    #expect(lab.object(.secret, "old") == nil)
  }
}
