import ClusterTesting
import Testing

@testable import Lessons

/// Mistakes that learners make, on the real engine, and the hint that each gets.
@Suite struct HintTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let lesson: String
    let step: String
    /// What the learner does in place of the solution.
    let commands: [String]
    /// A file that the learner has changed: what it says, and what they wrote instead.
    var edit: (old: String, new: String)?
    /// Words of the hint.
    let hint: String

    var testDescription: String { "\(lesson) \(step): \(hint)" }
  }

  static let mistakes = [
    Mistake(lesson: "birth-of-a-pod", step: "create", commands: [], hint: "There is no pod yet"),
    Mistake(
      lesson: "birth-of-a-pod", step: "create", commands: ["kubectl apply -f pod.yaml"],
      edit: ("name: nginx\nspec", "name: ngnix\nspec"), hint: "a pod of another name"),
    Mistake(
      lesson: "birth-of-a-pod", step: "create", commands: ["kubectl apply -f pod.yaml"],
      edit: ("nginx:1.7.9", "nginx:1.7.99"), hint: "The image cannot be pulled"),
    Mistake(
      lesson: "birth-of-a-pod", step: "stored", commands: ["kubectl apply -f slow.yaml"], hint: "has a node already"),
    Mistake(
      lesson: "birth-of-a-pod", step: "too-big", commands: ["kubectl apply -f big.yaml"], edit: ("\"3\"", "\"1\""),
      hint: "does not request 3 CPUs"),
    Mistake(
      lesson: "birth-of-a-pod", step: "requests",
      commands: ["kubectl apply -f late.yaml", "kubectl apply -f reserved.yaml"], hint: "late took its place before"),
    Mistake(
      lesson: "birth-of-a-pod", step: "room",
      commands: [
        "kubectl scale deployment reserved --replicas=2", "kubectl delete pod late",
        "kubectl run late --image=nginx:1.27",
      ], hint: "You deleted late"),
    Mistake(
      lesson: "self-healing", step: "delete-pod", commands: ["kubectl delete pod single"], hint: "the lonely pod"),
    Mistake(
      lesson: "self-healing", step: "delete-pod",
      commands: ["kubectl delete pods -l app=web", "kubectl scale deployment web --replicas=5"],
      hint: "changed the number of replicas"),
    Mistake(
      lesson: "self-healing", step: "crash", commands: ["kubectl apply -f crash.yaml"],
      edit: ("name: single", "name: web"), hint: "The Fault names another pod"),
    Mistake(
      lesson: "self-healing", step: "node-down", commands: ["kubectl apply -f node-down.yaml"],
      edit: ("node: node-2", "node: node-3"), hint: "You took down another node"),
    Mistake(
      lesson: "self-healing", step: "evict", commands: ["kubectl delete fault node-2-down"],
      hint: "You brought the node back already"),
    Mistake(
      lesson: "rollout", step: "update", commands: ["kubectl set image deployment/web nginx=nginx:1.277"],
      hint: "A pod cannot pull its image"),
    Mistake(
      lesson: "rollout", step: "undo", commands: ["kubectl rollout undo deployment/web --to-revision=1"],
      hint: "You went too far back"),
    Mistake(
      lesson: "rollout", step: "to-revision", commands: ["kubectl rollout undo deployment/web"],
      hint: "the revision <strong>just before</strong>"),
  ]

  @Test("a mistake gets the hint that names it", arguments: mistakes)
  func hint(_ mistake: Mistake) throws {
    let lesson = try #require(ProofTests.library?.lesson(mistake.lesson))
    let step = try #require(lesson.step(mistake.step))
    let walk = try Walk(lesson)
    #expect(walk.start(at: step.id) == nil)
    let before = walk.world(of: walk.allReads)
    let files = step.files.map { LessonFile(name: $0.name, content: mistake.edited($0.content)) }
    for line in mistake.commands { #expect(walk.run(line, files: files) == nil) }
    walk.lab.advance(bySeconds: 20)
    let result = walk.check(step, before: before)
    #expect(!result.isPassed)
    #expect(result.hint?.contains(mistake.hint) == true, "\(result.hint ?? "no hint")")
  }
}

extension HintTests.Mistake {
  fileprivate func edited(_ text: String) -> String {
    guard let edit else { return text }
    return text.replacing(edit.old, with: edit.new)
  }
}
