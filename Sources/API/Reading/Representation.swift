import Kinds

/// In which form a client wants its answer, from its Accept header.
struct Representation: Equatable {
  enum Encoding: String {
    case json = "application/json"
    case yaml = "application/yaml"
    case protobuf = "application/vnd.kubernetes.protobuf"
  }

  enum Shape: Equatable {
    case object
    case table
    /// Only `metadata` (PartialObjectMetadata, or its list).
    case metadata
  }

  var encoding = Encoding.json
  var shape = Shape.object
  var isEventStream = false
  /// Over several lines.
  var isPretty = false

  /// The first form that the client accepts and that is offered here.
  static func negotiate(_ request: APIRequest, isWatch: Bool = false) throws(Status) -> Representation {
    var result = Representation()
    let accept = request.header("Accept") ?? ""
    if !accept.isEmpty, accept != MediaType.json {
      guard let found = clauses(accept).lazy.compactMap({ offered($0, isWatch: isWatch) }).first else {
        throw .notAcceptable
      }
      result = found
    }
    result.isPretty = pretty(request)
    return result
  }

  /// As `negotiate`, JSON where nothing fits: for answers that must be given in any case.
  static func negotiateOrJSON(_ request: APIRequest) -> Representation {
    (try? negotiate(request)) ?? Representation(isPretty: pretty(request))
  }

  private static func pretty(_ request: APIRequest) -> Bool {
    if let parameter = request.parameter("pretty") { return RequestInfo.isTrue(parameter) }
    let agent = request.header("User-Agent") ?? ""
    return agent.hasPrefix("curl") || agent.hasPrefix("Wget") || agent.hasPrefix("Mozilla/5.0")
  }

  struct Clause {
    var type: String
    var parameters: [String: String]
    var quality: Double
  }

  /// The header's clauses, most wanted first.
  static func clauses(_ header: String) -> [Clause] {
    if header == MediaType.json { return [Clause(type: header, parameters: [:], quality: 1)] }
    let clauses = header.split(separator: ",").map { text -> Clause in
      let parts = text.split(separator: ";").map(trimmed)
      var parameters: [String: String] = [:]
      for part in parts.dropFirst() {
        let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
        if sides.count == 2 { parameters[sides[0]] = sides[1] }
      }
      let quality = parameters["q"].flatMap(Double.init) ?? 1
      return Clause(type: parts.first?.lowercased() ?? "", parameters: parameters, quality: quality)
    }
    return clauses.enumerated().sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }
      .map(\.element)
  }

  private static func trimmed(_ text: Substring) -> String {
    var bytes = text.utf8
    while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(Substring(bytes))
  }

  private static func offered(_ clause: Clause, isWatch: Bool) -> Representation? {
    var result = Representation()
    switch clause.type {
    case "application/json", "*/*", "application/*": result.encoding = .json
    case "application/yaml": result.encoding = isWatch ? .json : .yaml
    case MediaType.protobuf:
      guard !isWatch else { return nil }
      result.encoding = .protobuf
    case MediaType.eventStream:
      guard isWatch else { return nil }
      result.isEventStream = true
    default: return nil
    }
    switch clause.parameters["as"] {
    case nil: break
    case "Table": result.shape = .table
    case "PartialObjectMetadata", "PartialObjectMetadataList": result.shape = .metadata
    default: return nil
    }
    if clause.parameters["as"] != nil {
      guard clause.parameters["g"] == "meta.k8s.io", result.encoding != .protobuf,
        ["v1", "v1beta1"].contains(clause.parameters["v"] ?? "v1")
      else { return nil }
    }
    return result
  }
}
