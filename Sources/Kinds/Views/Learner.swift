package import Tree

/// Somebody who learns (`podium.dev/v1`), with a cluster of their own.
package struct Learner: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: LearnerSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: LearnerStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct LearnerSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var nickname: String { self["nickname"] ?? "" }
  package var hasRaisedHand: Bool { self["hand"] ?? false }
  /// Makings of the cluster asked for so far, in all.
  package var resets: Int { self[count: "resets"] }
}

package struct LearnerStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  /// `Pending`, `Ready` or `Terminating`.
  package var phase: String {
    get { self["phase"] ?? "" }
    set { self["phase"] = newValue }
  }
  package var cluster: String {
    get { self["cluster"] ?? "" }
    set { self["cluster"] = newValue }
  }
  package var joinedAt: String? {
    get { self["joinedAt"] }
    set { self["joinedAt"] = newValue }
  }
  package var lastSeen: String? {
    get { self["lastSeen"] }
    set { self["lastSeen"] = newValue }
  }
  package var handSince: String? {
    get { self["handSince"] }
    set { self["handSince"] = newValue }
  }
  /// Makings of the cluster done so far.
  package var resets: Int {
    get { self[count: "resets"] }
    set { self[count: "resets"] = newValue }
  }
  package var isPaused: Bool {
    get { self["paused"] ?? false }
    set { self["paused"] = newValue }
  }
  package var message: Value? {
    get { self["message"] }
    set { self["message"] = newValue }
  }
  package var push: LearnerPush {
    get { self[part: "push"] }
    set { self[part: "push"] = newValue }
  }
  package var current: LearnerPlace? {
    get { self["current"] }
    set { self["current"] = newValue }
  }
  package var problem: String? {
    get { self["problem"] }
    set { self["problem"] = newValue }
  }
}

package struct LearnerPush: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(lesson: String, step: String, number: Int) {
    value = ["lesson": .string(lesson), "step": .string(step), "number": .integer(Int64(number))]
  }

  package var number: Int { self[count: "number"] }
  package var since: String? {
    get { self["since"] }
    set { self["since"] = newValue }
  }
  package var revision: String? {
    get { self["revision"] }
    set { self["revision"] = newValue }
  }
  package var problem: String? {
    get { self["problem"] }
    set { self["problem"] = newValue }
  }
}

/// A step of a lesson.
package struct LearnerPlace: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package init(lesson: String, step: String) { value = ["lesson": .string(lesson), "step": .string(step)] }

  package var lesson: String { self["lesson"] ?? "" }
  package var step: String { self["step"] ?? "" }
}
