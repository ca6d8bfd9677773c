import CEL
import Testing
import Tree

@Suite struct LimitTests {
  private let numbers: Value = .array((0..<200).map { .integer($0) })

  @Test("a run that takes too many steps ends, even where errors are absorbed")
  func steps() {
    let text = "n.all(a, n.all(b, n.all(c, a + b + c >= 0))) || true"
    #expect(failure(text, ["n": numbers])?.kind == .limit)
  }

  @Test("text and nesting are limited")
  func size() {
    #expect(failure(String(repeating: "(", count: 200) + "1")?.kind == .limit)
    #expect(failure(String(repeating: "[", count: 200))?.kind == .limit)
    #expect(failure("1" + String(repeating: " + 1", count: 200))?.kind == .limit)
    #expect(failure("'" + String(repeating: "a", count: 20_000) + "'")?.kind == .limit)
  }

  @Test("long chains of conditions are no nesting")
  func chains() throws {
    #expect(try evaluate(Array(repeating: "true", count: 500).joined(separator: " && ")) == true)
    #expect(try evaluate("!!" + String(repeating: "!!", count: 400) + "true") == true)
  }

  @Test("strings cannot grow without end")
  func strings() {
    let text = String(repeating: "a", count: 10_000)
    #expect(failure("text.replace('', text)", ["text": .string(text)])?.kind == .limit)
  }

  @Test("an expression's error carries its place")
  func places() {
    #expect(
      failure("true &&\n  pods[0].size() > 0", ["pods": []])?.description == "2:7: index 0 is outside the list of 0")
  }
}
