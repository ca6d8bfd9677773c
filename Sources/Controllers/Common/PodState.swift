import Kinds
import Loop
import Tree

extension Pod {
  /// Whether it counts towards its controller's replicas.
  var isActive: Bool { !isTerminal && !metadata.isDeleting }

  /// Whether it is on its way out and has not ended yet.
  var isTerminating: Bool { !isTerminal && metadata.isDeleting }

  /// Since when it is ready; nil while it is not.
  var readySince: Time? {
    status.conditions.first { $0.type == "Ready" && $0.isTrue }?.lastTransitionTime.flatMap(Time.init(timestamp:))
  }

  /// When it has been ready for that long; nil while it is not ready.
  func availableTime(minReadySeconds: Int) -> Time? {
    guard isReady else { return nil }
    if minReadySeconds == 0 { return readySince ?? Time(seconds: 0) }
    return readySince.map { $0 + .seconds(minReadySeconds) }
  }

  func isAvailable(minReadySeconds: Int, at now: Time) -> Bool {
    availableTime(minReadySeconds: minReadySeconds).map { $0 <= now } ?? false
  }

  var created: Time? { metadata.creationTimestamp.flatMap(Time.init(timestamp:)) }
}

extension Value {
  /// An object of the counts that are not 0, as Kubernetes leaves zeros out of most statuses.
  static func counts(_ pairs: [(String, Int)]) -> Value {
    .object(Members(pairs.filter { $0.1 != 0 }.map { ($0, .integer(Int64($1))) }))
  }
}
