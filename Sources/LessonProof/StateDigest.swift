import Store
import Tree

/// What a learner can tell of a cluster's state: the objects and their specs, without what chance and time decide.
enum StateDigest {
  /// Kinds that come and go by themselves.
  private static let left: Set<String> = [
    "events", "leases.coordination.k8s.io", "endpoints", "endpointslices.discovery.k8s.io", "serviceaccounts",
    "controllerrevisions.apps",
  ]
  /// Members that differ from one run to the next.
  private static let chance: Set<String> = [
    "nodeName", "clusterIP", "clusterIPs", "volumeName", "uid", "controller-uid", "batch.kubernetes.io/controller-uid",
    "nodePort", "claimRef", "steps", "skipSeconds", "speed", "csi", "hostPath", "lastScheduleTime", "timeAdded",
  ]

  /// One line an object, sorted.
  static func lines(of snapshot: Snapshot) -> [String] {
    snapshot.collections.filter { !left.contains($0.name) }.flatMap { collection in
      snapshot.list(collection).filter { isLearners($0) }.map { line(of: $0, in: collection.name) }
    }.sorted()
  }

  /// The first line that only one of two states has.
  static func difference(_ entered: [String], _ walked: [String]) -> String? {
    if entered == walked { return nil }
    let more = entered.first { line in count(line, in: entered) > count(line, in: walked) }
    let fewer = walked.first { line in count(line, in: walked) > count(line, in: entered) }
    guard let more, let fewer else { return more.map { "extra \(name($0))" } ?? "no \(name(fewer ?? ""))" }
    return "\(more), and not \(fewer)"
  }

  private static func name(_ line: String) -> String { line.split(separator: " ").prefix(2).joined(separator: " ") }

  private static func count(_ line: String, in lines: [String]) -> Int { lines.count { $0 == line } }

  private static func isLearners(_ object: StoredObject) -> Bool {
    guard !object.namespace.hasPrefix("kube-"), object.value["metadata", "deletionTimestamp"] == nil else {
      return false
    }
    // A CronJob's Jobs, which are named for the minute, depend on how long one has been there.
    guard let owner = object.value["metadata", "ownerReferences"]?.array?.first else { return true }
    let minutes = owner["name"]?.string?.split(separator: "-").last ?? ""
    return owner["kind"] != "CronJob" && !(owner["kind"] == "Job" && minutes.count == 8 && Int(minutes) != nil)
  }

  private static func line(of object: StoredObject, in resource: String) -> String {
    let metadata = object.value["metadata"]
    let name = metadata?["generateName"]?.string ?? object.name
    let labels = cleaned(metadata?["labels"] ?? [:]).jsonText
    let content = ["spec", "data", "rules"].compactMap { object.value[$0].map { cleaned($0).jsonText } }
    return "\(resource) \(object.namespace)/\(name) \(labels) \(content.joined(separator: " "))"
  }

  private static func cleaned(_ value: Value) -> Value {
    if let items = value.array { return .array(items.map(cleaned)) }
    if let text = value.string, text.hasPrefix("kube-api-access-") { return "kube-api-access" }
    guard let members = value.object else { return value }
    var cleaned: Value = [:]
    for key in members.keys.sorted() where !chance.contains(key) {
      cleaned[key] = members[key].map { Self.cleaned($0) }
    }
    return cleaned
  }
}
