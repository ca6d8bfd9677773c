package import Tree

/// The room (`podium.dev/v1`): what its instructor wants of everybody in it.
package struct Classroom: ObjectView {
  /// Of the one there is.
  package static let name = "classroom"

  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: ClassroomSpec {
    get { self[part: "spec"] }
    set { self[part: "spec"] = newValue }
  }
  package var status: ClassroomStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

package struct ClassroomSpec: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var title: String { self["title"] ?? "" }
  package var isLocked: Bool { self["locked"] ?? false }
  /// New codes asked for so far, in all.
  package var joinCodes: Int { self[count: "joinCodes"] }
  package var message: ClassroomMessage? { self["message"] }
  package var push: ClassroomPush? { self["push"] }
  package var isPaused: Bool { self["paused"] ?? false }
  /// How many learners there may be; nil: as many as the server lets in.
  package var places: Int? { self["places"] }
  /// How many learners may join in a minute from one address; nil: the standard.
  package var joinsPerMinute: Int? { self["joinsPerMinute"] }
}

package struct ClassroomMessage: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var text: String { self["text"] ?? "" }
  package var number: Int { self[count: "number"] }
}

package struct ClassroomPush: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var lesson: String { self["lesson"] ?? "" }
  package var step: String { self["step"] ?? "" }
  package var number: Int { self[count: "number"] }
}

package struct ClassroomStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var joinCode: String {
    get { self["joinCode"] ?? "" }
    set { self["joinCode"] = newValue }
  }
  package var assistantCode: String {
    get { self["assistantCode"] ?? "" }
    set { self["assistantCode"] = newValue }
  }
  package var observerCode: String {
    get { self["observerCode"] ?? "" }
    set { self["observerCode"] = newValue }
  }
  /// New codes made so far.
  package var joinCodes: Int {
    get { self[count: "joinCodes"] }
    set { self[count: "joinCodes"] = newValue }
  }
  package var learners: Int {
    get { self[count: "learners"] }
    set { self[count: "learners"] = newValue }
  }
  /// How many there may be.
  package var places: Int {
    get { self[count: "places"] }
    set { self[count: "places"] = newValue }
  }
}
