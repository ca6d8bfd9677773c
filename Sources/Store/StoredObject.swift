package import Tree

/// An object as it was at one revision. It never changes; a write makes another.
///
/// Its JSON is made once, when it is stored: GET answers those bytes, LIST joins them, a watch frames them. A renewal is
/// the exception: there are many of them and hardly anybody reads one, so it is put together when it is asked for. So is
/// a state of the past that comes out of a journal.
package final class StoredObject: Sendable {
  package let key: ObjectKey
  package let revision: Int64
  /// `namespace/name`, beside the key, of which every search would make a copy.
  let path: String
  private let content: Content

  private enum Content: Sendable {
    case whole(Value, json: [UInt8])
    case unread(json: [UInt8])
    case renewed(Value, by: any Renewal)
  }

  /// The object with `metadata.resourceVersion` set to the revision.
  package init(_ value: Value, at key: ObjectKey, revision: Int64) {
    let value = value.atRevision(revision)
    self.key = key
    path = key.path
    self.revision = revision
    content = .whole(value, json: value.json)
  }

  /// The object as the JSON says that this type once made.
  package init(parsed value: Value, json: [UInt8], at key: ObjectKey, revision: Int64) {
    self.key = key
    path = key.path
    self.revision = revision
    content = .whole(value, json: json)
  }

  /// The object as the JSON says that this type once made, which is read when somebody asks for it: for states that
  /// hardly anybody asks for. JSON that is damaged gives null.
  package init(unread json: [UInt8], at key: ObjectKey, revision: Int64) {
    self.key = key
    path = key.path
    self.revision = revision
    content = .unread(json: json)
  }

  /// The object as a renewal leaves it; `base` is what it was before the first of a row of renewals.
  init(_ base: Value, renewedBy renewal: any Renewal, at key: ObjectKey, revision: Int64) {
    self.key = key
    path = key.path
    self.revision = revision
    content = .renewed(base, by: renewal)
  }

  package var value: Value {
    switch content {
    case .whole(let value, _): value
    case .unread(let json): (try? JSON.parse(json)) ?? .null
    case .renewed(let base, let renewal): renewal.applied(to: base).atRevision(revision)
    }
  }

  package var json: [UInt8] {
    switch content {
    case .whole(_, let json), .unread(let json): json
    case .renewed: value.json
    }
  }

  /// The renewal that left the object so, and what it was before a row of them; nil if it was another write.
  package var renewal: (base: Value, by: any Renewal)? {
    if case .renewed(let base, let renewal) = content { (base, renewal) } else { nil }
  }

  var isRenewed: Bool {
    if case .renewed = content { true } else { false }
  }

  /// How many bytes it takes as JSON; of a renewal, about what it takes in memory.
  package var size: Int {
    switch content {
    case .whole(_, let json), .unread(let json): json.count
    case .renewed: 256
    }
  }

  package var name: String { key.name }
  package var namespace: String { key.namespace }
  package var uid: String { value["metadata", "uid"]?.string ?? "" }
}

/// What a regular sign of life changes in its object: a moment, and nothing that is indexed or that a part of the cluster
/// waits for.
package protocol Renewal: Sendable {
  func applied(to base: Value) -> Value
}

extension Value {
  fileprivate func atRevision(_ revision: Int64) -> Value {
    var value = self
    value["metadata", "resourceVersion"] = .string(String(revision))
    return value
  }
}
