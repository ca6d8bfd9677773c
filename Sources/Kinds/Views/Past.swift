package import Tree

/// Names a moment of the past (`podium.dev/v1`).
package struct Bookmark: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: MomentChoice { self[part: "spec"] }
  package var status: MomentStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

/// Takes the cluster back (`podium.dev/v1`).
package struct Rewind: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: MomentChoice { self[part: "spec"] }
  package var status: MomentStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

/// Makes a cluster of a moment of this one (`podium.dev/v1`).
package struct Fork: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var spec: MomentChoice { self[part: "spec"] }
  package var status: MomentStatus {
    get { self[part: "status"] }
    set { self[part: "status"] = newValue }
  }
}

/// The moment that a Bookmark, Rewind or Fork is about.
package struct MomentChoice: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var revision: Int64? { value["revision"]?.integer }
  package var bookmark: String? { self["bookmark"].flatMap { (name: String) in name.isEmpty ? nil : name } }
  /// Of a Rewind: whether roles and their bindings stay as they are.
  package var keepsAccess: Bool { self["access"] == "Keep" }
  /// Of a Fork: the last part of the cluster's name.
  package var name: String? { self["name"].flatMap { (name: String) in name.isEmpty ? nil : name } }
  /// Of a Fork: whether the cluster outlives it.
  package var keeps: Bool { self["keep"] ?? false }
}

/// What became of a Bookmark, Rewind or Fork.
package struct MomentStatus: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var phase: String? {
    get { self["phase"] }
    set { self["phase"] = newValue }
  }
  package var revision: Int64? {
    get { value["revision"]?.integer }
    set { value["revision"] = newValue.map(Value.integer) }
  }
  package var time: String? {
    get { self["time"] }
    set { self["time"] = newValue }
  }
  package var message: String? {
    get { self["message"] }
    set { self["message"] = newValue }
  }
  package var isAvailable: Bool {
    get { self["available"] ?? false }
    set { value["available"] = .boolean(newValue) }
  }
  package var previousRevision: Int64? {
    get { value["previousRevision"]?.integer }
    set { value["previousRevision"] = newValue.map(Value.integer) }
  }
  package var previousTime: String? {
    get { self["previousTime"] }
    set { self["previousTime"] = newValue }
  }
  package var writes: Int64? {
    get { value["writes"]?.integer }
    set { value["writes"] = newValue.map(Value.integer) }
  }
  package var cluster: String? {
    get { self["cluster"] }
    set { self["cluster"] = newValue }
  }
  package var address: String? {
    get { self["address"] }
    set { self["address"] = newValue }
  }
}
