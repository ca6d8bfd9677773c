import API
import ClusterTesting
import Kinds
import Loop
import Testing
import Tree

@Suite("Requests for certificates") struct SigningRequestTests {
  private let lab: Lab
  private let path = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
  private let client = "kubernetes.io/kube-apiserver-client"

  init() throws {
    lab = try Lab(seed: 7, nodes: 0)
    lab.apply(
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: asker}
      rules:
      - {apiGroups: [certificates.k8s.io], resources: ["certificatesigningrequests", "certificatesigningrequests/approval",
         "certificatesigningrequests/status"], verbs: ["*"]}
      """)
    bind("asker", to: "jane")
  }

  private func bind(_ role: String, to user: String) {
    let body: Value = [
      "metadata": ["name": .string("\(role)-\(user)")],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role)],
      "subjects": [["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": .string(user)]],
    ]
    _ = lab.request("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", body: body)
  }

  private func ask(
    _ request: [UInt8], signer: String? = nil, usages: [String] = ["client auth"], seconds: Int64? = nil,
    as user: String = "jane"
  ) -> (status: Int, value: Value) {
    var spec: Value = [
      "request": .string(Base64.encode(request, alphabet: .standard)), "signerName": .string(signer ?? client),
      "usages": .array(usages.map(Value.string)),
      // Nobody says himself who he is.
      "username": "somebody", "groups": ["system:masters"],
    ]
    spec["expirationSeconds"] = seconds.map(Value.integer)
    return lab.request("POST", path, body: ["metadata": ["name": "r"], "spec": spec], as: user)
  }

  private var stored: Value { lab.object(.certificateSigningRequest, "r", namespace: "") ?? .null }

  private func decide(_ type: String, as user: String = "admin") -> (status: Int, value: Value) {
    var value = stored
    value["status", "conditions"] = [["type": .string(type), "status": "True", "reason": "Test"]]
    defer { lab.settle() }
    return lab.request("PUT", path + "/r/approval", body: value, as: user)
  }

  @Test("A request names who made it, and an approved one is signed for whom it names")
  func signing() throws {
    let answer = ask(PaperAuthority.request("kim", organizations: ["dev"]), seconds: 7_200)
    #expect(answer.status == 201)
    #expect(answer.value["spec", "username"] == "jane")
    #expect(answer.value["spec", "groups"] == ["system:authenticated"])
    lab.settle()
    #expect(stored["status", "certificate"] == nil)
    #expect(decide("Approved").status == 200)
    let condition = try #require(stored["status", "conditions"]?.array?.first)
    #expect(condition["lastUpdateTime"] == .string(lab.now.timestamp))
    let certificate = try #require(stored.issuedCertificate.flatMap { PaperAuthority.read(certificate: $0) })
    #expect(certificate["subject", "commonName"] == "kim")
    #expect(certificate["usages"] == ["client auth"])
    #expect(certificate["notBefore"] == .integer(lab.now.seconds - 300))
    #expect(certificate["notAfter"] == .integer(lab.now.seconds + 7_200))
    #expect(certificate["serialNumber"]?.array?.count == 16)
  }

  @Test("A long certificate ends five minutes early, and none is longer than a year")
  func length() throws {
    _ = ask(PaperAuthority.request("kim"), seconds: 2_000_000_000)
    _ = decide("Approved")
    let certificate = try #require(stored.issuedCertificate.flatMap { PaperAuthority.read(certificate: $0) })
    #expect(certificate["notAfter"] == .integer(lab.now.seconds + 365 * 86_400 - 300))
  }

  @Test("A denied request is not signed, and no decision is taken back")
  func denial() {
    _ = ask(PaperAuthority.request("kim"))
    #expect(decide("Denied").status == 200)
    #expect(stored["status", "certificate"] == nil)
    let other = decide("Approved")
    #expect(other.status == 422)
    #expect(other.value["message"]?.string?.contains("updates may not remove a condition of type \"Denied\"") == true)
  }

  @Test("What a signer does not sign fails")
  func failure() {
    _ = ask(PaperAuthority.request("kim"), usages: ["server auth"])
    _ = decide("Approved")
    let failed = stored["status", "conditions"]?.array?.last
    #expect(failed?["type"] == "Failed")
    #expect(failed?["message"] == "invalid usage for client certificate: server auth")
  }

  @Test("Nobody asks for the group that may do everything")
  func masters() {
    let answer = ask(PaperAuthority.request("kim", organizations: ["system:masters"]))
    #expect(answer.status == 403)
    #expect(
      answer.value["message"]
        == .string(
          "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: use of \(client) signer with "
            + "system:masters group is not allowed"))
  }

  @Test("To approve and to sign takes a right on the signer")
  func rights() {
    _ = ask(PaperAuthority.request("kim"))
    let approval = decide("Approved", as: "jane")
    #expect(approval.status == 403)
    #expect(
      approval.value["message"]?.string?.hasSuffix(
        "user not permitted to approve requests with signerName \"\(client)\"")
        == true)
    var value = stored
    value.setIssuedCertificate([1, 2, 3])
    #expect(lab.request("PUT", path + "/r/status", body: value, as: "jane").status == 422)
    value = stored
    value["status", "conditions"] = [["type": "Failed", "status": "True"]]
    let status = lab.request("PUT", path + "/r/status", body: value, as: "jane")
    #expect(status.value["message"]?.string?.contains("not permitted to sign requests") == true)
    lab.apply(
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: approver}
      rules:
      - {apiGroups: [certificates.k8s.io], resources: [signers], resourceNames: ["kubernetes.io/*"], verbs: [approve]}
      """)
    bind("approver", to: "jane")
    #expect(decide("Approved", as: "jane").status == 200)
  }

  @Test("Only approval decides, and an update changes no request")
  func updates() {
    _ = ask(PaperAuthority.request("kim"))
    var value = stored
    value["spec", "request"] = .string(Base64.encode(PaperAuthority.request("other"), alphabet: .standard))
    value["metadata", "labels"] = ["a": "b"]
    #expect(lab.request("PUT", path + "/r", body: value).status == 200)
    #expect(stored["metadata", "labels", "a"] == "b")
    #expect(String(decoding: stored.signingRequest, as: UTF8.self).contains("kim"))
    value = stored
    value["status", "conditions"] = [["type": "Approved", "status": "True"]]
    let status = lab.request("PUT", path + "/r/status", body: value)
    #expect(status.value["message"]?.string?.contains("updates may not add a condition of type \"Approved\"") == true)
  }

  @Test(
    "What is wrong with a request is said",
    arguments: [
      ("signer", ["client auth"], "must be a fully qualified domain and path of the form 'example.com/signer-name'"),
      ("kubernetes.io/legacy-unknown", ["client auth"], "the legacy signerName is not allowed via this API version"),
      ("example/x", ["client auth"], "should be a domain with at least two segments separated by dots"),
      ("example.com/x", ["flying"], "Unsupported value: \"flying\""),
      ("example.com/x", [], "spec.usages: Required value"),
    ])
  func validation(_ signer: String, _ usages: [String], _ why: String) {
    let answer = ask(PaperAuthority.request("kim"), signer: signer, usages: usages)
    #expect(answer.status == 422)
    #expect(answer.value["message"]?.string?.contains(why) == true)
  }

  @Test("What is no request is refused")
  func noRequest() {
    let answer = ask(Array("hello".utf8))
    #expect(answer.status == 422)
    #expect(answer.value["message"]?.string?.contains("PEM block type must be CERTIFICATE REQUEST") == true)
  }

  @Test("A kubelet that may have a certificate gets one by itself")
  func kubelets() {
    bind("system:certificates.k8s.io:certificatesigningrequests:nodeclient", to: "jane")
    let usages = ["digital signature", "client auth"]
    let node = PaperAuthority.request("system:node:n1", organizations: ["system:nodes"])
    _ = ask(node, signer: client + "-kubelet", usages: usages)
    lab.settle()
    let condition = stored["status", "conditions"]?.array?.first
    #expect(condition?["reason"] == "AutoApproved")
    #expect(condition?["message"] == "Auto approving kubelet client certificate after SubjectAccessReview.")
    #expect(stored.issuedCertificate != nil)
  }

  @Test("Requests that nobody needs any more go")
  func cleaning() {
    _ = ask(PaperAuthority.request("kim"))
    lab.advance(bySeconds: 23 * 3_600)
    #expect(stored != .null)
    lab.advance(bySeconds: 3 * 3_600)
    #expect(stored == .null)
    _ = ask(PaperAuthority.request("kim"))
    _ = decide("Approved")
    lab.advance(bySeconds: 2 * 3_600 + 60)
    #expect(stored == .null)
  }
}
