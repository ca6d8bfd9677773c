import Tree

/// Why a command ends without having done its work: what kubectl writes to the standard error, and its exit status.
struct Failure: Error {
  /// Whole lines; empty if everything was said already.
  var text: String
  var code: Int32 = 1
  /// The server's HTTP status, if it was the server that refused.
  var httpStatus: Int?
  /// The server's `Status` object, if it was the server that refused.
  var status: Value?

  init(text: String, code: Int32 = 1, httpStatus: Int? = nil, status: Value? = nil) {
    self.text = text
    self.code = code
    self.httpStatus = httpStatus
    self.status = status
  }

  /// `error: …`, as kubectl words what it finds wrong itself.
  static func error(_ message: String) -> Failure {
    Failure(text: message.hasPrefix("error: ") ? message : "error: " + message)
  }

  /// A usage error, with the hint at the command's help.
  static func usage(_ message: String, _ invocation: Invocation) -> Failure {
    .error("\(message)\nSee '\(invocation.path) -h' for help and examples")
  }

  /// Everything was said already.
  static let silent = Failure(text: "")

  var isNotFound: Bool { httpStatus == 404 }
  var isConflict: Bool { httpStatus == 409 && status?["reason"] != "AlreadyExists" }
}

extension Failure {
  /// A server's refusal in kubectl's words (k8s.io/kubectl, checkErr).
  ///
  /// - Parameter prefix: what kubectl was doing, such as `error when creating "pod.yaml": `.
  static func server(_ reply: Reply, prefix: String = "") -> Failure {
    let status = try? JSON.parse(reply.body)
    let message = prefix + (status?["message"]?.string ?? fallback(reply))
    let reason = status?["reason"]?.string ?? (status?["kind"] == "Status" ? "" : Self.reason(reply.status))
    let text =
      switch reason {
      case "Invalid": invalid(status, message)
      case "Unauthorized": "error: You must be logged in to the server (\(message))"
      case "": "Error from server: \(message)"
      default: "Error from server (\(reason)): \(message)"
      }
    return Failure(text: text, httpStatus: reply.status, status: status)
  }

  /// The same refusal, said with what kubectl was doing when it came.
  func during(_ action: String, _ source: String?) -> Failure {
    guard let source, let status, let httpStatus else { return self }
    let reply = Reply(status: httpStatus, body: status.json)
    return .server(reply, prefix: "error when \(action) \"\(source)\": ")
  }

  /// A list's refusal that a selector is the reason of, with the selectors.
  func whileFinding(_ resource: Resource, _ query: [(String, String)]) -> Failure {
    let labels = query.first { $0.0 == "labelSelector" }?.1 ?? ""
    let fields = query.first { $0.0 == "fieldSelector" }?.1 ?? ""
    guard httpStatus == 400, let status, !(labels.isEmpty && fields.isEmpty) else { return self }
    let kind = "\(resource.group)/\(resource.version), Resource=\(resource.name)"
    let prefix =
      "Unable to find \(quoted(kind)) that match label selector \(quoted(labels)), field selector \(quoted(fields)): "
    return .server(Reply(status: 400, body: status.json), prefix: prefix)
  }

  private static func fallback(_ reply: Reply) -> String {
    let text = String(decoding: reply.body.prefix(1000), as: UTF8.self)
    if reply.status == 404 { return "the server could not find the requested resource" }
    return text.isEmpty ? "the server answered with status \(reply.status)" : text
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 400: "BadRequest"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "NotFound"
    case 405: "MethodNotAllowed"
    case 409: "Conflict"
    case 410: "Gone"
    case 413: "RequestEntityTooLarge"
    case 415: "UnsupportedMediaType"
    case 429: "TooManyRequests"
    case 500: "InternalError"
    case 503: "ServiceUnavailable"
    case 504: "Timeout"
    default: ""
    }
  }

  private static func invalid(_ status: Value?, _ message: String) -> String {
    let details = status?["details"]
    let kind = details?["kind"]?.string ?? ""
    let name = details?["name"]?.string ?? ""
    var head = "The request is invalid"
    if !kind.isEmpty || !name.isEmpty { head = "The \(kind) \(quoted(name)) is invalid" }
    var causes: [String] = []
    for cause in details?["causes"]?.array ?? [] {
      let line = "\(cause["field"]?.string ?? ""): \(cause["message"]?.string ?? "")"
      if !causes.contains(line) { causes.append(line) }
    }
    switch causes.count {
    case 0: return kind.isEmpty && name.isEmpty ? "\(head): \(message)" : head
    case 1: return "\(head): \(causes[0])"
    default: return "\(head): \n" + causes.map { "* \($0)" }.joined(separator: "\n")
    }
  }
}

/// A text in double quotes, as Go's `%q` writes it.
func quoted(_ text: String) -> String {
  var result = "\""
  for character in text {
    switch character {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    default: result.append(character)
    }
  }
  return result + "\""
}
