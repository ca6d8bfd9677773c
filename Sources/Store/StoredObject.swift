package import Tree

/// An object as it was at one revision. It never changes; a write makes another.
///
/// Its JSON is made once, when it is stored: GET answers those bytes, LIST joins them, a watch frames them.
package final class StoredObject: Sendable {
  package let key: ObjectKey
  package let revision: Int64
  package let value: Value
  package let json: [UInt8]

  /// The object with `metadata.resourceVersion` set to the revision.
  package init(_ value: Value, at key: ObjectKey, revision: Int64) {
    var value = value
    value["metadata", "resourceVersion"] = .string(String(revision))
    self.key = key
    self.revision = revision
    self.value = value
    json = value.json
  }

  /// `namespace/name`
  var path: String { key.path }
  package var name: String { key.name }
  package var namespace: String { key.namespace }
  package var uid: String { value["metadata", "uid"]?.string ?? "" }
}
