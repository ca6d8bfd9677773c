import API
import Kinds
import Loop
import Store
import Tree

/// Makes room for a pod by the removal of pods of lower priority (kube-scheduler's plugin DefaultPreemption).
struct Preemption {
  /// A node, and those who would have to leave it.
  struct Candidate {
    let node: NodeSummary
    let victims: [PodSummary]
    /// How many of the victims a disruption budget would keep.
    let violations: Int
  }

  enum Outcome {
    case candidate(Candidate)
    case none(String)
  }

  let pod: PodSummary
  let cluster: ClusterSummary
  let profile: Profile
  let nominations: Nominations

  /// Where room can best be made; `refused` is what the search found of the nodes, `offset` where to begin.
  func run(_ refused: [(node: NodeSummary, plugin: String, refusal: Refusal)], offset: Int) -> Outcome {
    let helpful = refused.filter(\.refusal.couldBeHelpedByPreemption).map(\.node)
    var candidates: [Candidate] = []
    var reasons: [[String]] = []
    let wanted = profile.preemptionCandidates(among: helpful.count)
    let budgets = cluster.store.list(Kind.podDisruptionBudget.groupResource)
    for index in helpful.indices where candidates.count < wanted {
      let node = helpful[(offset + index) % helpful.count]
      switch victims(on: node, budgets) {
      case .found(let candidate): candidates.append(candidate)
      case .refused(let refusal): reasons.append(refusal.reasons)
      }
    }
    guard let best = Self.best(of: candidates) else {
      return .none(UnschedulableMessage.noVictims(reasons, of: cluster.nodes.count))
    }
    return .candidate(best)
  }

  private enum Trial {
    case found(Candidate)
    case refused(Refusal)
  }

  /// Takes all pods of lower priority off the node and puts back as many as fit, the most important first, and of all
  /// those that a budget keeps.
  private func victims(on node: NodeSummary, _ budgets: [StoredObject]) -> Trial {
    let lower = node.pods.filter { $0.priority < pod.priority }
    guard !lower.isEmpty else {
      return .refused(.unresolvable("No preemption victims found for incoming pod"))
    }
    for other in lower { cluster.removePod(uid: other.uid) }
    var victims: [PodSummary] = []
    defer { for other in victims { cluster.place(other, on: node) } }
    if let refusal = refusal(of: node) {
      victims = lower
      return .refused(refusal)
    }
    let important = lower.sorted(by: Self.isMoreImportant)
    let (kept, free) = DisruptionBudgets(budgets).divide(important)
    var violations = 0
    for other in kept + free {
      cluster.place(other, on: node)
      guard refusal(of: node) != nil else { continue }
      cluster.removePod(uid: other.uid)
      victims.append(other)
      if kept.contains(where: { $0 === other }) { violations += 1 }
    }
    victims.sort(by: Self.isMoreImportant)
    return .found(Candidate(node: node, victims: victims, violations: violations))
  }

  private func refusal(of node: NodeSummary) -> Refusal? {
    let awaited = nominations.awaited(on: node.name, before: pod)
    for other in awaited { cluster.place(other, on: node) }
    defer { for other in awaited { cluster.removePod(uid: other.uid) } }
    return NodeSearch.refusal(of: node, for: pod, in: cluster, profile)?.1
  }

  private static func isMoreImportant(_ left: PodSummary, _ right: PodSummary) -> Bool {
    if left.priority != right.priority { return left.priority > right.priority }
    return left.startTime == right.startTime ? left.path < right.path : left.startTime < right.startTime
  }

  /// The fewest budgets violated, then the lowest of the highest priorities, the lowest sum of priorities, the fewest
  /// victims, the latest start of the most important victim, the first.
  private static func best(of candidates: [Candidate]) -> Candidate? {
    candidates.enumerated().min { left, right in
      let (one, other) = (rank(left.element), rank(right.element))
      return one == other ? left.offset < right.offset : one.lexicographicallyPrecedes(other)
    }?.element
  }

  private static func rank(_ candidate: Candidate) -> [Int64] {
    let priorities = candidate.victims.map(\.priority)
    let highest = priorities.max() ?? .min
    // Kubernetes shifts priorities so that more victims never make a smaller sum.
    let sum = priorities.reduce(Int64(0)) { $0 + $1 + Int64(Int32.max) + 1 }
    let earliest = candidate.victims.filter { $0.priority == highest }.map(\.startTime).min()
    return [
      Int64(candidate.violations), highest, sum, Int64(priorities.count), -(earliest?.nanoseconds ?? 0),
    ]
  }
}

/// Which pods disruption budgets keep from being removed now.
struct DisruptionBudgets {
  private var budgets: [(namespace: String, selector: LabelSelector, allowed: Int64, disrupted: Set<String>)] = []

  init(_ stored: [StoredObject]) {
    for object in stored {
      guard let selector = object.value["spec", "selector"].flatMap({ LabelSelector($0) }), !selector.isEmpty else {
        continue
      }
      let disrupted = (object.value["status", "disruptedPods"]?.object ?? Members()).map(\.key)
      budgets.append(
        (object.namespace, selector, object.value["status", "disruptionsAllowed"]?.integer ?? 0, Set(disrupted)))
    }
  }

  /// Those that a budget keeps, and the others, each in the order given.
  func divide(_ pods: [PodSummary]) -> (kept: [PodSummary], free: [PodSummary]) {
    var allowed = budgets.map(\.allowed)
    var (kept, free): ([PodSummary], [PodSummary]) = ([], [])
    for pod in pods {
      var isKept = false
      for (index, budget) in budgets.enumerated()
      where budget.namespace == pod.namespace && budget.selector.matches(pod.labels)
        && !budget.disrupted.contains(pod.key.name)
      {
        allowed[index] -= 1
        if allowed[index] < 0 { isKept = true }
      }
      if isKept { kept.append(pod) } else { free.append(pod) }
    }
    return (kept, free)
  }
}
