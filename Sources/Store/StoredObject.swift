import Synchronization
package import Tree

/// An object as it was at one revision. It never changes; a write makes another.
///
/// Its JSON is made once, when it is stored: GET answers those bytes, LIST joins them, a watch frames them. A renewal is
/// the exception: there are many of them and hardly anybody reads one, so it is put together when it is asked for. Of what
/// hardly anybody reads any more, the JSON is all that is kept (`pack`), because a tree takes five times as much memory.
package final class StoredObject: Sendable {
  package let key: ObjectKey
  package let revision: Int64
  /// `namespace/name`, beside the key, of which every search would make a copy.
  let path: String
  private let content: Mutex<Content>

  private enum Content: Sendable {
    case whole(Value, json: [UInt8])
    case packed(json: [UInt8])
    case renewed(Value, by: any Renewal)
  }

  /// The object with `metadata.resourceVersion` set to the revision.
  package init(_ value: Value, at key: ObjectKey, revision: Int64) {
    let value = value.atRevision(revision)
    self.key = key
    path = key.path
    self.revision = revision
    content = Mutex(.whole(value, json: value.json))
  }

  /// The object as the JSON says that this type once made.
  package init(parsed value: Value, json: [UInt8], at key: ObjectKey, revision: Int64) {
    self.key = key
    path = key.path
    self.revision = revision
    content = Mutex(.whole(value, json: json))
  }

  /// The object as a renewal leaves it; `base` is what it was before the first of a row of renewals.
  init(_ base: Value, renewedBy renewal: any Renewal, at key: ObjectKey, revision: Int64) {
    self.key = key
    path = key.path
    self.revision = revision
    content = Mutex(.renewed(base, by: renewal))
  }

  private var present: Content { content.withLock { $0 } }

  /// Keeps no more than the JSON, from which the value is read again whenever somebody asks for it.
  func pack() {
    content.withLock { content in
      if case .whole(_, let json) = content { content = .packed(json: json) }
    }
  }

  private static func read(_ json: [UInt8]) -> Value {
    do {
      return try JSON.parse(json)
    } catch {
      preconditionFailure("JSON of our own cannot be read: \(error)")
    }
  }

  package var value: Value {
    switch present {
    case .whole(let value, _): value
    case .packed(let json): Self.read(json)
    case .renewed(let base, let renewal): renewal.applied(to: base).atRevision(revision)
    }
  }

  package var json: [UInt8] {
    switch present {
    case .whole(_, let json), .packed(let json): json
    case .renewed: value.json
    }
  }

  /// The renewal that left the object so, and what it was before a row of them; nil if it was another write.
  package var renewal: (base: Value, by: any Renewal)? {
    if case .renewed(let base, let renewal) = present { (base, renewal) } else { nil }
  }

  var isPacked: Bool {
    if case .packed = present { true } else { false }
  }

  var isRenewed: Bool {
    if case .renewed = present { true } else { false }
  }

  /// How many bytes it takes as JSON; of a renewal, about what it takes in memory.
  package var size: Int {
    switch present {
    case .whole(_, let json), .packed(let json): json.count
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
