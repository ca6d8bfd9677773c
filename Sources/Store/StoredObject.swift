package import Tree

/// An object as it was at one revision. It never changes; a write makes another.
///
/// Its JSON is made once, when it is stored: GET answers those bytes, LIST joins them, a watch frames them. A renewal is
/// the exception: there are many of them and hardly anybody reads one, so it is put together when it is asked for. So
/// is a state of the past that comes out of a journal.
package final class StoredObject: Sendable {
  package let key: ObjectKey
  package let revision: Int64
  /// `namespace/name`, beside the key, of which every search would make a copy.
  let path: String
  /// What it holds; of a renewal, what it was before the first of a row of them; null where the JSON is not read yet.
  private let base: Value
  /// Made when it was stored; empty of a renewal.
  private let bytes: [UInt8]
  private let renewer: (any Renewal)?

  /// The object with `metadata.resourceVersion` set to the revision.
  package convenience init(_ value: Value, at key: ObjectKey, revision: Int64) {
    let value = value.atRevision(revision)
    self.init(parsed: value, json: value.json, at: key, revision: revision)
  }

  /// The object as the JSON says that this type once made.
  package convenience init(parsed value: Value, json: [UInt8], at key: ObjectKey, revision: Int64) {
    self.init(value, json, renewedBy: nil, at: key, revision: revision)
  }

  /// The object as the JSON says that this type once made, which is read whenever somebody asks for it: for states that
  /// hardly anybody asks for. JSON that is damaged gives null.
  package convenience init(unread json: [UInt8], at key: ObjectKey, revision: Int64) {
    self.init(.null, json, renewedBy: nil, at: key, revision: revision)
  }

  /// The object as a renewal leaves it; `base` is what it was before the first of a row of renewals.
  convenience init(_ base: Value, renewedBy renewal: any Renewal, at key: ObjectKey, revision: Int64) {
    self.init(base, [], renewedBy: renewal, at: key, revision: revision)
  }

  private init(_ base: Value, _ bytes: [UInt8], renewedBy renewer: (any Renewal)?, at key: ObjectKey, revision: Int64) {
    self.key = key
    self.revision = revision
    path = key.path
    self.base = base
    self.bytes = bytes
    self.renewer = renewer
  }

  package var value: Value {
    guard let renewer else {
      if case .null = base { return (try? JSON.parse(bytes)) ?? .null }
      return base
    }
    return renewer.applied(to: base).atRevision(revision)
  }

  package var json: [UInt8] { isRenewed ? value.json : bytes }

  /// The renewal that left the object so, and what it was before a row of them; nil if it was another write.
  package var renewal: (base: Value, by: any Renewal)? { renewer.map { (base, $0) } }

  var isRenewed: Bool { renewer != nil }

  /// How many bytes it takes as JSON; of a renewal, about what it takes in memory.
  package var size: Int { isRenewed ? 256 : bytes.count }

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
