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

@Suite("How an attempt goes on") struct AttemptTests {
  private func result(_ step: String, _ conditions: [(String, Bool)]) -> CheckResult {
    CheckResult(
      step: step,
      conditions: conditions.map {
        CheckResult.Condition(id: $0.0, isPassed: $0.1, text: "t", expected: "e", actual: "a", field: "f")
      }, hint: nil, hintIndex: nil)
  }

  @Test("it says what does not hold and since when nothing has got better")
  func stuck() {
    var status = AttemptStatus([:])
    status.enter("one", at: "10:00")
    status.note(result("one", [("a", false), ("b", false)]), isLast: false, showsNewHint: false, at: "10:01")
    #expect(status.since == "10:01")
    #expect(status.condition?["id"] == "a")
    status.note(result("one", [("a", false), ("b", false)]), isLast: false, showsNewHint: true, at: "10:05")
    #expect(status.since == "10:01")
    #expect(status.hintsShown == 1)
    status.note(result("one", [("a", true), ("b", false)]), isLast: false, showsNewHint: false, at: "10:06")
    #expect(status.since == "10:06")
    #expect(status.passedConditions == 1 && status.conditions == 2)
  }

  @Test("steps are finished once, the last completes the lesson")
  func finished() {
    var status = AttemptStatus([:])
    status.enter("one", at: "10:00")
    status.note(result("one", [("a", true)]), isLast: false, showsNewHint: true, at: "10:01")
    #expect(status.state == "Passed")
    #expect(status.condition == nil)
    status.enter("two", at: "10:02")
    #expect(status.state == "Working")
    status.note(result("two", [("b", true)]), isLast: true, showsNewHint: false, at: "10:03")
    #expect(status.state == "Completed" && status.completedAt == "10:03")
    status.enter("one", at: "11:00")
    status.note(result("one", [("a", true)]), isLast: false, showsNewHint: false, at: "11:01")
    #expect(status.finishedSteps.map(\.step) == ["one", "two"])
    #expect(status.finishedSteps.map(\.hints) == [1, 0])
    #expect(status.startedAt == "10:00")
  }
}
