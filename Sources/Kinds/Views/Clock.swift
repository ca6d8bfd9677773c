package import Tree

/// A cluster's Clock (`podium.dev/v1`): how its time runs.
package struct Clock: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: ClockSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: ClockStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct ClockSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  /// Cluster seconds in a real second.
  package var speed: Double { value["speed"]?.number ?? 1 }
  package var isPaused: Bool { self["paused"] ?? false }
  /// Steps asked for so far, in all.
  package var steps: Int64 { value["steps"]?.integer ?? 0 }
  /// Seconds to skip so far, in all.
  package var skipSeconds: Int64 { value["skipSeconds"]?.integer ?? 0 }
  /// Whose write ends a step; empty for anybody's.
  package var component: String { self["component"] ?? "" }
  /// Runs until nothing happens any more, asked for so far, in all.
  package var quietRuns: Int64 { value["quietRuns"]?.integer ?? 0 }
  /// A moment to skip ahead to, as a timestamp.
  package var skipTo: String? { self["skipTo"] }
}

package struct ClockStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var now: String {
    get { self["now"] ?? "" }
    set { self["now"] = newValue }
  }
  package var speed: Double {
    get { value["speed"]?.number ?? 1 }
    set { value["speed"] = newValue == newValue.rounded() ? .integer(Int64(newValue)) : .number(newValue) }
  }
  package var isPaused: Bool {
    get { self["paused"] ?? false }
    set { self["paused"] = newValue }
  }
  /// Steps done so far.
  package var steps: Int64 {
    get { value["steps"]?.integer ?? 0 }
    set { value["steps"] = .integer(newValue) }
  }
  /// Seconds skipped so far.
  package var skippedSeconds: Int64 {
    get { value["skippedSeconds"]?.integer ?? 0 }
    set { value["skippedSeconds"] = .integer(newValue) }
  }
  /// Runs until nothing happened any more, so far.
  package var quietRuns: Int64 {
    get { value["quietRuns"]?.integer ?? 0 }
    set { value["quietRuns"] = .integer(newValue) }
  }
}
