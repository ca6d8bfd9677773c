import Kinds

/// The query of a list, a watch or a deletion of many (API reference, ListOptions v1 meta).
struct ListOptions {
  var selection = Selection()
  /// nil or 0: no limit.
  var limit: Int?
  var next: ContinueToken?
  /// nil: not given.
  var resourceVersion: Int64?
  /// `Exact`, `NotOlderThan`
  var resourceVersionMatch: String?
  var timeoutSeconds: Int?
  var allowsBookmarks = false
  var sendInitialEvents: Bool?

  init(_ request: APIRequest, _ info: RequestInfo, kind: Kind) throws(Status) {
    limit = try Self.integer(request.parameter("limit"))
    timeoutSeconds = try Self.integer(request.parameter("timeoutSeconds"))
    allowsBookmarks = RequestInfo.isTrue(request.parameter("allowWatchBookmarks"))
    sendInitialEvents = request.parameter("sendInitialEvents").map { RequestInfo.isTrue($0) }
    resourceVersionMatch = request.parameter("resourceVersionMatch").flatMap { $0.isEmpty ? nil : $0 }
    let isWatch = info.verb == "watch"
    let version =
      (isWatch ? request.header("Last-Event-ID") : nil) ?? request.parameter("resourceVersion") ?? ""
    try checkCombination(version: version, isWatch: isWatch, request)
    selection = try Self.selection(request, info, kind)
    if !version.isEmpty {
      guard let number = UInt64(version), let revision = Int64(exactly: number) else {
        throw .badResourceVersion(version, isWatch: isWatch)
      }
      resourceVersion = revision
    }
    guard let text = request.parameter("continue"), !text.isEmpty, !isWatch else { return }
    next = try ContinueToken(text)
    if resourceVersion ?? 0 != 0 {
      throw .badRequest("specifying resource version is not allowed when using continue")
    }
  }

  private static func integer(_ text: String?) throws(Status) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    guard let number = Int(text) else {
      let isNumber = text.drop { $0 == "-" || $0 == "+" }.allSatisfy { $0.isASCII && $0.isNumber }
      let why = isNumber && text.contains(where: \.isNumber) ? "value out of range" : "invalid syntax"
      throw .badRequest("strconv.ParseInt: parsing \"\(text)\": \(why)")
    }
    return number
  }

  // MARK: Selectors

  private static func selection(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> Selection {
    var labels: LabelSelector?
    if let text = request.parameter("labelSelector"), !text.isEmpty { labels = try LabelSelector(parameter: text) }
    let text = request.parameter("fieldSelector") ?? ""
    var fields = text.isEmpty ? nil : try FieldSelector(parameter: text, of: kind)
    if !info.name.isEmpty {
      let name = fields?.requirements.first { $0.field == "metadata.name" && $0.isEqual }?.value
      if fields != nil, name != info.name {
        throw .badRequest("fieldSelector metadata.name doesn't match requested name")
      }
      fields = (fields ?? .everything).requiring("metadata.name", info.name)
    }
    return Selection(labels: labels, fields: fields)
  }

  // MARK: Revisions

  /// The rules of k8s.io/apimachinery, internalversion/validation. All that is wrong is said at once.
  private func checkCombination(version: String, isWatch: Bool, _ request: APIRequest) throws(Status) {
    var errors = isWatch ? watchErrors : listErrors(version)
    if resourceVersionMatch != nil, request.parameter("continue")?.isEmpty == false {
      errors.append(Self.forbidden("resourceVersionMatch is forbidden when continue is provided"))
    }
    if !errors.isEmpty { throw .invalidListOptions(errors) }
  }

  private var watchErrors: [FieldError] {
    var errors: [FieldError] = []
    if sendInitialEvents != nil, resourceVersionMatch != "NotOlderThan" {
      errors.append(Self.forbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"))
    }
    guard let match = resourceVersionMatch else { return errors }
    if sendInitialEvents == nil {
      errors.append(
        Self.forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"))
    }
    if match != "NotOlderThan" { errors.append(Self.unsupported(match, "\"NotOlderThan\"")) }
    return errors
  }

  private func listErrors(_ version: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let match = resourceVersionMatch {
      if version.isEmpty {
        errors.append(Self.forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"))
      }
      if match != "Exact", match != "NotOlderThan" {
        errors.append(Self.unsupported(match, "\"Exact\", \"NotOlderThan\", \"\""))
      }
      if match == "Exact", version == "0" {
        errors.append(Self.forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""))
      }
    }
    if sendInitialEvents != nil {
      errors.append(
        FieldError(
          .forbidden, field: "sendInitialEvents", message: "Forbidden: sendInitialEvents is forbidden for list"))
    }
    return errors
  }

  private static func forbidden(_ why: String) -> FieldError {
    FieldError(.forbidden, field: "resourceVersionMatch", message: "Forbidden: " + why)
  }

  private static func unsupported(_ match: String, _ supported: String) -> FieldError {
    FieldError(
      .notSupported, field: "resourceVersionMatch",
      message: "Unsupported value: \"\(match)\": supported values: \(supported)")
  }
}

extension LabelSelector {
  fileprivate init(parameter text: String) throws(Status) {
    do {
      try self.init(text: text)
    } catch {
      throw .badRequest(error.message)
    }
  }
}

extension FieldSelector {
  fileprivate init(parameter text: String, of kind: Kind) throws(Status) {
    do {
      try self.init(text: text)
    } catch {
      throw .badRequest(error.message)
    }
    if let unknown = requirements.first(where: { !kind.selectableFields.contains($0.field) }) {
      throw .badRequest(kind.unselectable(unknown.field))
    }
    self = renamed(kind.storedField)
  }
}
