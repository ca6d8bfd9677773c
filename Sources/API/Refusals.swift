package import Kinds
import Store

/// The API's refusals, in Kubernetes' words (k8s.io/apimachinery, api/errors).
extension Status {
  package static func notFound(_ kind: Kind, _ name: String) -> Status {
    Status(
      code: 404, reason: "NotFound", message: "\(kind.groupResource.name) \"\(name)\" not found",
      details: .of(kind, name))
  }

  package static func alreadyExists(_ kind: Kind, _ name: String) -> Status {
    Status(
      code: 409, reason: "AlreadyExists", message: "\(kind.groupResource.name) \"\(name)\" already exists",
      details: .of(kind, name))
  }

  /// No free name was found for a `generateName`.
  static func generateNameConflict(_ kind: Kind, _ name: String) -> Status {
    var status = alreadyExists(kind, name)
    status.message += ", the server was not able to generate a unique name for the object"
    status.details?.retryAfterSeconds = 1
    return status
  }

  package static func conflict(_ kind: Kind, _ name: String) -> Status {
    conflict(
      kind, name, "the object has been modified; please apply your changes to the latest version and try again")
  }

  package static func conflict(_ kind: Kind, _ name: String, _ why: String) -> Status {
    Status(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(kind.groupResource.name) \"\(name)\": \(why)",
      details: .of(kind, name))
  }

  package static func badRequest(_ message: String) -> Status {
    Status(code: 400, reason: "BadRequest", message: message)
  }

  /// Field errors, all of them at once.
  package static func invalid(_ kind: Kind, _ name: String, _ errors: [FieldError]) -> Status {
    invalid(kind: kind.name, group: kind.group, name, errors)
  }

  static func invalid(kind: String, group: String, _ name: String, _ errors: [FieldError]) -> Status {
    var said: [String] = []
    for error in errors.map({ $0.field + ": " + $0.message }) where !said.contains(error) { said.append(error) }
    let reasons = said.count == 1 ? said[0] : "[" + said.joined(separator: ", ") + "]"
    let qualified = group.isEmpty ? kind : kind + "." + group
    return Status(
      code: 422, reason: "Invalid", message: "\(qualified) \"\(name)\" is invalid: \(reasons)",
      details: Details(
        name: name.isEmpty ? nil : name, group: group.isEmpty ? nil : group, kind: kind,
        causes: errors.map { Cause(reason: $0.kind.rawValue, message: $0.message, field: $0.field) }))
  }

  static func invalidListOptions(_ errors: [FieldError]) -> Status {
    invalid(kind: "ListOptions", group: "meta.k8s.io", "", errors)
  }

  package static func forbidden(_ kind: Kind, _ name: String, _ why: String) -> Status {
    let object = name.isEmpty ? kind.groupResource.name : "\(kind.groupResource.name) \"\(name)\""
    return Status(
      code: 403, reason: "Forbidden", message: "\(object) is forbidden: \(why)", details: .of(kind, name))
  }

  static func badResourceVersion(_ text: String, isWatch: Bool) -> Status {
    let why = "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": invalid syntax"
    return isWatch ? Status(code: 500, reason: "", message: why) : .badRequest("invalid resource version: " + why)
  }

  /// The reader is ahead of the cluster.
  static func tooLarge(_ revision: Int64, current: Int64) -> Status {
    Status(
      code: 504, reason: "Timeout",
      message: "Timeout: Too large resource version: \(revision), current: \(current)",
      details: Details(
        causes: [Cause(reason: "ResourceVersionTooLarge", message: "Too large resource version", field: "")],
        retryAfterSeconds: 1))
  }

  static func tooOldToWatch(_ revision: Int64, oldest: Int64) -> Status {
    Status(code: 410, reason: "Expired", message: "too old resource version: \(revision) (\(oldest))")
  }

  static func tooOldToRead(oldest: Int64) -> Status {
    Status(
      code: 410, reason: "Expired", message: "The resourceVersion for the provided list is too old.",
      details: .oldest(oldest))
  }

  /// A moment of the past is no longer kept.
  package static func expired(_ revision: Int64, oldest: Int64) -> Status {
    Status(
      code: 410, reason: "Expired",
      message: "revision \(revision) is no longer kept: the oldest that can be read is \(oldest)",
      details: .oldest(oldest))
  }

  /// The page's moment is no longer kept; the list can go on with the present.
  static func tooOldToContinue(_ token: ContinueToken) -> Status {
    var status = Status(
      code: 410, reason: "Expired",
      message:
        "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        + "without the continue parameter, or use the continue token in this response to retrieve the remainder of the "
        + "results. Continuing with the provided token results in an inconsistent list - objects that were created, "
        + "modified, or deleted between the time the first chunk was returned and now may show up in the list.")
    status.next = ContinueToken(revision: ContinueToken.present, path: token.path).text
    return status
  }

  static let unauthorized = Status(code: 401, reason: "Unauthorized", message: "Unauthorized")

  /// The address has none of the types that the client accepts.
  static func noRoute(_ types: [String]) -> Status {
    Status(
      code: 406, reason: "NotAcceptable",
      message: "406: Not Acceptable\n\nAvailable representations: " + types.joined(separator: ", "),
      details: Details())
  }

  /// Nothing is to be had in the form that the client wants.
  static func notAcceptable(_ offer: Offer) -> Status {
    let types = offer.isWatch ? offer.streamTypes : offer.types
    return notAcceptable("only the following media types are accepted: " + types.joined(separator: ", "))
  }

  static func notAcceptable(_ why: String) -> Status {
    Status(code: 406, reason: "NotAcceptable", message: why)
  }

  static let unknownResource = Status(
    code: 404, reason: "NotFound", message: "the server could not find the requested resource", details: Details())

  static let methodNotAllowed = Status(
    code: 405, reason: "MethodNotAllowed",
    message: "the server does not allow this method on the requested resource", details: Details())

  static let unsupportedMediaType = Status(
    code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: Details())
}

extension Status.Details {
  static func of(_ kind: Kind, _ name: String) -> Status.Details {
    Status.Details(
      name: name.isEmpty ? nil : name, group: kind.group.isEmpty ? nil : kind.group, kind: kind.plural)
  }
}

extension Status.Details {
  /// Names the oldest revision that can be read.
  fileprivate static func oldest(_ revision: Int64) -> Status.Details {
    Status.Details(
      causes: [Status.Cause(reason: "OldestRevision", message: String(revision), field: "resourceVersion")])
  }
}
