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

  init(_ request: APIRequest, now: Time, offer: Offer = Offer(transforms: false)) throws(Status) {
    representation = try .negotiate(request, offer)
    tables = try TableMaker(request)
    self.now = now
  }

  /// One stored object: its own bytes, where the client wants plain JSON. What was only tried has no revision.
  func object(_ object: StoredObject, of kind: Kind, status: Int = 200, isStored: Bool = true) throws(Status)
    -> APIResponse
  {
    if representation.shape == .metadataList {
      throw .notAcceptable(
        "you requested PartialObjectMetadataList, but the requested object is not a list type (\(kind.goType))")
    }
    guard isStored else { return value(unstored(object, of: kind), status: status) }
    if representation.shape == .object, representation.encoding == .json, !representation.isPretty {
      return APIResponse(
        status: status, contentType: MediaType.json, body: [kind.converted(object).json, [UInt8(ascii: "\n")]])
    }
    return value(shaped(object, of: kind), status: status)
  }

  private func shaped(_ object: StoredObject, of kind: Kind) -> Value {
    switch representation.shape {
    case .table: named(tables.table([object], of: kind, revision: object.revision, now: now))
    case .metadata, .metadataList: named(object.value.partialObjectMetadata)
    case .object: kind.converted(object).value
    }
  }

  private func unstored(_ object: StoredObject, of kind: Kind) -> Value {
    if representation.shape == .table { return named(tables.table([object], of: kind, revision: nil, now: now)) }
    var value = shaped(object, of: kind)
    value["metadata", "resourceVersion"] = nil
    return value
  }

  /// A table or metadata in the version in which they were asked for.
  private func named(_ value: Value) -> Value { value.inMetaVersion(representation.shapeVersion) }

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
  func list(_ page: Page, of kind: Kind) throws(Status) -> APIResponse {
    if representation.shape == .table {
      return value(
        named(
          tables.table(
            page.objects, of: kind, revision: page.revision, next: page.next, remaining: page.remaining, now: now)))
    }
    if representation.shape == .metadata {
      throw .notAcceptable(
        "you requested PartialObjectMetadata, but the requested object is a list (\(kind.goListType))")
    }
    var page = page
    if kind.converts { page.objects = page.objects.map(kind.converted) }
    var metadata: Value = ["resourceVersion": .string(String(page.revision))]
    metadata["continue"] = page.next.map { .string($0.text) }
    metadata["remainingItemCount"] = page.remaining.map { .integer(Int64($0)) }
    if representation.shape == .metadataList {
      return value(
        named([
          "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
          "items": .array(page.objects.map { named($0.value.partialObjectMetadata) }),
        ]))
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
      let json = object.json
      if json.begins(with: prefix) {
        pieces.append(index == 0 ? brace : nextBrace)
        pieces.append(json[prefix.count...])
      } else {
        if index > 0 { pieces.append(next) }
        pieces.append(json[...])
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

extension Kind {
  /// What Kubernetes' messages call the type of its objects.
  fileprivate var goType: String { custom == nil ? "*\(package).\(name)" : "*unstructured.Unstructured" }
  fileprivate var goListType: String { custom == nil ? "*\(package).\(listName)" : "*unstructured.UnstructuredList" }

  private var package: String {
    storage.group.isEmpty ? "core" : storage.group.split(separator: ".").first.map(String.init) ?? ""
  }
}

extension Value {
  /// A table or metadata, and the objects in a table's rows, in a version of the group meta.k8s.io.
  func inMetaVersion(_ version: String) -> Value {
    guard version != "v1" else { return self }
    let name = Value.string("meta.k8s.io/" + version)
    var value = self
    value["apiVersion"] = name
    guard let rows = value["rows"]?.array else { return value }
    value["rows"] = .array(
      rows.map { row in
        guard row["object", "apiVersion"] == "meta.k8s.io/v1" else { return row }
        var row = row
        row["object", "apiVersion"] = name
        return row
      })
    return value
  }

  fileprivate var withoutTypeMeta: Value {
    var value = self
    value["kind"] = nil
    value["apiVersion"] = nil
    return value
  }
}
