import Kinds
import Tree

/// Reads the object that a request brings.
enum RequestBody {
  enum Format {
    case json
    case yaml
    case protobuf
  }

  /// The body's format by its Content-Type; without one it is JSON.
  static func format(_ request: APIRequest) throws(Status) -> Format {
    let header = request.header("Content-Type") ?? ""
    switch Representation.clauses(header).first?.type ?? "" {
    case "", MediaType.json: return .json
    case MediaType.yaml, "text/yaml", "application/x-yaml": return .yaml
    case MediaType.protobuf: return .protobuf
    default:
      throw Status(
        code: 415, reason: "UnsupportedMediaType",
        message: "the body of the request was in an unknown format - accepted media types include: application/json, "
          + "application/yaml, application/vnd.kubernetes.protobuf", details: Status.Details())
    }
  }

  /// The body as a value; `duplicates` gets the paths of the members that are written twice.
  static func value(_ request: APIRequest, duplicates: inout [String]) throws(Status) -> Value {
    switch try format(request) {
    case .json: return try json(request.body, duplicates: &duplicates)
    case .yaml:
      do {
        var doubles: [YAML.Duplicate] = []
        let values = try YAML.parse(request.body, duplicates: &doubles)
        duplicates += doubles.map(\.message)
        return values.first ?? .null
      } catch {
        throw .badRequest("error converting YAML to JSON: \(error.message)")
      }
    case .protobuf:
      throw .badRequest("protobuf bodies are read by kind")
    }
  }

  static func json(_ body: [UInt8], duplicates: inout [String]) throws(Status) -> Value {
    do {
      return try JSON.parse(body, duplicates: &duplicates)
    } catch {
      throw .badRequest(
        "couldn't get version/kind; json parse error: \(error.message)")
    }
  }

  /// The body as an object of the kind, with its unknown fields still in it.
  static func object(_ request: APIRequest, _ kind: Kind, allowsOtherKinds: Bool) throws(Status) -> Value {
    var duplicates: [String] = []
    let value = try value(request, duplicates: &duplicates)
    guard value.object != nil else {
      throw .badRequest("the object provided is unrecognized (must be of type \(kind.name)): it is no object")
    }
    if !allowsOtherKinds { try checkType(value, kind) }
    return value
  }

  private static func checkType(_ value: Value, _ kind: Kind) throws(Status) {
    let given = (value["apiVersion"]?.string ?? "", value["kind"]?.string ?? "")
    if given.0.isEmpty, given.1.isEmpty { return }
    guard given == (kind.apiVersion, kind.name) else {
      throw .badRequest(
        "\(given.1) in version \"\(given.0)\" cannot be handled as a \(kind.name): it is another kind")
    }
  }
}
