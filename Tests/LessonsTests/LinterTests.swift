import Testing

@testable import Lessons

@Suite struct LinterTests {
  private func lint(_ change: (inout Sample) -> Void) -> [String] {
    var sample = Sample()
    change(&sample)
    return LessonLinter(sample.library).problems().map(\.description)
  }

  @Test("languages with other commands or terms are told")
  func languages() {
    let commands = lint { $0.english = $0.english.replacing("kubectl apply -f pod.yaml", with: "kubectl get pods") }
    #expect(
      commands == [
        "sample/en.md:5: the commands of this section differ between ko.md and en.md: kubectl get pods / "
          + "kubectl apply -f pod.yaml: write the same commands in the same order"
      ])
    let terms = lint { $0.english = $0.english.replacing("[scheduler](term:scheduler)", with: "scheduler") }
    #expect(terms.count == 1 && terms[0].contains("the terms of this section differ"))
  }

  @Test("sections out of order and a missing outro are told")
  func order() {
    let found = lint { $0.korean = $0.korean.replacing("## 정리 {#outro}", with: "") }
    #expect(
      found == [
        "sample/ko.md: the sections are create, remove: put them in the steps' order, with an outro: create, remove, outro"
      ])
  }

  @Test("steps without solution, hint or shown values are told")
  func steps() {
    #expect(
      lint { $0.replace("  solution: [kubectl delete pod nginx]\n", "") }.first?.contains("has checks but no solution")
        == true)
    #expect(
      lint { $0.replace("  hints:\n  - text: {ko: 지우세요., en: Delete it.}\n", "") }.first?.contains("has no hint")
        == true)
    #expect(
      lint { $0.replace("    actual: string(pods.size())\n", "") }.first?.contains("does not say what it sees") == true)
    #expect(
      lint {
        $0.replace("solution: [kubectl delete pod nginx]", "solution: [kubectl delete pod nginx]\n  files: [web.yaml]")
      }
      .first?.contains("no command of 'remove' uses the file web.yaml") == true)
  }
}
