import Kinds
import Scheduler
import Tree

/// Why a pod is on its node, or on none.
struct SchedulingExplanation {
  let findings: [Finding]
  let nodes: [NodeExplanation]

  init(_ pod: Pod, decision: Decision?, scheduler: Scheduler) {
    nodes = (decision?.nodes ?? []).map { verdict in
      NodeExplanation(verdict: verdict, remedies: Self.remedies(verdict, pod: pod, scheduler: scheduler))
    }
    if let node = pod.spec.nodeName, !node.isEmpty {
      findings = [Self.placed(on: node, decision)]
      return
    }
    guard !pod.isTerminal else {
      findings = []
      return
    }
    let gates = (pod.spec.value["schedulingGates"]?.array ?? []).compactMap { $0["name"]?.string }
    guard gates.isEmpty else {
      findings = [Finding("SchedulingGated", Phrases.gated(gates))]
      return
    }
    guard let decision else {
      findings = [Finding("NotYetScheduled", Phrases.notYetScheduled(pod.spec.schedulerName))]
      return
    }
    var findings = [Finding("Unschedulable", Phrases.unschedulable(decision.message))]
    for node in nodes {
      for remedy in node.remedies { findings.append(Finding("WouldHelp", remedy)) }
    }
    self.findings = findings
  }

  private static func placed(on node: String, _ decision: Decision?) -> Finding {
    guard let decision, decision.chosen == node else { return Finding("Placed", Phrases.placed(on: node)) }
    let totals = decision.nodes.compactMap { verdict -> (node: String, total: Int64)? in
      guard case .feasible(let scores) = verdict.verdict, !scores.isEmpty else { return nil }
      return (verdict.node, scores.reduce(0) { $0 + $1.score * $1.weight })
    }
    let feasible = decision.nodes.count { if case .feasible = $0.verdict { true } else { false } }
    return Finding("Scheduled", Phrases.scheduled(on: node, feasible: feasible, of: decision.nodes.count, totals))
  }

  /// What would have to change for a node that was refused, by what refused it.
  private static func remedies(_ verdict: Decision.NodeVerdict, pod: Pod, scheduler: Scheduler) -> [Phrase] {
    guard case .refused(let plugin, let reasons) = verdict.verdict else { return [] }
    switch plugin {
    case "NodeResourcesFit":
      let missing = scheduler.shortfall(of: pod.uid, on: verdict.node)
      return missing.map { Phrases.lessRequested($0.resource, $0.text, on: verdict.node) }
    case "NodeUnschedulable": return [Phrases.uncordon(verdict.node)]
    case "TaintToleration":
      return scheduler.untoleratedTaints(of: pod.uid, on: verdict.node).map { Phrases.tolerate($0, on: verdict.node) }
    case "NodeAffinity":
      let selector = pod.spec.nodeSelector.pairs.map { "\($0.key)=\($0.value)" }
      return [Phrases.label(verdict.node, selector)]
    default: return [Phrases.otherRemedy(verdict.node, plugin, reasons)]
    }
  }
}
