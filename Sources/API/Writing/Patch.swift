import Kinds
import Schema
import Tree

/// A change as a client describes it, in one of the languages that its Content-Type names.
enum Patch {
  case json(JSONPatch)
  case merge(Value)
  case strategic(Value)

  init(_ request: APIRequest, of kind: Kind) throws(Status) {
    switch Self.type(of: request) {
    case "application/json-patch+json": self = .json(try Self.jsonPatch(try Self.parse(request)))
    case "application/merge-patch+json": self = .merge(try Self.parse(request))
    case "application/strategic-merge-patch+json": self = .strategic(try Self.parse(request))
    default: throw kind.custom == nil ? .unsupportedMediaType : .noStrategicMerge
    }
  }

  /// Whether the request is a server-side apply.
  static func isApply(_ request: APIRequest) -> Bool { type(of: request) == "application/apply-patch+yaml" }

  private static func type(of request: APIRequest) -> String {
    MediaTypes.type(request.header("Content-Type"))
  }

  private static func parse(_ request: APIRequest) throws(Status) -> Value {
    var duplicates: [String] = []
    do throws(SyntaxError) {
      return try JSON.parse(request.body, duplicates: &duplicates)
    } catch {
      throw .badRequest("error decoding patch: \(error.message)")
    }
  }

  private static func jsonPatch(_ value: Value) throws(Status) -> JSONPatch {
    guard value.array != nil else {
      throw .badRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch")
    }
    do throws(JSONPatch.PatchError) {
      return try JSONPatch(value)
    } catch {
      throw .inapplicable
    }
  }

  /// The object after the change.
  func apply(to value: Value, of kind: Kind) throws(Status) -> Value {
    let changed = try unchecked(value, of: kind)
    try SizeLimits.check(changed)
    return changed
  }

  private func unchecked(_ value: Value, of kind: Kind) throws(Status) -> Value {
    switch self {
    case .json(let patch): return try Self.apply(patch, to: value)
    case .merge(let patch): return MergePatch.apply(patch, to: value)
    case .strategic(let patch):
      if kind.group == "podium.dev" { throw .unsupportedMediaType }
      if kind.custom != nil { throw .noStrategicMerge }
      do throws(PatchError) {
        return try kind.strategicMerge(patch, into: value)
      } catch {
        throw .init(error)
      }
    }
  }
}

extension Patch {
  /// One operation after the other, because each copy may double the object.
  private static func apply(_ patch: JSONPatch, to value: Value) throws(Status) -> Value {
    try SizeLimits.check(patch)
    var value = value
    for operation in patch.operations {
      do throws(JSONPatch.PatchError) {
        value = try JSONPatch(operations: [operation]).apply(to: value)
      } catch {
        throw .inapplicable
      }
      if operation.isCopy { try SizeLimits.check(value) }
    }
    return value
  }
}

extension Status {
  /// A JSON patch that does not fit its object; Kubernetes says no more.
  fileprivate static let inapplicable = Status(
    code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
    details: Details())

  /// A strategic merge patch of an object whose lists nobody describes.
  fileprivate static let noStrategicMerge = Status(
    code: 415, reason: "UnsupportedMediaType",
    message: "the body of the request was in an unknown format - accepted media types include: "
      + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")

  fileprivate init(_ error: PatchError) {
    switch error.code {
    case 400: self = .badRequest(error.message)
    case 422: self.init(code: 422, reason: "Invalid", message: error.message)
    default:
      self.init(code: 500, reason: "InternalError", message: "Internal error occurred: \(error.message)")
    }
  }
}
