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
    case "application/merge-patch+json": self = .merge(try Self.object(try Self.parse(request), Self.undecodable))
    case "application/strategic-merge-patch+json":
      self = .strategic(try Self.object(try Self.parse(request, saying: ""), ""))
    default: throw kind.custom == nil ? .unsupportedMediaType : .noStrategicMerge
    }
  }

  /// Whether the request is a server-side apply.
  static func isApply(_ request: APIRequest) -> Bool { type(of: request) == "application/apply-patch+yaml" }

  private static func type(of request: APIRequest) -> String {
    MediaTypes.type(request.header("Content-Type"))
  }

  private static let undecodable = "error decoding patch: "

  private static func parse(_ request: APIRequest, saying prefix: String = undecodable) throws(Status) -> Value {
    var duplicates: [String] = []
    do throws(SyntaxError) {
      return try JSON.parse(request.body, duplicates: &duplicates)
    } catch {
      throw .badRequest(prefix + error.message)
    }
  }

  /// A patch that is an object; nothing at all is an empty one.
  private static func object(_ value: Value, _ prefix: String) throws(Status) -> Value {
    if value.isNull { return [:] }
    guard value.object != nil else { throw unfitting(value, "map[string]interface {}", prefix) }
    return value
  }

  private static func unfitting(_ value: Value, _ type: String, _ prefix: String) -> Status {
    .badRequest("\(prefix)json: cannot unmarshal \(RequestBody.goType(value)) into Go value of type \(type)")
  }

  private static func jsonPatch(_ value: Value) throws(Status) -> JSONPatch {
    guard value.array != nil else { throw unfitting(value, "[]interface {}", undecodable) }
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
    // Kubernetes says no more of a patch that contradicts itself.
    case 422: self = .inapplicable
    default: self.init(code: 500, reason: "", message: error.message)
    }
  }
}

// MARK: A result that is no object of the kind

extension Patch {
  /// The refusal of a patch whose result cannot be read as the kind: it shows the patch, or what came of it.
  func refusal(of result: Value, _ why: String) -> Status {
    let shown =
      switch self {
      case .strategic(let patch): patch.goText
      case .json, .merge: result.jsonText
      }
    let error = FieldError.invalid("patch", .string(shown), why)
    return Status(
      code: 422, reason: "Invalid", message: " \"\" is invalid: \(error.field): \(error.message)",
      details: Status.Details(causes: [.init(reason: error.kind.rawValue, message: error.message, field: error.field)]))
  }

  /// What is wrong with a value's type, in the words of whoever reads the result: JSON's decoder, or for a strategic
  /// merge patch the conversion of maps (k8s.io/apimachinery, runtime/converter.go).
  func typeError(_ error: String) -> String {
    guard case .strategic = self, error.hasPrefix("json: cannot unmarshal "),
      let type = error.split(separator: " ").last.map(String.init)
    else { return error }
    let found = String(error.split(separator: " ")[3])
    let kind = ["object": "map", "array": "slice", "number": "int64"][found] ?? found
    if type.hasPrefix("[]") { return "cannot restore slice from \(kind)" }
    if type.hasPrefix("map[") { return "cannot restore map from \(kind)" }
    if type.contains(".") { return "cannot restore struct from: \(kind)" }
    return found == "number" && type == "string" ? "cannot convert int64 to string" : "unrecognized type: \(type)"
  }
}
