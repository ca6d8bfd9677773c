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
    /// Only `metadata` (PartialObjectMetadata).
    case metadata
    /// The same of a list (PartialObjectMetadataList).
    case metadataList
  }

  var encoding = Encoding.json
  var shape = Shape.object
  /// The version of the group meta.k8s.io in which a table or metadata are asked for.
  var shapeVersion = "v1"
  var isEventStream = false
  /// Over several lines.
  var isPretty = false

  /// The form that the client wants most of those that are offered.
  static func negotiate(_ request: APIRequest, _ offer: Offer) throws(Status) -> Representation {
    var result = Representation()
    let accept = request.header("Accept") ?? ""
    if !accept.isEmpty, accept != MediaType.json, accept != "*/*" {
      let clauses = MediaTypes.clauses(accept)
      try offer.checkRoute(clauses)
      guard let found = clauses.lazy.compactMap({ offer.representation($0) }).first else {
        throw .notAcceptable(offer)
      }
      result = found
    }
    if pretty(request) { result.isPretty = true }
    return result
  }

  /// As `negotiate`, JSON where nothing fits: for answers that must be given in any case.
  static func negotiateOrJSON(_ request: APIRequest) -> Representation {
    (try? negotiate(request, Offer(transforms: false))) ?? Representation(isPretty: pretty(request))
  }

  private static func pretty(_ request: APIRequest) -> Bool {
    if let parameter = request.parameter("pretty") { return RequestInfo.isTrue(parameter) }
    let agent = request.header("User-Agent") ?? ""
    return agent.hasPrefix("curl") || agent.hasPrefix("Wget") || agent.hasPrefix("Mozilla/5.0")
  }
}

/// What an address can answer in (k8s.io/apiserver, endpoints/handlers/negotiation).
struct Offer {
  /// Whether it answers with a list or a watch.
  var isCollection = false
  var isWatch = false
  /// Custom objects have no protobuf form; their metadata has.
  var isCustom = false
  /// Whether tables and metadata can be had instead of objects.
  var transforms = true

  init(isCollection: Bool = false, isWatch: Bool = false, isCustom: Bool = false, transforms: Bool = true) {
    self.isCollection = isCollection
    self.isWatch = isWatch
    self.isCustom = isCustom
    self.transforms = transforms
  }

  init(of kind: Kind, verb: String = "get") {
    self.init(
      isCollection: ["list", "watch"].contains(verb), isWatch: verb == "watch", isCustom: kind.custom != nil)
  }

  private static let encodings: [Representation.Encoding] = [.json, .yaml, .protobuf]

  /// The types that the address has, as a refusal names them.
  var types: [String] { Self.encodings.map(\.rawValue) }
  var streamTypes: [String] { [MediaType.json, MediaType.protobuf].map { $0 + ";stream=watch" } }

  /// Kubernetes' router refuses first, by types alone; it does not see the addresses of custom kinds.
  func checkRoute(_ clauses: [MediaTypes.Clause]) throws(Status) {
    guard !isCustom else { return }
    let known = types + (isWatch ? ["*/*", MediaType.eventStream] : ["*/*"])
    if !clauses.contains(where: { known.contains($0.type) }) {
      throw .noRoute(types + (isCollection ? streamTypes : []))
    }
  }

  /// The form that a clause asks for; nil where it is not to be had.
  func representation(_ clause: MediaTypes.Clause) -> Representation? {
    if clause.type == MediaType.eventStream, isWatch { return Representation(isEventStream: true) }
    for encoding in Self.encodings where clause.includes(encoding.rawValue) {
      if let found = representation(clause, encoding) { return found }
    }
    return nil
  }

  private func representation(_ clause: MediaTypes.Clause, _ encoding: Representation.Encoding) -> Representation? {
    let parameters = clause.parameters
    if isWatch, encoding == .yaml { return nil }
    if let stream = parameters["stream"], !stream.isEmpty, stream != "watch" || encoding == .yaml { return nil }
    if let version = parameters["sv"], !version.isEmpty, version != "v1" { return nil }
    var result = Representation(encoding: encoding, isPretty: parameters["pretty"] == "1")
    guard let name = parameters["as"], !name.isEmpty else { return isCustom && encoding == .protobuf ? nil : result }
    let version = parameters["v"] ?? ""
    guard transforms, parameters["g"] == "meta.k8s.io", ["v1", "v1beta1"].contains(version) else { return nil }
    result.shapeVersion = version
    switch name {
    case "Table" where encoding != .protobuf: result.shape = .table
    case "PartialObjectMetadata": result.shape = .metadata
    case "PartialObjectMetadataList": result.shape = .metadataList
    default: return nil
    }
    return result
  }
}
