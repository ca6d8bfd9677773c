import Scheduler
import Tree

/// What the scheduler made of one node for one pod, and what would make it change its mind.
struct NodeExplanation {
  let verdict: Decision.NodeVerdict
  /// What would have to change for the node to take the pod.
  let remedies: [Phrase]

  func value(in language: Language) -> Value {
    var value: Value = ["name": .string(verdict.node)]
    switch verdict.verdict {
    case .refused(let plugin, let reasons):
      value["plugin"] = .string(plugin)
      value["reasons"] = .array(reasons.map(Value.string))
      value["remedies"] = .array(remedies.map { .string($0.text(in: language)) })
    case .feasible(let scores):
      value["scores"] = .array(
        scores.map { ["plugin": .string($0.plugin), "score": .integer($0.score), "weight": .integer($0.weight)] })
      value["total"] = .integer(scores.reduce(0) { $0 + $1.score * $1.weight })
    }
    return value
  }
}
