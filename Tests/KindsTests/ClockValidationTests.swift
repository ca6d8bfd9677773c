import Testing
import Tree

@testable import Kinds

@Suite("What a Clock may ask for")
struct ClockValidationTests {
  private func clock(_ spec: Value) -> Value {
    var value: Value = ["metadata": ["name": "cluster", "resourceVersion": "1"], "spec": spec]
    Kind.clock.applyDefaults(to: &value)
    return value
  }

  private func messages(_ spec: Value, from old: Value) -> [String] {
    Kind.clock.validateUpdate(clock(spec), from: clock(old), subresource: nil).map { $0.field + ": " + $0.message }
  }

  @Test("totals grow, up to a limit in one change")
  func growth() {
    #expect(messages(["steps": 1_005, "skipSeconds": 604_805], from: ["steps": 5, "skipSeconds": 5]) == [])
    #expect(
      messages(["steps": 1_006], from: ["steps": 5])
        == ["spec.steps: Invalid value: 1006: must not grow by more than 1000 in one change: it is 5 now"])
    #expect(
      messages(["skipSeconds": 604_801], from: [:])
        == ["spec.skipSeconds: Invalid value: 604801: must not grow by more than 604800 in one change: it is 0 now"])
    #expect(messages(["skipSeconds": .integer(.max)], from: ["skipSeconds": 1]).count == 1)
  }

  @Test("totals do not go back, but may count anew")
  func decrease() {
    #expect(messages(["steps": 0, "skipSeconds": 0], from: ["steps": 5, "skipSeconds": 7]) == [])
    #expect(
      messages(["steps": 4], from: ["steps": 5])
        == ["spec.steps: Invalid value: 4: must be 0 or not less than 5: it is a total, which grows or counts anew"])
  }

  @Test(
    "nonsense is refused by a new Clock too",
    arguments: [
      ["steps": -1], ["skipSeconds": -1], ["skipSeconds": .integer(.min)], ["steps": 1_001], ["speed": 0.01],
      ["speed": 1_001],
    ] as [Value])
  func nonsense(_ spec: Value) {
    #expect(Kind.clock.validate(clock(spec)).count == 1)
  }

  @Test("speeds from a tenth to a thousand are right", arguments: [0.1, 1, 1_000])
  func speed(_ speed: Double) {
    #expect(Kind.clock.validate(clock(["speed": .number(speed)])) == [])
  }
}
