package import Loop
package import Store

/// Why a pod is where it is, or nowhere: what every filter and score said of every node, the last time the scheduler
/// looked at the pod.
package struct Decision: Sendable, Equatable {
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

  /// The pod that was to be placed.
  package let pod: ObjectKey
  /// That pod's uid.
  package let uid: String
  /// When the scheduler looked.
  package let time: Time
  /// Which attempt to place the pod this was, from 1.
  package let attempt: Int
  /// In the order of the nodes' names.
  package let nodes: [NodeVerdict]
  /// The node that the pod went to; nil where it fitted nowhere.
  package let chosen: String?
  /// What the pod's condition and event say.
  package let message: String
}

/// The last decisions, at most `limit` of them: the oldest is forgotten first.
struct DecisionLog {
  static let limit = 4_096

  private var decisions: [String: Decision] = [:]
  private var order: [String] = []
  private var oldest = 0

  subscript(uid: String) -> Decision? { decisions[uid] }

  mutating func record(_ decision: Decision) {
    if decisions.updateValue(decision, forKey: decision.uid) != nil { return }
    order.append(decision.uid)
    while order.count - oldest > Self.limit {
      decisions[order[oldest]] = nil
      oldest += 1
    }
    if oldest > Self.limit {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  /// Forgets a pod that is gone.
  mutating func forget(_ uid: String) { decisions[uid] = nil }
}
