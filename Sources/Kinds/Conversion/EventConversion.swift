import Tree

/// Events of the core group as events.k8s.io/v1 shows them: other names for the same fields
/// (k8s.io/kubernetes, pkg/apis/events/v1).
enum EventConversion {
  static let conversion = KindConversion(
    of: .event,
    fieldNames: [
      "reason": "reason", "type": "type", "reportingController": "reportingComponent",
      "regarding.kind": "involvedObject.kind", "regarding.namespace": "involvedObject.namespace",
      "regarding.name": "involvedObject.name", "regarding.uid": "involvedObject.uid",
      "regarding.apiVersion": "involvedObject.apiVersion",
      "regarding.resourceVersion": "involvedObject.resourceVersion",
      "regarding.fieldPath": "involvedObject.fieldPath",
    ],
    show: { rename($0, by: shownNames) }, store: { rename($0, by: storedNames) })

  private static let pairs = [
    ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
  ]
  private static let shownNames = Dictionary(uniqueKeysWithValues: pairs)
  private static let storedNames = Dictionary(uniqueKeysWithValues: pairs.map { ($1, $0) })

  private static func rename(_ event: Value, by names: [String: String]) -> Value {
    .object(Members((event.object ?? Members()).map { (names[$0.key] ?? $0.key, $0.value) }))
  }
}
