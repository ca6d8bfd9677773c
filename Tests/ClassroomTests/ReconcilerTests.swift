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
@testable import Stage

@Suite("What the classroom's objects ask for is done") struct ReconcilerTests {
  private func isPaused(_ learner: String, in room: Room) -> Bool {
    let cluster = try? room.host.cluster(learner)
    return cluster?.feed.snapshot[Kind.clock.key(namespace: "", name: "cluster")]?.value["spec", "paused"] == true
  }

  private func fault(_ name: String, of learner: String, in room: Room) -> Value? {
    let cluster = try? room.host.cluster(learner)
    return cluster?.feed.snapshot[Kind.fault.key(namespace: "", name: name)]?.value
  }

  private func note(_ learner: String, in room: Room) throws {
    try room.host.cluster(learner)?.performAndWait { world throws(Status) in
      _ = try world.client.create(
        .configMap, ["metadata": ["name": "note", "namespace": "default"]], cause: Cause(actor: "test"))
    }
  }

  @Test("everybody is told what the classroom says, those who come later too")
  func message() throws {
    let room = try Room()
    let one = try room.join("one").person.name
    room.patch(.classroom, "classroom", ["spec": ["message": ["text": "쉬는 시간", "number": 1]]])
    try room.eventually { room.learner(one).status.message?["text"] == "쉬는 시간" }
    let two = try room.join("two").person.name
    #expect(room.learner(two).status.message?["text"] == "쉬는 시간")
    room.patch(.classroom, "classroom", ["spec": ["message": .null]])
    try room.eventually { room.learner(one).status.message == nil && room.learner(two).status.message == nil }
  }

  @Test("all clocks stop and go on")
  func pause() throws {
    let room = try Room()
    let names = [try room.join("one").person.name, try room.join("two").person.name]
    room.patch(.classroom, "classroom", ["spec": ["paused": true]])
    try room.eventually { names.allSatisfy { isPaused($0, in: room) } }
    let late = try room.join("late").person.name
    #expect(isPaused(late, in: room))
    room.patch(.classroom, "classroom", ["spec": ["paused": false]])
    try room.eventually { (names + [late]).allSatisfy { !isPaused($0, in: room) } }
  }

  /// What a learner sends to their own cluster is answered with.
  private func send(
    _ method: String, _ target: String, _ body: Value? = nil, type: String = "application/json", to cluster: String,
    in room: Room
  ) throws -> APIResponse {
    let hosted = try #require(try room.host.cluster(cluster))
    let answers = Mailbox<APIResponse>()
    hosted.write(
      APIRequest(method, target, headers: [("Content-Type", type)], body: body?.json ?? [], caller: .learner)
    ) { answers.put($0) }
    return try #require(answers.takeAll(until: nil)?.first)
  }

  @Test("who learns cannot have a clock run that the instructor has stopped, nor take an incident away")
  func held() throws {
    let room = try Room()
    let one = try room.join("one").person.name
    let podium = "/apis/podium.dev/v1"
    let before = try #require(try room.host.cluster(one)).feed.snapshot.revision
    let instructor = try #require(Access.caller(Person(.instructor), in: "classroom"))
    let incident: Value = [
      "metadata": ["name": "down"], "spec": ["fault": ["type": "NodeDown", "node": "node-1"]],
    ]
    #expect(room.request("POST", podium + "/incidents", incident, as: instructor).status == 201)
    room.patch(.classroom, "classroom", ["spec": ["paused": true]])
    try room.eventually { isPaused(one, in: room) && fault("incident-down", of: one, in: room) != nil }

    let run: Value = ["spec": ["paused": false]]
    let merge = "application/merge-patch+json"
    #expect(try send("PATCH", podium + "/clocks/cluster", run, type: merge, to: one, in: room).status == 403)
    let freed: Value = ["metadata": ["labels": .null]]
    #expect(try send("PATCH", podium + "/clocks/cluster", freed, type: merge, to: one, in: room).status == 403)
    #expect(try send("DELETE", podium + "/faults/incident-down", to: one, in: room).status == 403)
    #expect(try send("DELETE", podium + "/faults", to: one, in: room).status == 403)
    #expect(
      try send("PATCH", podium + "/faults/incident-down", freed, type: merge, to: one, in: room).status == 403)
    // Nor by going back to when nothing was broken, nor by beginning a lesson.
    let rewind: Value = ["metadata": ["name": "back"], "spec": ["revision": .integer(before)]]
    #expect(try send("POST", podium + "/rewinds", rewind, to: one, in: room).status == 201)
    try room.host.cluster(one)?.performAndWait { world throws(Status) in
      try Tidying(cluster: world).run(Cause(actor: "test"))
    }
    #expect(isPaused(one, in: room) && fault("incident-down", of: one, in: room) != nil)
    let own: Value = ["metadata": ["name": "own"], "spec": ["type": "NodeDown", "node": "node-1"]]
    #expect(try send("POST", podium + "/faults", own, to: one, in: room).status == 201)
    #expect(try send("DELETE", podium + "/faults/own", to: one, in: room).status == 200)

    room.patch(.classroom, "classroom", ["spec": ["paused": false]])
    #expect(room.request("DELETE", podium + "/incidents/down", as: instructor).status == 200)
    try room.eventually { !isPaused(one, in: room) && fault("incident-down", of: one, in: room) == nil }
    let stop: Value = ["spec": ["paused": true]]
    #expect(try send("PATCH", podium + "/clocks/cluster", stop, type: merge, to: one, in: room).status == 200)
    #expect(try send("PATCH", podium + "/clocks/cluster", run, type: merge, to: one, in: room).status == 200)
  }

  @Test("a cluster is made anew as often as asked")
  func reset() throws {
    let room = try Room()
    let (one, two) = (try room.join("one").person.name, try room.join("two").person.name)
    try note(one, in: room)
    try note(two, in: room)
    let before = try #require(try room.host.cluster(one)).feed.snapshot.revision
    room.patch(.learner, one, ["spec": ["resets": 1]])
    try room.eventually { room.learner(one).status.resets == 1 }
    #expect(room.object(.configMap, "note", in: one) == nil)
    #expect(room.object(.configMap, "note", in: two) != nil)
    #expect(room.learner(one).status.phase == "Ready")
    // Whoever watched the old cluster cannot go on in the new one as if nothing had been.
    let feed = try #require(try room.host.cluster(one)).feed
    #expect(feed.oldestRevision > before)
  }

  @Test("an incident strikes whom it names, everybody where it names nobody, and ends with its object")
  func incidents() throws {
    let room = try Room()
    let (one, two) = (try room.join("one").person.name, try room.join("two").person.name)
    let instructor = try #require(Access.caller(Person(.instructor), in: "classroom"))
    func make(_ name: String, _ learners: Value) -> Int {
      room.request(
        "POST", "/apis/podium.dev/v1/incidents",
        [
          "metadata": ["name": .string(name)],
          "spec": ["fault": ["type": "NodeDown", "node": "node-1"], "learners": learners],
        ], as: instructor
      ).status
    }
    #expect(make("some", [.string(one)]) == 201)
    #expect(make("all", []) == 201)
    try room.eventually {
      fault("incident-some", of: one, in: room) != nil && fault("incident-all", of: two, in: room) != nil
    }
    #expect(fault("incident-some", of: two, in: room) == nil)
    let late = try room.join("late").person.name
    try room.eventually { fault("incident-all", of: late, in: room) != nil }
    // Who gets a new cluster gets it broken in the same way.
    room.patch(.learner, one, ["spec": ["resets": 1]])
    try room.eventually { room.learner(one).status.resets == 1 && fault("incident-some", of: one, in: room) != nil }
    #expect(room.request("DELETE", "/apis/podium.dev/v1/incidents/all", as: instructor).status == 200)
    try room.eventually { [one, two, late].allSatisfy { fault("incident-all", of: $0, in: room) == nil } }
    #expect(fault("incident-some", of: one, in: room) != nil)
  }

  @Test("what was asked for before a restart is done after it")
  func restart() throws {
    let first = try Room()
    let one = try first.join("one").person.name
    first.service.stop()
    first.patch(.classroom, "classroom", ["spec": ["paused": true]])
    first.patch(.learner, one, ["spec": ["resets": 1]])
    first.host.stop()
    let room = try Room(folder: first.folder)
    try room.eventually { room.learner(one).status.resets == 1 && isPaused(one, in: room) }
  }

  @Test("a learner raises the hand and changes nothing else of themself, and sees nobody else")
  func hand() throws {
    let room = try Room()
    let (one, two) = (try room.join("one").person, try room.join("two").person)
    let caller = try #require(Access.caller(one, in: "classroom"))
    #expect(room.patch(.learner, one.name, ["spec": ["hand": true]], as: caller).status == 200)
    try room.eventually { room.learner(one.name).status.handSince != nil }
    for patch: Value in [
      ["spec": ["nickname": "boss"]], ["spec": ["resets": 1]], ["metadata": ["labels": ["a": "b"]]],
      ["metadata": ["finalizers": .null]], ["metadata": ["annotations": ["a": "b"]]],
    ] {
      #expect(room.patch(.learner, one.name, patch, as: caller).status == 403, "\(patch.jsonText)")
    }
    #expect(room.patch(.learner, two.name, ["spec": ["hand": true]], as: caller).status == 403)
    #expect(room.request("GET", "/apis/podium.dev/v1/learners", as: caller).status == 403)
    #expect(room.request("GET", "/apis/podium.dev/v1/learners/" + one.name, as: caller).status == 200)
    #expect(room.request("DELETE", "/apis/podium.dev/v1/learners/" + one.name, as: caller).status == 403)
    #expect(room.request("GET", "/apis/podium.dev/v1/classrooms/classroom", as: caller).status == 403)
  }

  @Test("a lesson that is not there is said to be not there")
  func wrongPush() throws {
    let room = try Room()
    let one = try room.join("one").person.name
    room.patch(.classroom, "classroom", ["spec": ["push": ["lesson": "none", "step": "a", "number": 1]]])
    try room.eventually { room.learner(one).status.push.problem == "lesson \"none\" not found" }
    #expect(room.patch(.classroom, "classroom", ["spec": ["push": ["lesson": ""]]]).status == 422)
  }
}
