package import Tree

/// A fault in many learners' clusters (`podium.dev/v1`).
package struct Incident: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  /// What to break in each cluster: a FaultSpec.
  package var fault: Value { value["spec", "fault"] ?? [:] }
  /// The Learners whom it is for by name; empty where it is not by name.
  package var learners: [String] { (value["spec", "learners"]?.array ?? []).compactMap(\.string) }
  package var selector: LabelSelector? { value["spec", "selector"].flatMap { LabelSelector($0) } }

  package var status: IncidentStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }

  /// Whether it is for that Learner.
  package func isMeant(for learner: Learner) -> Bool {
    if learners.contains(learner.name) { return true }
    if let selector { return selector.matches(learner.metadata.labels) }
    return learners.isEmpty
  }
}

package struct IncidentStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var targets: [IncidentTarget] {
    get { self[list: "learners"] }
    set { self[list: "learners"] = newValue }
  }
  package var total: Int {
    get { self[count: "total"] }
    set { self[count: "total"] = newValue }
  }
  package var active: Int {
    get { self[count: "active"] }
    set { self[count: "active"] = newValue }
  }
  package var failed: Int {
    get { self[count: "failed"] }
    set { self[count: "failed"] = newValue }
  }
}

/// One learner's cluster.
package struct IncidentTarget: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(name: String, isActive: Bool, message: String?, since: String) {
    value = ["name": .string(name), "state": .string(isActive ? "Active" : "Failed"), "since": .string(since)]
    value["message"] = message.map(Value.string)
  }

  package var name: String { self["name"] ?? "" }
  package var isActive: Bool { self["state"] == "Active" }
}
