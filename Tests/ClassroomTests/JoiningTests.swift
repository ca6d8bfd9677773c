import API
import Cluster
import ClusterTesting
import Hosting
import Kinds
import Lessons
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Classroom

@Suite("Joining a classroom, and coming back") struct JoiningTests {
  private func refusal(_ work: () throws(Status) -> SignedIn) -> Status? {
    do throws(Status) {
      _ = try work()
      return nil
    } catch {
      return error
    }
  }

  @Test("who joins has a cluster of their own, a session, and a code to come back with")
  func joining() throws {
    let room = try Room()
    let minji = try room.join("민지")
    #expect(minji.person.role == .learner)
    #expect(room.host.contains(minji.person.name))
    #expect(room.learner(minji.person.name).status.phase == "Ready")
    #expect(room.service.person(session: minji.session) == minji.person)
    #expect(room.service.person(session: "x" + minji.session) == nil)
    let back = try room.comeBack(try #require(minji.personalCode).lowercased())
    #expect(back.person == minji.person)
    #expect(back.session != minji.session)
    #expect(back.personalCode == nil)
  }

  @Test("no secret is kept as it is")
  func secrets() throws {
    let room = try Room()
    let minji = try room.join("민지")
    let snapshot = room.service.cluster.feed.snapshot
    let all = snapshot.collections.flatMap { snapshot.list($0) }.map { String(decoding: $0.json, as: UTF8.self) }
    let code = Code.normalized(try #require(minji.personalCode))
    for secret in [minji.session, code] {
      #expect(
        !all.contains { $0.contains(secret) || $0.contains(Base64.encode(Array(secret.utf8), alphabet: .standard)) })
    }
  }

  @Test("a nickname is one person's, however it is written")
  func nicknames() throws {
    let room = try Room()
    _ = try room.join("Ann")
    #expect(refusal { () throws(Status) in try room.join("ANN") }?.code == 409)
    #expect(refusal { () throws(Status) in try room.join("a\u{202E}b") }?.code == 422)
    #expect(room.service.classroom.status.learners <= 1)
  }

  @Test("the wrong code lets nobody in, and after some nobody is heard for a minute")
  func wrongCodes() throws {
    var limits = ClassroomLimits()
    limits.wrongCodesPerAddress = 2
    let room = try Room(limits: limits)
    for _ in 0..<2 { #expect(refusal { () throws(Status) in try room.join("x", code: "222222") }?.code == 401) }
    let unheard = refusal { () throws(Status) in try room.join("x") }
    #expect(unheard?.code == 429)
    #expect(unheard?.details?.retryAfterSeconds ?? 0 > 0)
    #expect(refusal { () throws(Status) in try room.join("x", address: "10.0.0.2") } == nil)
    room.hands.move(seconds: 61)
    #expect(refusal { () throws(Status) in try room.join("y") } == nil)
  }

  @Test("a locked classroom lets nobody new in, but whoever was there")
  func locked() throws {
    let room = try Room()
    let minji = try room.join("민지")
    room.patch(.classroom, "classroom", ["spec": ["locked": true]])
    #expect(refusal { () throws(Status) in try room.join("late") }?.code == 403)
    #expect(refusal { () throws(Status) in try room.comeBack(minji.personalCode ?? "") } == nil)
  }

  @Test("new codes end the old ones")
  func newCodes() throws {
    let room = try Room()
    try room.eventually { !room.service.classroom.status.joinCode.isEmpty }
    let old = room.service.classroom.status
    room.patch(.classroom, "classroom", ["spec": ["joinCodes": 1]])
    try room.eventually { room.service.classroom.status.joinCode != old.joinCode }
    #expect(refusal { () throws(Status) in try room.join("x", code: old.joinCode) }?.code == 401)
    #expect(room.service.classroom.status.observerCode != old.observerCode)
  }

  @Test("the classroom is full at its limit")
  func full() throws {
    var limits = ClassroomLimits()
    limits.learners = 1
    let room = try Room(limits: limits)
    _ = try room.join("one")
    let refused = refusal { () throws(Status) in try room.join("two") }
    #expect(refused?.code == 429)
    #expect(refused?.message.hasPrefix("the classroom is full: it has at most 1 learners") == true)
  }

  @Test("the instructor says how many places there are, and the board tells")
  func places() throws {
    let room = try Room()
    try room.eventually { room.service.classroom.status.places == 300 }
    room.patch(.classroom, "classroom", ["spec": ["places": 1]])
    try room.eventually { room.service.classroom.status.places == 1 }
    _ = try room.join("one")
    #expect(refusal { () throws(Status) in try room.join("two") }?.code == 429)
    room.patch(.classroom, "classroom", ["spec": ["places": 2]])
    #expect(refusal { () throws(Status) in try room.join("two") } == nil)
    try room.eventually { room.service.classroom.status.learners == 2 }
  }

  @Test("so many join in a minute from one address, and no more")
  func joins() throws {
    var limits = ClassroomLimits()
    limits.joinsPerAddress = 2
    let room = try Room(limits: limits)
    for name in ["one", "two"] { _ = try room.join(name) }
    let refused = refusal { () throws(Status) in try room.join("three") }
    #expect(refused?.code == 429)
    #expect(refused?.message.contains("2 people have joined from your address within a minute") == true)
    #expect(refused?.details?.retryAfterSeconds ?? 0 > 0)
    #expect(refusal { () throws(Status) in try room.join("elsewhere", address: "10.0.0.2") } == nil)
    room.patch(.classroom, "classroom", ["spec": ["joinsPerMinute": 3]])
    try room.eventually { room.service.classroom.spec.joinsPerMinute == 3 }
    #expect(refusal { () throws(Status) in try room.join("three") } == nil)
    #expect(refusal { () throws(Status) in try room.join("four") }?.code == 429)
    room.hands.move(seconds: 61)
    #expect(refusal { () throws(Status) in try room.join("four") } == nil)
  }

  @Test("assistants and observers come in by codes of their own")
  func helpers() throws {
    let room = try Room()
    try room.eventually { !room.service.classroom.status.joinCode.isEmpty }
    let status = room.service.classroom.status
    #expect(try room.join("조교", code: status.assistantCode).person.role == .assistant)
    #expect(try room.join("손님", code: status.observerCode).person.role == .observer)
    #expect(status.learners == 0)
  }

  @Test("a session ends with its time, a learner's with the Learner too")
  func ends() throws {
    let room = try Room()
    let minji = try room.join("민지")
    let other = try room.join("other")
    room.hands.move(seconds: 31 * 86_400)
    #expect(room.service.person(session: minji.session) == nil)
    let back = try room.comeBack(other.personalCode ?? "")
    #expect(
      room.request(
        "DELETE", "/apis/podium.dev/v1/learners/" + other.person.name,
        as: Access.caller(Person(.instructor), in: "classroom") ?? .anonymous
      ).status == 200)
    #expect(room.service.person(session: back.session) == nil)
    try room.eventually { !room.host.contains(other.person.name) }
    #expect(refusal { () throws(Status) in try room.comeBack(other.personalCode ?? "") }?.code == 401)
  }

  @Test("only the latest few browsers and tokens of a person count")
  func latest() throws {
    var limits = ClassroomLimits()
    limits.sessionsPerPerson = 2
    limits.kubeconfigsPerLearner = 1
    let room = try Room(limits: limits)
    let first = try room.join("민지")
    let code = first.personalCode ?? ""
    let (second, third) = (try room.comeBack(code), try room.comeBack(code))
    #expect([first, second, third].map { room.service.person(session: $0.session) != nil } == [false, true, true])
    let old: String = try room.wait { room.service.makeToken(for: first.person, reply: $0) }
    let new: String = try room.wait { room.service.makeToken(for: first.person, reply: $0) }
    #expect(room.service.person(token: old) == nil)
    #expect(room.service.person(token: new) == first.person)
    // What opens one door opens no other.
    #expect(room.service.person(session: new) == nil)
    #expect(room.service.person(token: third.session) == nil)
  }

  @Test("a lost personal code can be replaced")
  func lostCode() throws {
    let room = try Room()
    let minji = try room.join("민지")
    let code: String = try room.wait { room.service.makePersonalCode(for: minji.person.name, reply: $0) }
    #expect(refusal { () throws(Status) in try room.comeBack(minji.personalCode ?? "") }?.code == 401)
    #expect(try room.comeBack(code).person == minji.person)
  }

  @Test("people, codes and clusters are there again after a restart")
  func restart() throws {
    let first = try Room()
    let minji = try first.join("민지")
    let code = first.service.classroom.status.joinCode
    first.stop()
    let room = try Room(folder: first.folder)
    #expect(room.service.person(session: minji.session) == minji.person)
    #expect(room.service.classroom.status.joinCode == code)
    #expect(try room.comeBack(minji.personalCode ?? "").person == minji.person)
    #expect(room.host.contains(minji.person.name))
  }

  @Test("the instructor's password is set once by whoever sits at the machine, or has the set-up code")
  func password() throws {
    let room = try Room()
    let service = room.service
    #expect(service.setupState(isLoopback: true) == .page)
    #expect(service.setupState(isLoopback: false) == .code)
    func set(_ password: String, _ setup: String?, isLoopback: Bool) -> Status? {
      refusal { () throws(Status) in
        try room.wait {
          service.setFirstPassword(password, setup: setup, address: "10.0.0.9", isLoopback: isLoopback, reply: $0)
        }
      }
    }
    func signIn(_ password: String) -> Status? {
      refusal { () throws(Status) in
        try room.wait { service.signIn(password: password, address: "10.0.0.9", reply: $0) }
      }
    }
    let code = try #require(service.makeSetupCode())
    #expect(set("long enough", "wrong", isLoopback: false)?.code == 401)
    #expect(set("short", code, isLoopback: false)?.code == 422)
    #expect(set("long enough", code, isLoopback: false) == nil)
    #expect(set("another one", nil, isLoopback: true)?.code == 409)
    #expect(service.setupState(isLoopback: true) == .none)
    #expect(service.makeSetupCode() == nil)
    #expect(signIn("long enough") == nil)
    #expect(signIn("long enougH")?.code == 401)
  }
}
