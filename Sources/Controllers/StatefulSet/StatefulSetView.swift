import Kinds
import Tree

/// A StatefulSet (API reference, StatefulSet v1 apps).
struct StatefulSetView: ObjectView {
  var value: Value
  init(_ value: Value) { self.value = value }

  var replicas: Int { value["spec", "replicas"]?.integer.map { Int($0) } ?? 1 }
  var minReadySeconds: Int { value["spec", "minReadySeconds"]?.integer.map { Int($0) } ?? 0 }
  var serviceName: String { value["spec", "serviceName"]?.string ?? "" }
  var revisionHistoryLimit: Int { value["spec", "revisionHistoryLimit"]?.integer.map { Int($0) } ?? 10 }
  var isParallel: Bool { value["spec", "podManagementPolicy"]?.string == "Parallel" }
  var isRolling: Bool { (value["spec", "updateStrategy", "type"]?.string ?? "RollingUpdate") == "RollingUpdate" }
  var claimTemplates: [Value] { value["spec", "volumeClaimTemplates"]?.array ?? [] }

  /// Pods below this ordinal keep the revision they have.
  var partition: Int {
    value["spec", "updateStrategy", "rollingUpdate", "partition"]?.integer.map { Int($0) } ?? 0
  }

  /// How many pods an update may take down at a time: one at least.
  var maxUnavailable: Int {
    let amount = value["spec", "updateStrategy", "rollingUpdate", "maxUnavailable"]
    return max(1, Share.count(amount, of: replicas, roundingUp: true) ?? 1)
  }

  /// The ordinals that the pods should have.
  var ordinals: Range<Int> {
    let start = value["spec", "ordinals", "start"]?.integer.map { Int($0) } ?? 0
    return start..<start + replicas
  }

  /// The ordinal in the name of one of its pods; nil where the name is not of that form.
  func ordinal(of pod: String) -> Int? {
    guard pod.hasPrefix(name + "-") else { return nil }
    let digits = pod.dropFirst(name.utf8.count + 1)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(digits)
  }
}

extension Pod {
  /// The label that names the revision of its template.
  var revisionLabel: String { metadata.labels[RevisionHistory.podLabel] ?? "" }

  var isRunningAndReady: Bool { status.phase == "Running" && isReady }
}
