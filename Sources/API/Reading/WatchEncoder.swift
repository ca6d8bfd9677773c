import Kinds
import Loop
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
    var type = MediaType.json
    switch representation.shape {
    case .object: break
    case .table: type += ";as=Table;g=meta.k8s.io;v=v1"
    case .metadata: type += ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
    }
    return type + ";stream=watch"
  }

  /// An event about an object, in pieces: the object's stored bytes are one of them.
  func frame(_ type: String, _ object: StoredObject) -> [[UInt8]] {
    let json: [UInt8]
    switch representation.shape {
    case .object: json = kind.converted(object).json
    case .table:
      var table = tables.table([object], of: kind, revision: object.revision, now: now())
      if hasSentColumns.raise() { table["columnDefinitions"] = .null }
      json = table.json
    case .metadata: json = object.value.partialObjectMetadata.json
    }
    return frame(type, json, revision: object.revision)
  }

  func bookmark(_ revision: Int64, marksInitialEnd: Bool) -> [UInt8] {
    var metadata: Value = ["resourceVersion": .string(String(revision))]
    if marksInitialEnd { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
    let object: Value = ["kind": .string(kind.name), "apiVersion": .string(kind.apiVersion), "metadata": metadata]
    return Array(frame("BOOKMARK", object.json, revision: revision).joined())
  }

  func error(_ status: Status) -> [UInt8] { Array(frame("ERROR", status.value.json, revision: nil).joined()) }

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
