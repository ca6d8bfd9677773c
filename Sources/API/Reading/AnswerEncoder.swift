import Kinds
import Loop
import Schema
import Store
import Tree

/// Puts objects and lists into the form that a client asked for.
struct AnswerEncoder {
  let representation: Representation
  let tables: TableMaker
  let now: Time

  init(_ request: APIRequest, now: Time) throws(Status) {
    representation = try .negotiate(request)
    tables = try TableMaker(request)
    self.now = now
  }

  /// One stored object: its own bytes, where the client wants plain JSON. What was only tried has no revision.
  func object(_ object: StoredObject, of kind: Kind, status: Int = 200, isStored: Bool = true) -> APIResponse {
    guard isStored else { return self.value(unstored(object, of: kind), status: status) }
    if representation.shape == .table {
      return value(tables.table([object], of: kind, revision: object.revision, now: now), status: status)
    }
    let object = kind.converted(object)
    switch representation.shape {
    case .metadata: return value(object.value.partialObjectMetadata, status: status)
    case .object, .table: break
    }
    switch representation.encoding {
    case .json where !representation.isPretty:
      return APIResponse(status: status, contentType: MediaType.json, body: [object.json, [UInt8(ascii: "\n")]])
    default: return value(object.value, status: status)
    }
  }

  private func unstored(_ object: StoredObject, of kind: Kind) -> Value {
    var value: Value
    switch representation.shape {
    case .table: return tables.table([object], of: kind, revision: nil, now: now)
    case .metadata: value = object.value.partialObjectMetadata
    case .object: value = kind.converted(object).value
    }
    value["metadata", "resourceVersion"] = nil
    return value
  }

  /// A value that is no stored object: a Status, a Scale, a Table. What has no protobuf form is given as JSON.
  func value(_ value: Value, status: Int = 200) -> APIResponse {
    if representation.encoding == .yaml {
      return APIResponse(status: status, contentType: MediaType.yaml, body: [Array(YAML.encode(value).utf8)])
    }
    if representation.encoding == .protobuf, let bytes = BuiltInSchema.protobuf.encode(value) {
      return APIResponse(status: status, contentType: MediaType.protobuf, body: [bytes])
    }
    let json = representation.isPretty ? Array(JSON.encode(value, indentation: 2).utf8) : value.json
    return APIResponse(status: status, contentType: MediaType.json, body: [json, [UInt8(ascii: "\n")]])
  }

  /// A page of objects.
  func list(_ page: Page, of kind: Kind) -> APIResponse {
    if representation.shape == .table {
      return value(
        tables.table(
          page.objects, of: kind, revision: page.revision, next: page.next, remaining: page.remaining, now: now))
    }
    var page = page
    if kind.converts { page.objects = page.objects.map(kind.converted) }
    var metadata: Value = ["resourceVersion": .string(String(page.revision))]
    metadata["continue"] = page.next.map { .string($0.text) }
    metadata["remainingItemCount"] = page.remaining.map { .integer(Int64($0)) }
    if representation.shape == .metadata {
      return value([
        "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
        "items": .array(page.objects.map(\.value.partialObjectMetadata)),
      ])
    }
    let list: Value = [
      "kind": .string(kind.listName), "apiVersion": .string(kind.apiVersion), "metadata": metadata,
    ]
    if representation.encoding == .json, !representation.isPretty {
      return APIResponse(
        status: 200, contentType: MediaType.json, pieces: pieces(page.objects, in: list, of: kind))
    }
    var whole = list
    whole["items"] = .array(page.objects.map { $0.value.withoutTypeMeta })
    return value(whole)
  }

  /// The list's JSON, made of the objects' stored bytes: nothing is encoded again, nor copied.
  ///
  /// Kubernetes' lists leave out the items' kind and apiVersion, which every stored object begins with.
  private func pieces(_ objects: [StoredObject], in list: Value, of kind: Kind) -> [ArraySlice<UInt8>] {
    let prefix = kind.storedPrefix
    let (first, next, brace) = (Array(",\"items\":[".utf8)[...], Array(",".utf8)[...], Array("{".utf8)[...])
    let nextBrace = Array(",{".utf8)[...]
    var pieces = [list.json.dropLast(), first]
    pieces.reserveCapacity(objects.count * 2 + 3)
    for (index, object) in objects.enumerated() {
      if object.json.begins(with: prefix) {
        pieces.append(index == 0 ? brace : nextBrace)
        pieces.append(object.json[prefix.count...])
      } else {
        if index > 0 { pieces.append(next) }
        pieces.append(object.json[...])
      }
    }
    pieces.append(Array("]}\n".utf8)[...])
    return pieces
  }
}

extension [UInt8] {
  /// As `starts(with:)`, a tenth of its time: a list asks this of every object.
  fileprivate func begins(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    return withUnsafeBufferPointer { own in
      prefix.withUnsafeBufferPointer { wanted in
        for index in wanted.indices where own[index] != wanted[index] { return false }
        return true
      }
    }
  }
}

/// A part of a collection, at one revision.
struct Page {
  var objects: [StoredObject]
  var revision: Int64
  var next: ContinueToken?
  /// How many come after this page; nil where a selector makes that unknown.
  var remaining: Int?
}

extension Kind {
  /// What every stored object's JSON begins with (`ObjectWriter` puts these members first).
  fileprivate var storedPrefix: [UInt8] {
    Array("{\"kind\":\"\(name)\",\"apiVersion\":\"\(apiVersion)\",".utf8)
  }
}

extension Value {
  fileprivate var withoutTypeMeta: Value {
    var value = self
    value["kind"] = nil
    value["apiVersion"] = nil
    return value
  }
}
