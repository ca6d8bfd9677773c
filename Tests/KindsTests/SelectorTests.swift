import Testing
import Tree

@testable import Kinds

@Suite("Selectors") struct SelectorTests {
  private let labels = TextMap([("app", "web"), ("tier", "front"), ("weight", "5")])

  @Test(
    "of labels match as Kubernetes' do",
    arguments: [
      ("", true), ("app=web", true), ("app==web", true), ("app!=web", false), ("missing!=x", true), ("app", true),
      ("!app", false), ("!missing", true), ("tier in (front, back)", true), ("tier notin (front)", false),
      ("missing notin (a)", true), ("weight>4", true), ("weight<5", false), ("app=web,tier=back", false),
      (" app = web , tier in (front) ", true), ("app=", false),
    ])
  func labelSelectors(text: String, expected: Bool) throws {
    #expect(try LabelSelector(text: text).matches(labels) == expected)
  }

  @Test(
    "of labels are refused when they cannot be read",
    arguments: ["a in", "a in b", "a b", "=a", "a=b,", "a in (b", "-x=1", "w>a"])
  func unreadable(text: String) {
    #expect(throws: SelectorError.self) { try LabelSelector(text: text) }
  }

  @Test("are read from an object's field, and written as kubectl writes them")
  func fromObject() throws {
    let selector = try #require(
      LabelSelector([
        "matchLabels": ["app": "web"], "matchExpressions": [["key": "tier", "operator": "In", "values": ["b", "a"]]],
      ]))
    #expect(selector.description == "app=web,tier in (a,b)")
    #expect(!selector.matches(labels))
    #expect(LabelSelector(["matchExpressions": [["key": "a", "operator": "Like"]]]) == nil)
  }

  @Test("of fields compare texts; what is not set is empty")
  func fieldSelectors() throws {
    let pod: Value = ["metadata": ["name": "a"], "status": ["phase": "Running"]]
    #expect(try FieldSelector(text: "status.phase=Running,metadata.name!=b").matches(pod))
    #expect(try FieldSelector(text: "spec.nodeName=").matches(pod))
    #expect(try !FieldSelector(text: "status.phase!=Running").matches(pod))
    #expect(throws: SelectorError.self) { try FieldSelector(text: "status.phase") }
  }
}
