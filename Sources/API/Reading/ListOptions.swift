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
    selection = try Self.selection(request, info, kind)
    let isWatch = info.verb == "watch"
    let version =
      isWatch
      ? request.header("Last-Event-ID") ?? request.parameter("resourceVersion")
      : request.parameter("resourceVersion")
    try checkCombination(hasVersion: version?.isEmpty == false, isWatch: isWatch, request)
    if let version, !version.isEmpty {
      guard let number = UInt64(version), let revision = Int64(exactly: number) else {
        throw .badResourceVersion(version, isWatch: isWatch)
      }
      resourceVersion = revision
    }
    if let text = request.parameter("continue"), !text.isEmpty { next = try ContinueToken(text) }
  }

  private static func integer(_ text: String?) throws(Status) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    guard let number = Int(text) else { throw .badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax") }
    return number
  }

  private static func selection(_ request: APIRequest, _ info: RequestInfo, _ kind: Kind) throws(Status) -> Selection {
    var labels: LabelSelector?
    if let text = request.parameter("labelSelector"), !text.isEmpty { labels = try LabelSelector(parameter: text) }
    var text = request.parameter("fieldSelector") ?? ""
    if !info.name.isEmpty { text = "metadata.name=" + info.name + (text.isEmpty ? "" : "," + text) }
    return Selection(labels: labels, fields: text.isEmpty ? nil : try FieldSelector(parameter: text, of: kind))
  }

  /// The rules of k8s.io/apimachinery, internalversion/validation.
  private func checkCombination(hasVersion: Bool, isWatch: Bool, _ request: APIRequest) throws(Status) {
    if isWatch, sendInitialEvents != nil, resourceVersionMatch != "NotOlderThan" {
      throw Self.forbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
    }
    guard let match = resourceVersionMatch else { return }
    if isWatch, sendInitialEvents == nil { throw Self.forbidden("resourceVersionMatch is forbidden for watch") }
    if !isWatch, !hasVersion {
      throw Self.forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided")
    }
    if request.parameter("continue")?.isEmpty == false {
      throw Self.forbidden("resourceVersionMatch is forbidden when continue is provided")
    }
    if match != "Exact", match != "NotOlderThan" {
      let message = "Unsupported value: \"\(match)\": supported values: \"Exact\", \"NotOlderThan\", \"\""
      throw .invalidListOptions(FieldError(.notSupported, field: "resourceVersionMatch", message: message))
    }
    if match == "Exact", request.parameter("resourceVersion") == "0" {
      throw Self.forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")
    }
  }

  private static func forbidden(_ why: String) -> Status {
    .invalidListOptions(FieldError(.forbidden, field: "resourceVersionMatch", message: "Forbidden: " + why))
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
    let known = kind.selectableFields
    guard let unknown = requirements.first(where: { !known.contains($0.field) }) else { return }
    if known.count > 2 { throw .badRequest("field label not supported: \(unknown.field)") }
    throw .badRequest(
      "\"\(unknown.field)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
  }
}
