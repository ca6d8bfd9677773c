import Kinds
import Loop

/// Which pods a ReplicaSet deletes first when it has too many (Kubernetes' ActivePodsWithRanks): those that serve least
/// and were paid for least.
struct PodRanking {
  /// How many related pods run on the same node, by node; more go first, so that the rest stays spread.
  let podsOnNode: [String: Int]
  let now: Time

  /// Whether `left` goes before `right`.
  func deletes(_ left: Pod, before right: Pod) -> Bool {
    let order =
      compare(isAssigned(left), isAssigned(right)) ?? compare(phaseRank(left), phaseRank(right))
      ?? compare(left.isReady ? 1 : 0, right.isReady ? 1 : 0) ?? compare(cost(left), cost(right))
      ?? compare(crowding(right), crowding(left))
    return order ?? compareReadyTimes(left, right) ?? compare(restarts(right), restarts(left))
      ?? compareAges(left.created, right.created, left, right) ?? (left.name < right.name)
  }

  private func compare(_ left: Int, _ right: Int) -> Bool? { left == right ? nil : left < right }

  private func isAssigned(_ pod: Pod) -> Int { pod.spec.nodeName == nil ? 0 : 1 }

  private func phaseRank(_ pod: Pod) -> Int {
    switch pod.status.phase {
    case "Running": 2
    case "Unknown": 1
    default: 0
    }
  }

  private func cost(_ pod: Pod) -> Int {
    pod.metadata.annotations.number("controller.kubernetes.io/pod-deletion-cost") ?? 0
  }

  private func crowding(_ pod: Pod) -> Int { podsOnNode[pod.spec.nodeName ?? ""] ?? 0 }

  private func restarts(_ pod: Pod) -> Int { pod.status.containerStatuses.map(\.restartCount).max() ?? 0 }

  private func compareReadyTimes(_ left: Pod, _ right: Pod) -> Bool? {
    guard left.isReady, right.isReady else { return nil }
    return compareAges(left.readySince, right.readySince, left, right)
  }

  /// The younger goes first, but ages count only by their order of magnitude (a power of two); within one, the uid
  /// decides, which is as good as chance.
  private func compareAges(_ left: Time?, _ right: Time?, _ leftPod: Pod, _ rightPod: Pod) -> Bool? {
    if left == right { return nil }
    guard let left, let right else { return left == nil }
    let (leftRank, rightRank) = (magnitude(now - left), magnitude(now - right))
    return leftRank == rightRank ? leftPod.uid < rightPod.uid : leftRank < rightRank
  }

  private func magnitude(_ age: Duration) -> Int {
    let nanoseconds = age.nanoseconds
    return nanoseconds > 0 ? Int64.bitWidth - 1 - nanoseconds.leadingZeroBitCount : -1
  }
}
