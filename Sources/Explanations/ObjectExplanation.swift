import Kinds
import Store
import Tree

/// All that is said of one object.
struct ObjectExplanation {
  private let key: ObjectKey
  private let chain: CauseChain?
  private(set) var findings: [Finding] = []
  /// What the scheduler made of each node, for a pod.
  var nodes: [NodeExplanation] = []

  /// Of an object that is there: why it exists.
  init(of object: StoredObject, changes: [Change], past: Past) {
    key = object.key
    chain = changes.first { $0.kind == .created }.map { CauseChain(from: $0, in: past) }
    if let chain {
      findings.append(Finding("Exists", Phrases.exists(key, chain)))
    } else {
      findings.append(Finding("OriginForgotten", Phrases.originForgotten(key)))
    }
  }

  /// Of one that is gone: who deleted it.
  init(ofDeleted end: Change, by request: Change, past: Past) {
    key = end.key
    let chain = CauseChain(from: request, in: past)
    self.chain = chain
    findings.append(Finding("Deleted", Phrases.deleted(key, end, chain)))
  }

  mutating func add(_ more: [Finding]) { findings += more }

  /// The `status` of an Explanation.
  func value(in language: Language) -> Value {
    var value: Value = [
      "summary": .string((findings.last { !$0.isBackground } ?? findings[0]).phrase.text(in: language)),
      "findings": .array(findings.map { $0.value(in: language) }),
    ]
    if let chain { value["causes"] = chain.value(in: language) }
    if !nodes.isEmpty { value["nodes"] = .array(nodes.map { $0.value(in: language) }) }
    return value
  }
}

extension Finding {
  /// Whether it tells only where the object comes from.
  fileprivate var isBackground: Bool { ["Exists", "OriginForgotten"].contains(reason) }
}
