import Kinds
import Loop
import Tree

/// The pods of a ReplicaSet as its status counts them.
///
/// They are kept up while pods only become ready or cease to be, so that a thousand pods that start are not a thousand
/// looks at a thousand pods.
struct ReplicaSetPods {
  /// Those that count as replicas, by uid, with the moment since when they are ready; nil while they are not.
  private var active: [String: Time?]
  private let minReadySeconds: Int
  private(set) var ready = 0
  /// How many have every label of the template.
  let fullyLabeled: Int
  let terminating: Int

  init(of replicaSet: ReplicaSet, active pods: [Pod], terminating: Int) {
    let templateLabels = replicaSet.spec.template.metadata.labels.pairs
    fullyLabeled = pods.count { pod in
      let labels = pod.metadata.labels
      return templateLabels.allSatisfy { labels[$0.key] == $0.value }
    }
    self.terminating = terminating
    minReadySeconds = replicaSet.spec.minReadySeconds
    active = Dictionary(minimumCapacity: pods.count)
    for pod in pods { active[pod.uid] = .some(nil) }
    for pod in pods { noteReadiness(of: pod) }
  }

  var count: Int { active.count }

  /// Takes in whether one of the pods is ready; others do not count.
  mutating func noteReadiness(of pod: Pod) {
    guard let before = active[pod.uid] else { return }
    let since = pod.isReady ? pod.readySince ?? .distantFuture : nil
    active[pod.uid] = .some(since)
    ready += (since == nil ? 0 : 1) - (before == nil ? 0 : 1)
  }

  /// How many have been ready for the ReplicaSet's `minReadySeconds`.
  func available(at now: Time) -> Int {
    if minReadySeconds == 0 { return ready }
    return active.values.count { since in since.map { $0 + .seconds(minReadySeconds) <= now } ?? false }
  }

  /// When the next ready pod becomes available; nil if all that are ready are.
  func nextAvailability(after now: Time) -> Time? {
    if minReadySeconds == 0 { return nil }
    return active.values.compactMap { $0 }.map { $0 + .seconds(minReadySeconds) }.filter { $0 > now }.min()
  }
}
