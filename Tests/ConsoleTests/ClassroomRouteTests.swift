import API
import Classroom
import Cluster
import ClusterTesting
import Glibc
import Hosting
import Kinds
import Lessons
import SQLiteJournal
import Testing
import Tree

@testable import Console
@testable import HTTP

@Suite("The classroom's addresses") struct ClassroomRouteTests {
  private struct Answer: Equatable {
    let status: Int
    let body: String
    var cookie: String?
  }

  private let site: Site
  private let service: ClassroomService

  init() throws {
    var template = Array("/tmp/classroom-routes.XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var blueprint = ClusterBlueprint(
      options: ClusterOptions(identity: .paper), seed: 7, tokens: TokenTable(["master": .admin]), version: "test")
    blueprint.adjust = ClassroomService.adjustment(ClassroomLimits())
    let host = ClusterHost(blueprint, journals: SQLiteJournalFolder(path: folder), lanes: 1)
    let root = try host.create(ClusterHost.root, from: .new(nodes: 0))
    service = try ClassroomService(
      ClassroomService.Options(
        nodes: 0, passwordCost: PasswordHash.Cost(memory: 64, passes: 1),
        cryptography: Cryptography(randomBytes: RandomBytes.make, digest: SHA256.digest), lessons: { .empty }),
      host: host)
    site = Site(
      host: host, root: root, files: try StaticFiles(root: folder), lessons: LessonShelf(.empty),
      tokens: TokenTable(["master": .admin]), ticker: Ticker(), checkRunner: CheckRunner(), version: "test",
      classroom: service)
    while service.classroom.status.joinCode.isEmpty { usleep(1_000) }
  }

  private func ask(
    _ method: String, _ target: String, _ body: Value? = nil, cookie: String? = nil, token: String? = nil,
    isOurPage: Bool = true, peer: Peer = Peer(address: "127.0.0.1", isLoopback: true)
  ) throws -> Answer {
    var headers = HTTPHeaders()
    if let cookie { headers.append("Cookie", cookie) }
    if let token { headers.append("Authorization", "Bearer " + token) }
    if isOurPage { headers.append("X-Podium-Console", "1") }
    let request = try #require(
      HTTPRequest(method: method, target: target, headers: headers, body: body?.json ?? [], peer: peer))
    switch site.respond(to: request) {
    case .answer(let response): return answer(response)
    case .later(let pending):
      for _ in 0..<20_000 {
        if let response = pending.take() { return answer(response) }
        usleep(1_000)
      }
      return Answer(status: 0, body: "no answer")
    case .upgrade: return Answer(status: 101, body: "")
    }
  }

  private func answer(_ response: HTTPResponse) -> Answer {
    let cookie = response.headers.first { $0.0 == "Set-Cookie" }?.1
    let bytes: [UInt8] =
      switch response.body {
      case .bytes(let bytes): bytes
      case .pieces(let pieces): pieces.flatMap(Array.init)
      case .empty, .file, .stream: []
      }
    return Answer(status: response.status, body: String(decoding: bytes, as: UTF8.self), cookie: cookie)
  }

  private func join(_ nickname: String, peer: Peer = Peer(address: "10.0.0.1", isLoopback: false)) throws -> (
    cookie: String, cluster: String, whole: String
  ) {
    let body: Value = ["code": .string(service.classroom.status.joinCode), "nickname": .string(nickname)]
    let answer = try ask("POST", "/session", body, peer: peer)
    #expect(answer.status == 201)
    let cookie = try #require(answer.cookie)
    let cluster = try #require(try JSON.parse(Array(answer.body.utf8))["cluster"]?.string)
    return (String(cookie.prefix { $0 != ";" }), cluster, cookie)
  }

  @Test("who sits at the machine is not signed in by that")
  func loopback() throws {
    #expect(try ask("POST", "/session", [:]).status == 401)
    #expect(try ask("GET", "/session").status == 401)
    #expect(try ask("GET", "/classroom").body == #"{"title":"","locked":false,"setup":"page"}"# + "\n")
    #expect(
      try ask("GET", "/classroom", peer: Peer(address: "10.0.0.1", isLoopback: false)).body.contains(#""setup":"code""#)
    )
  }

  @Test("a learner is at home in one cluster, and a stranger in all others")
  func isolation() throws {
    let (one, two) = (try join("one"), try join("two"))
    #expect(try ask("GET", "/clusters/\(one.cluster)/api/v1/namespaces/default/pods", cookie: one.cookie).status == 200)
    for path in ["/api", "/stream", "/terminal", "/lessons/x/checks", "/metrics", ""] {
      let theirs = try ask("GET", "/clusters/\(two.cluster)\(path)", cookie: one.cookie)
      let nobodys = try ask("GET", "/clusters/learner-aaaaaaaa\(path)", cookie: one.cookie)
      #expect(theirs.status == 404)
      #expect(theirs.body.replacing(two.cluster, with: "learner-aaaaaaaa") == nobodys.body)
      let open = try ask("GET", "/clusters/\(two.cluster)\(path)")
      #expect(open.status == 401)
      #expect(try ask("GET", "/clusters/learner-aaaaaaaa\(path)") == open)
    }
    #expect(try ask("GET", "/clusters/\(two.cluster)/api", token: "master").status == 200)
    #expect(try ask("GET", "/clusters/\(two.cluster)/api", token: "wrong").status == 401)
    #expect(try ask("GET", "/clusters/learner-aaaaaaaa/api", token: "wrong").status == 401)
  }

  @Test("a change by cookie comes from our own page")
  func forgery() throws {
    let one = try join("one")
    let path = "/clusters/\(one.cluster)/api/v1/namespaces/default/configmaps"
    let body: Value = ["metadata": ["name": "a"]]
    #expect(try ask("POST", path, body, cookie: one.cookie, isOurPage: false).status == 403)
    #expect(try ask("POST", path, body, cookie: one.cookie).status == 201)
    #expect(try ask("POST", "/session/kubeconfig", [:], cookie: one.cookie, isOurPage: false).status == 403)
  }

  @Test("cookies are for the server's own pages, over TLS for TLS only")
  func cookies() throws {
    let plain = try join("one").whole
    #expect(plain.contains("HttpOnly") && plain.contains("SameSite=Strict") && !plain.contains("Secure"))
    let secure = try join("two", peer: Peer(address: "10.0.0.1", isLoopback: false, isSecure: true)).whole
    #expect(secure.hasSuffix("; Secure"))
  }

  @Test("signing out ends the session")
  func signOut() throws {
    let one = try join("one")
    #expect(try ask("GET", "/session", cookie: one.cookie).status == 200)
    #expect(try ask("DELETE", "/session", cookie: one.cookie).status == 200)
    #expect(try ask("GET", "/session", cookie: one.cookie).status == 401)
  }

  @Test("a conversation with a container keeps its cluster awake, however silent it is")
  func silentConversation() throws {
    let cluster = try join("Ada").cluster
    let pod: Value = [
      "metadata": ["name": "web"],
      "spec": ["nodeName": "elsewhere", "containers": [["name": "web", "image": "nginx:1.27"]]],
    ]
    let pods = "/clusters/\(cluster)/api/v1/namespaces/default/pods"
    var made = try JSON.parse(Array(try ask("POST", pods, pod, token: "master").body.utf8))
    made["status"] = [
      "phase": "Running", "qosClass": "BestEffort",
      "containerStatuses": [
        [
          "name": "web", "image": "nginx:1.27", "imageID": "", "containerID": "simulated://1", "ready": true,
          "restartCount": 0, "state": ["running": [:]],
        ]
      ],
    ]
    #expect(try ask("PUT", pods + "/web/status", made, token: "master").status == 200)
    var headers = HTTPHeaders()
    for (name, value) in [
      ("Authorization", "Bearer master"), ("Connection", "Upgrade"), ("Upgrade", "websocket"),
      ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
      ("Sec-WebSocket-Protocol", "v4.channel.k8s.io"),
    ] { headers.append(name, value) }
    let request = try #require(
      HTTPRequest(
        method: "GET", target: pods + "/web/exec?command=sh&stdin=true&stdout=true", headers: headers, body: [],
        peer: Peer(address: "127.0.0.1", isLoopback: true)))
    var verdict: Verdict? = site.respond(to: request)
    guard case .upgrade = verdict else {
      if case .answer(let response) = verdict { Issue.record("\(answer(response))") }
      return
    }
    for _ in 0..<200 {
      #expect(!site.host.sleep(cluster))
      usleep(1_000)
    }
    verdict = nil
    for _ in 0..<5_000 where !site.host.sleep(cluster) { usleep(1_000) }
    #expect(site.host.isAsleep(cluster))
  }
}
