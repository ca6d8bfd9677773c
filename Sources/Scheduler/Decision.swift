package import Loop
package import Store

/// Why a pod is where it is, or nowhere: what every filter and score said of every node that was looked at, the last
/// time the scheduler looked at the pod.
package struct Decision: Sendable {
  /// One plugin's opinion of a node that a pod can run on.
  package struct Score: Sendable, Equatable {
    /// `NodeResourcesFit`
    package let plugin: String
    /// From 0 to 100.
    package let score: Int64
    /// How much the plugin counts.
    package let weight: Int64

    /// What it adds to the node's total.
    package var weighted: Int64 { score * weight }
  }

  /// What the plugins made of one node.
  package enum Verdict: Sendable, Equatable {
    /// The first filter that refused the node, and its reasons in Kubernetes' words.
    case refused(plugin: String, reasons: [String])
    /// The node would do; nothing is scored where it is the only one.
    case feasible(scores: [Score])
  }

  /// One node and what the plugins made of it.
  package struct NodeVerdict: Sendable, Equatable {
    /// The node's name.
    package let node: String
    /// Refused, or how it scored.
    package let verdict: Verdict

    /// The sum of the weighted scores; nil for a node that was refused.
    package var total: Int64? {
      guard case .feasible(let scores) = verdict else { return nil }
      return scores.reduce(0) { $0 + $1.weighted }
    }
  }

  /// A pod that had to make room.
  package struct Victim: Sendable, Equatable {
    /// Which pod.
    package let pod: ObjectKey
    /// Its priority.
    package let priority: Int64
  }

  /// The pod that was to be placed.
  package let pod: ObjectKey
  /// That pod's uid.
  package let uid: String
  /// When the scheduler looked.
  package let time: Time
  /// Which attempt to place the pod this was, from 1.
  package let attempt: Int
  /// The node that the pod went to; nil where it fitted nowhere.
  package let chosen: String?
  /// The node on which room is being made for the pod.
  package let nominated: String?
  /// Those that make room for it.
  package let victims: [Victim]
  /// What the pod's condition and event say.
  package let message: String
  /// The plugin that found that the pod fits nowhere before it looked at nodes (`VolumeBinding`).
  package let earlyRefusal: String?

  /// Kept small, because thousands of these are: the verdicts are made of it when somebody asks.
  private let feasible: [String]
  private let scores: [(plugin: String, weight: Int64, values: [UInt8])]
  private let refused: [(node: String, plugin: String, refusal: Refusal)]

  init(
    of entry: QueuedPod, at time: Time, _ result: NodeSearch.Result, chosen: String? = nil, nominated: String? = nil,
    victims: [Victim] = [], message: String
  ) {
    pod = entry.pod.key
    uid = entry.pod.uid
    self.time = time
    attempt = entry.attempts + 1
    self.chosen = chosen
    self.nominated = nominated
    self.victims = victims
    self.message = message
    earlyRefusal = result.early?.plugin
    feasible = result.feasible.map(\.name)
    scores = result.scores.map { ($0.plugin, $0.weight, $0.values.map { UInt8(clamping: $0) }) }
    refused = result.refused.map { ($0.node.name, $0.plugin, $0.refusal) }
  }

  /// In the order of the nodes' names; nodes that were not looked at are not among them.
  package var nodes: [NodeVerdict] {
    let good = feasible.enumerated().map { index, node in
      let scores = scores.map { Score(plugin: $0.plugin, score: Int64($0.values[index]), weight: $0.weight) }
      return NodeVerdict(node: node, verdict: .feasible(scores: scores))
    }
    let bad = refused.map { entry in
      NodeVerdict(node: entry.node, verdict: .refused(plugin: entry.plugin, reasons: entry.refusal.reasons))
    }
    return (good + bad).sorted { $0.node < $1.node }
  }

  /// How much memory it takes, in nodes.
  var size: Int { feasible.count + refused.count + 1 }
}

/// The last decisions, bounded in number and size: the oldest is forgotten first.
struct DecisionLog {
  static let limit = 4_096
  /// Nodes in all decisions.
  static let sizeLimit = 400_000

  private var decisions: [String: Decision] = [:]
  private var order: [String] = []
  private var oldest = 0
  private var size = 0

  subscript(uid: String) -> Decision? { decisions[uid] }

  mutating func record(_ decision: Decision) {
    size += decision.size
    if let old = decisions.updateValue(decision, forKey: decision.uid) {
      size -= old.size
    } else {
      order.append(decision.uid)
    }
    while order.count - oldest > 1, order.count - oldest > Self.limit || size > Self.sizeLimit {
      forget(order[oldest])
      oldest += 1
    }
    if oldest > Self.limit {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  /// Forgets a pod that is gone.
  mutating func forget(_ uid: String) {
    if let old = decisions.removeValue(forKey: uid) { size -= old.size }
  }
}
