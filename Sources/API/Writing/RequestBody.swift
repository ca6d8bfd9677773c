import Kinds
import Schema
import Tree

/// Reads the object that a request brings, in Kubernetes' words where it cannot.
struct RequestBody {
  /// Pruned of what the kind does not have.
  var value: Value
  /// What is said about it in `Warning` headers.
  var warnings: [String] = []

  enum Format {
    case json
    case yaml
    case protobuf
  }

  /// The body as an object of the kind.
  init(_ request: APIRequest, _ kind: Kind, validation: WriteOptions.FieldValidation) throws(Status) {
    switch try Self.format(request) {
    case .protobuf:
      if kind.custom != nil { throw .noProtobuf(kind) }
      value = try Self.value(request, name: kind.name)
      try checkType(kind)
    case .json, .yaml:
      var duplicates: [String] = []
      value = try Self.parse(request, name: kind.name, duplicates: &duplicates)
      try accept(kind, duplicates: duplicates, validation)
    }
  }

  /// An object that was put together here, as a patch does, checked as if it had been sent.
  init(
    _ value: Value, _ kind: Kind, validation: WriteOptions.FieldValidation, duplicates: [String] = [],
    of patch: Patch? = nil
  ) throws(Status) {
    self.value = value
    try accept(kind, duplicates: duplicates, validation, of: patch)
  }

  /// The body's format by its Content-Type; without one it is JSON.
  static func format(_ request: APIRequest) throws(Status) -> Format {
    switch MediaTypes.type(request.header("Content-Type")) {
    case "", MediaType.json: return .json
    case MediaType.yaml: return .yaml
    case MediaType.protobuf: return .protobuf
    default:
      throw Status(
        code: 415, reason: "UnsupportedMediaType",
        message: "the body of the request was in an unknown format - accepted media types include: application/json, "
          + "application/yaml, application/vnd.kubernetes.protobuf")
    }
  }

  /// The body as a value that no kind in the table checks; `name` is what is expected.
  static func value(_ request: APIRequest, name: String) throws(Status) -> Value {
    guard try format(request) == .protobuf else {
      var duplicates: [String] = []
      return try parse(request, name: name, duplicates: &duplicates)
    }
    do throws(ProtobufError) {
      return try BuiltInSchema.protobuf.decode(request.body)
    } catch {
      throw .badRequest("the object provided is unrecognized (must be of type \(name)): \(error.description)")
    }
  }

  /// The text of a body as a value; `duplicates` gets what is written twice.
  private static func parse(_ request: APIRequest, name: String, duplicates: inout [String]) throws(Status) -> Value {
    let bytes = request.body
    let unrecognized = "the object provided is unrecognized (must be of type \(name)): "
    switch try format(request) {
    case .yaml:
      var doubles: [YAML.Duplicate] = []
      do throws(SyntaxError) {
        let value = try YAML.parse(bytes, duplicates: &doubles).first ?? .null
        duplicates += doubles.map(\.message)
        return value
      } catch {
        throw .badRequest(unrecognized + error.message + " (\(excerpt(bytes, hexadecimal: true)))")
      }
    default:
      do throws(SyntaxError) {
        return try JSON.parse(bytes, duplicates: &duplicates)
      } catch {
        let text = excerpt(bytes, hexadecimal: false)
        throw .badRequest(unrecognized + "couldn't get version/kind; json parse error: \(error.message) (\(text))")
      }
    }
  }

  /// The beginning of a body that could not be read, for a message.
  private static func excerpt(_ bytes: [UInt8], hexadecimal: Bool) -> String {
    let limit = 1_024
    if bytes.isEmpty { return "<empty>" }
    if !hexadecimal { return String(decoding: bytes.prefix(limit), as: UTF8.self) }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.prefix(limit).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  // MARK: Checks

  private mutating func accept(
    _ kind: Kind, duplicates: [String], _ validation: WriteOptions.FieldValidation, of patch: Patch? = nil
  ) throws(Status) {
    guard value.object != nil else {
      throw .badRequest(
        "the object provided is unrecognized (must be of type \(kind.name)): couldn't get version/kind; json parse "
          + "error: json: cannot unmarshal \(Self.goType(value)) into Go value of type struct")
    }
    try checkType(kind)
    let prefix = "\(kind.name) in version \"\(kind.version)\" cannot be handled as a \(kind.name): "
    if let error = kind.typeError(in: value) {
      throw patch.map { $0.refusal(of: value, $0.typeError(error)) } ?? .badRequest(prefix + error)
    }
    let patched = value
    let unknown = kind.prune(&value)
    let findings = duplicates.map(Self.duplicateText) + unknown.map { "unknown field \"\($0)\"" }
    switch validation {
    case .ignore: break
    case .warn: warnings += findings
    case .strict:
      if !findings.isEmpty {
        let why = "strict decoding error: " + findings.joined(separator: ", ")
        throw patch.map { $0.refusal(of: patched, why) } ?? .badRequest(prefix + why)
      }
    }
  }

  private static func duplicateText(_ duplicate: String) -> String {
    duplicate.hasPrefix("line ") ? duplicate : "duplicate field \"\(duplicate)\""
  }

  private func checkType(_ kind: Kind) throws(Status) {
    func text(_ field: String, or own: String) -> String {
      let text = value[field]?.string ?? ""
      return text.isEmpty ? own : text
    }
    let given = text("apiVersion", or: kind.apiVersion)
    let name = text("kind", or: kind.name)
    guard given != kind.apiVersion || name != kind.name else { return }
    let version = given.split(separator: "/").last.map(String.init) ?? ""
    if name == kind.name {
      throw .badRequest(
        "\(name) in version \"\(version)\" cannot be handled as a \(kind.name): no kind \"\(name)\" is registered for "
          + "version \"\(given)\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")
    }
    let own = kind.group.isEmpty ? "core" : kind.group.split(separator: ".").first.map(String.init) ?? ""
    throw .badRequest(
      "\(name) in version \"\(version)\" cannot be handled as a \(kind.name): converting (\(version).\(name)) to "
        + "(\(own).\(kind.name)): unknown conversion")
  }

  /// What Go's decoder calls a value.
  static func goType(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean: "bool"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

extension Status {
  /// A custom object in a form that only declared kinds have.
  fileprivate static func noProtobuf(_ kind: Kind) -> Status {
    .badRequest(
      "\(kind.name) in version \"\(kind.version)\" cannot be handled as a \(kind.name): object "
        + "*unstructured.Unstructured does not implement the protobuf marshalling interface and cannot be encoded to a "
        + "protobuf message")
  }
}
