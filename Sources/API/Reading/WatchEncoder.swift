import Kinds
import Loop
import Schema
import Store
import Synchronization
import Tree

/// Writes a watch's events: JSON lines or server-sent events, of whole objects, tables or metadata.
struct WatchEncoder: Sendable {
  let kind: Kind
  let representation: Representation
  let tables: TableMaker
  let now: @Sendable () -> Time
  /// Only a stream's first table tells the columns.
  let hasSentColumns = Flag()

  var isEventStream: Bool { representation.isEventStream }

  var contentType: String {
    if isEventStream { return MediaType.eventStream }
    // Kubernetes' JSON streams have the plain type, whatever is in them.
    return representation.encoding == .protobuf ? MediaType.protobuf + ";stream=watch" : MediaType.json
  }

  /// An event about an object, in pieces: the object's stored bytes are one of them.
  func frame(_ type: String, _ object: StoredObject) -> [[UInt8]] {
    switch representation.shape {
    case .object where representation.encoding == .json:
      return frame(type, kind.converted(object).json, revision: object.revision)
    case .object: return frame(type, kind.converted(object).value, revision: object.revision)
    case .table:
      var table = tables.table([object], of: kind, revision: object.revision, now: now())
      if hasSentColumns.raise() { table["columnDefinitions"] = .null }
      return frame(type, named(table), revision: object.revision)
    case .metadata, .metadataList:
      return frame(type, named(object.value.partialObjectMetadata), revision: object.revision)
    }
  }

  func bookmark(_ revision: Int64, marksInitialEnd: Bool) -> [UInt8] {
    var metadata: Value = ["resourceVersion": .string(String(revision))]
    if marksInitialEnd { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
    let object: Value = ["kind": .string(kind.name), "apiVersion": .string(kind.apiVersion), "metadata": metadata]
    let mark = StoredObject(object, at: kind.key(namespace: "", name: ""), revision: revision)
    return Array(frame("BOOKMARK", mark).joined())
  }

  func error(_ status: Status) -> [UInt8] { Array(frame("ERROR", status.value, revision: nil).joined()) }

  private func named(_ value: Value) -> Value { value.inMetaVersion(representation.shapeVersion) }

  private func frame(_ type: String, _ value: Value, revision: Int64?) -> [[UInt8]] {
    guard representation.encoding == .protobuf else { return frame(type, value.json, revision: revision) }
    // What has no protobuf form has been refused before the stream began.
    return BuiltInSchema.protobuf.encodeWatchEvent(type: type, object: value).map { [$0] } ?? []
  }

  private func frame(_ type: String, _ json: [UInt8], revision: Int64?) -> [[UInt8]] {
    var head = ""
    if isEventStream {
      if let revision { head += "id: \(revision)\n" }
      head += "event: \(type)\ndata: "
    }
    head += "{\"type\":\"\(type)\",\"object\":"
    return [Array(head.utf8), json, Array((isEventStream ? "}\n\n" : "}\n").utf8)]
  }
}

extension Value {
  /// Only what an object has in common with all others.
  var partialObjectMetadata: Value {
    [
      "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": self["metadata"] ?? [:],
    ]
  }
}

/// A flag that goes up once.
final class Flag: Sendable {
  private let isUp = Mutex(false)

  /// Puts the flag up; answers whether it was up before.
  func raise() -> Bool {
    isUp.withLock { isUp in
      defer { isUp = true }
      return isUp
    }
  }
}
