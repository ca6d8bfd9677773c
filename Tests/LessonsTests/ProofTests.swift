import LessonProof
import Testing

@testable import Lessons

/// Every lesson of the repository, on the real engine. `podium lesson test` proves more: start states, mistakes, hints.
@Suite struct ProofTests {
  private static let library = try? LessonLibrary.load(directory: RepositoryTests.folder)
  private static let lessons = library?.lessons ?? []

  @Test("whoever runs the commands of a lesson's text gets to its end", arguments: lessons)
  func walks(_ lesson: Lesson) throws {
    let library = try #require(Self.library)
    #expect(LessonProof(lesson, in: library).runWalk().map(\.description) == [])
  }

  /// A lesson that holds, and what it is told when it is changed so that it does not.
  struct Flaw: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let problem: String
    var testDescription: String { problem }
  }

  @Test(
    "what a lesson does not hold is told",
    arguments: [
      Flaw(old: "[kubectl delete pod nginx]", new: "[kubectl get pods]", problem: "its solution does not solve it"),
      Flaw(
        old: "[kubectl delete pod nginx]", new: "[kubectl delete pod ngnix]",
        problem: "'kubectl delete pod ngnix' fails"),
      Flaw(old: "pods.size() < before.pods.size()", new: "pods.size() > 0", problem: "its checks pass before"),
      Flaw(old: "[kubectl run ngnix --image=nginx:1.27]", new: "[kubectl get pods]", problem: "does not show it"),
      Flaw(
        old: "- id: remove", new: "- id: remove\n  start: {commands: [kubectl run nginx --image=nginx:1.27]}",
        problem: "entering it directly gives another state"),
      Flaw(
        old: "  - text: {ko: 지우세요., en: Delete it.}",
        new: "  - text: {ko: 지우세요., en: Delete it.}\n  - text: {ko: 지우세요., en: Never.}",
        problem: "hint 2 is never shown"),
    ])
  func flaws(_ flaw: Flaw) throws {
    var sample = Sample()
    #expect(Self.problems(of: sample) == [])
    sample.replace(flaw.old, flaw.new)
    let found = Self.problems(of: sample)
    #expect(found.contains { $0.contains(flaw.problem) }, "\(found)")
  }

  private static func problems(of sample: Sample) -> [String] {
    let library = sample.library
    guard let lesson = library.lesson("sample") else { return library.broken.map(\.description) }
    return LessonProof(lesson, in: library).run().map(\.description)
  }
}

extension Lesson: CustomTestStringConvertible {
  /// What a failing case is called.
  public var testDescription: String { id }
}
