import Testing
import Tree

@testable import Kinds

@Suite("The classroom's kinds")
struct ClassroomKindTests {
  private func learner(_ nickname: String, name: String = "learner-a2b3") -> [String] {
    var value: Value = [
      "metadata": ["name": .string(name), "uid": "1", "creationTimestamp": "2026-01-01T00:00:00Z"],
      "spec": ["nickname": .string(nickname)],
    ]
    Kind.learner.applyDefaults(to: &value)
    return Kind.learner.validate(value).map(\.field)
  }

  @Test("only the classroom's own cluster serves them")
  func served() {
    for kind in [Kind.classroom, .learner, .attempt, .incident] {
      #expect(kind.shape != nil)
      #expect(KindTable.classroom.kind(group: "podium.dev", version: "v1", plural: kind.plural) == kind)
      #expect(KindTable.builtIn.kind(group: "podium.dev", version: "v1", plural: kind.plural) == nil)
    }
  }

  @Test(
    "nicknames may be of any language, up to 32 characters",
    arguments: [
      "민지", "Ann-Marie", "O'Brien", "小林 さん", "👩🏽‍💻", String(repeating: "가", count: 32),
    ])
  func goodNicknames(_ nickname: String) { #expect(learner(nickname) == []) }

  @Test(
    "what cannot be seen or is too long is refused",
    arguments: [
      "", " a", "a ", "a\nb", "a\u{202E}b", "a\u{7}b", "a\u{200B}b", String(repeating: "가", count: 33),
    ])
  func badNicknames(_ nickname: String) { #expect(learner(nickname) == ["spec.nickname"]) }

  @Test(
    "a learner's name can be a cluster's", arguments: ["default", "classroom", "learner-a.b", "learner-a--b", "ann"])
  func names(_ name: String) { #expect(learner("Ann", name: name) == ["metadata.name"]) }

  @Test("nicknames are the same however they are written")
  func sameNicknames() {
    #expect(Nickname.key("민지") == Nickname.key("\u{1106}\u{1175}\u{11AB}\u{110C}\u{1175}"))
    #expect(Nickname.key("Ann") == Nickname.key("ANN"))
  }

  @Test("an incident says where it strikes")
  func incidents() {
    func fields(_ fault: Value) -> [String] {
      var value: Value = [
        "metadata": ["name": "x", "uid": "1", "creationTimestamp": "2026-01-01T00:00:00Z"], "spec": ["fault": fault],
      ]
      Kind.incident.applyDefaults(to: &value)
      return Kind.incident.validate(value).map(\.field)
    }
    #expect(fields(["type": "NodeDown", "node": "node-2"]) == [])
    #expect(fields(["type": "NodeDown"]) == ["spec.fault.node"])
    #expect(fields(["type": "ContainerCrash"]) == ["spec.fault.pod.name"])
    #expect(fields(["type": "Flood"]) == ["spec.fault.type"])
    #expect(fields(["type": "SlowPull", "factor": 5]) == [])
  }

  @Test("the views' fields are the declared ones")
  func views() {
    var status = AttemptStatus([:])
    status.step = "a"
    status.state = "Working"
    status.startedAt = "2026-01-01T00:00:00Z"
    status.enteredAt = status.startedAt
    status.since = status.startedAt
    status.completedAt = status.startedAt
    status.condition = ["id": "a", "text": "b", "expected": "c", "actual": "d", "field": "e"]
    status.passedConditions = 1
    status.conditions = 2
    status.hintsShown = 3
    status.predictions = [
      AttemptPrediction(step: "a", choice: "b", isCorrect: true, at: "2026-01-01T00:00:00Z", tries: 1)
    ]
    status.finishedSteps = [AttemptFinishedStep(step: "a", enteredAt: nil, at: "2026-01-01T00:00:00Z", hints: 1)]
    var attempt = Attempt(learner: "learner-a", lesson: "rollout")
    attempt.status = status
    #expect(Kind.attempt.unknownFields(in: attempt.value) == [])
    var learner = Learner(["spec": ["nickname": "a", "hand": true, "resets": 1]])
    learner.status.phase = "Ready"
    learner.status.cluster = "learner-a"
    learner.status.joinedAt = "2026-01-01T00:00:00Z"
    learner.status.lastSeen = learner.status.joinedAt
    learner.status.handSince = learner.status.joinedAt
    learner.status.resets = 1
    learner.status.isPaused = true
    learner.status.message = ["text": "a", "number": 1, "since": "2026-01-01T00:00:00Z"]
    learner.status.push = LearnerPush(lesson: "a", step: "b", number: 1)
    learner.status.push.since = learner.status.joinedAt
    learner.status.push.revision = "1"
    learner.status.push.problem = "a"
    learner.status.current = LearnerPlace(lesson: "a", step: "b")
    learner.status.problem = "a"
    #expect(Kind.learner.unknownFields(in: learner.value) == [])
    #expect(learner.spec.hasRaisedHand && learner.spec.resets == 1)
    var incident = Incident(["spec": ["fault": ["type": "NodeDown"], "learners": ["learner-a"]]])
    incident.status.targets = [
      IncidentTarget(name: "learner-a", isActive: true, message: "a", since: "2026-01-01T00:00:00Z")
    ]
    incident.status.total = 1
    incident.status.active = 1
    incident.status.failed = 0
    #expect(Kind.incident.unknownFields(in: incident.value) == [])
  }
}
