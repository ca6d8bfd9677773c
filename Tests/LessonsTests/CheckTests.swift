import Testing
import Tree

@testable import Lessons

@Suite struct CheckTests {
  private func step(_ id: String) throws -> Step {
    let lesson = try #require(Sample().library.lesson("sample"))
    return try #require(lesson.step(id))
  }

  private func check(_ id: String, _ now: SmallWorld, before: SmallWorld = SmallWorld(), language: String = "en") throws
    -> CheckResult
  {
    evaluate(step: try step(id), now: now, before: before, time: 1_000_000_000, language: language)
  }

  @Test("a check says what is expected, what is there and where")
  func missing() throws {
    let result = try check("create", SmallWorld(objects: ["pods": [pod("web", phase: "Pending")]]))
    #expect(!result.isPassed)
    #expect(
      result.json == [
        "step": "create", "passed": false,
        "conditions": [
          [
            "id": "exists", "passed": false, "text": "The pod nginx exists", "expected": "pod/nginx", "actual": "web",
            "field": "pods",
          ],
          [
            "id": "running", "passed": false, "text": "It runs", "expected": "Running", "actual": "Pending",
            "field": "pod/web status.phase",
          ],
        ], "hint": "<p>Wait.</p>\n",
      ])
  }

  @Test("the hint is the one for what fails and what is there")
  func hints() throws {
    let typo = try check("create", SmallWorld(objects: ["pods": [pod("ngnix", phase: "Pending")]]), language: "ko")
    #expect(typo.hint == "<p>이름이 <strong>ngnix</strong>입니다.</p>\n")
    let waiting = try check("create", SmallWorld(objects: ["pods": [pod("nginx", phase: "Pending")]]))
    #expect(waiting.conditions.map(\.isPassed) == [true, false])
    #expect(waiting.hint == "<p>Wait.</p>\n")
  }

  @Test("a check passes when all its conditions hold, and then has no hint")
  func passes() throws {
    let result = try check("create", SmallWorld(objects: ["pods": [pod("nginx", phase: "Running")]]))
    #expect(result.isPassed)
    #expect(result.hint == nil)
  }

  @Test("an empty world fails checks and says that there is nothing")
  func empty() throws {
    let result = try check("create", SmallWorld())
    #expect(result.conditions.map(\.isPassed) == [false, false])
    #expect(result.conditions.map(\.actual) == ["none", "none"])
    #expect(result.conditions[1].field == "")
  }

  @Test("only objects of the learner's namespace count")
  func namespaces() throws {
    let elsewhere = SmallWorld(objects: ["pods": [pod("nginx", phase: "Running", namespace: "kube-system")]])
    #expect(try !check("create", elsewhere).isPassed)
  }

  @Test("a check compares with the state when the step was entered, knows the time and the clock")
  func past() throws {
    let clock: Value = ["metadata": ["name": "cluster"], "spec": ["paused": false]]
    let one = SmallWorld(objects: ["pods": [pod("a", phase: "Running")], "clocks.podium.dev": [clock]])
    var two = one
    two.objects["pods"] = [pod("a", phase: "Running"), pod("b", phase: "Running")]
    #expect(try check("remove", one, before: two).isPassed)
    #expect(try !check("remove", two, before: two).isPassed)
    let early = evaluate(step: try step("remove"), now: one, before: two, time: 0, language: "ko")
    #expect(!early.isPassed)
    #expect(early.conditions[0].expected == "더 적게")
    #expect(early.conditions[0].actual == "1")
  }
}
