import Kinds
import Loop
import Store
import Tree

/// Makes a `Table` of objects, as kubectl asks for (API reference, Table v1 meta).
struct TableMaker: Sendable {
  /// What a row says about its object besides its cells.
  enum IncludedObject: String {
    case metadata = "Metadata"
    case none = "None"
    case object = "Object"
  }

  var includes = IncludedObject.metadata

  init(_ request: APIRequest) throws(Status) {
    let text = request.parameter("includeObject") ?? ""
    guard let includes = IncludedObject(rawValue: text.isEmpty ? "Metadata" : text) else {
      throw .badRequest("unrecognized includeObject value: \"\(text)\"")
    }
    self.includes = includes
  }

  func table(
    _ objects: [StoredObject], of kind: Kind, revision: Int64?, next: ContinueToken? = nil, remaining: Int? = nil,
    now: Time
  ) -> Value {
    var metadata: Value = [:]
    metadata["resourceVersion"] = revision.map { .string(String($0)) }
    metadata["continue"] = next.map { .string($0.text) }
    metadata["remainingItemCount"] = remaining.map { .integer(Int64($0)) }
    return [
      "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
      "columnDefinitions": .array(kind.storage.columns.map(\.definition)),
      "rows": .array(kind.inTableOrder(objects).map { row($0, of: kind, now: now) }),
    ]
  }

  /// The cells are made of the stored object; what is said of it besides is as the kind shows it.
  private func row(_ object: StoredObject, of kind: Kind, now: Time) -> Value {
    let included: Value
    switch includes {
    case .metadata: included = object.value.partialObjectMetadata
    case .none: included = .null
    case .object: included = kind.converted(object).value
    }
    var row: Value = ["cells": .array(kind.storage.cells(of: object.value, now: now))]
    if kind == .pod { row["conditions"] = Pod(object.value).ending }
    row["object"] = included
    return row
  }
}

extension Pod {
  /// What the row of a pod that has ended says of it, for clients that show such pods apart.
  fileprivate var ending: Value? {
    let message: Value
    switch status.phase {
    case "Succeeded": message = "The pod has completed successfully."
    case "Failed": message = "The pod failed."
    default: return nil
    }
    return [["type": "Completed", "status": "True", "reason": .string(status.phase), "message": message]]
  }
}

extension Kind {
  /// Flow schemas are shown as they are tried, everything else as it is listed.
  fileprivate func inTableOrder(_ objects: [StoredObject]) -> [StoredObject] {
    guard self == .flowSchema else { return objects }
    func place(_ object: StoredObject) -> (Int64, String) {
      (object.value["spec", "matchingPrecedence"]?.integer ?? 0, object.name)
    }
    return objects.sorted { place($0) < place($1) }
  }
}

extension TableColumn {
  fileprivate var definition: Value {
    [
      "name": .string(name), "type": .string(type), "format": .string(format), "description": .string(help),
      "priority": .integer(Int64(priority)),
    ]
  }
}
