import Kinds
import Tree

/// The query of a write (API reference, CreateOptions, UpdateOptions and PatchOptions v1 meta).
struct WriteOptions {
  enum FieldValidation: String {
    case ignore = "Ignore"
    case warn = "Warn"
    case strict = "Strict"
  }

  var isDryRun = false
  var fieldValidation = FieldValidation.warn
  /// As which manager the request writes.
  let manager: String
  /// Whether an apply takes fields from others.
  let force: Bool

  init(_ request: APIRequest, verb: String) throws(Status) {
    let kind = ["create": "CreateOptions", "update": "UpdateOptions", "patch": "PatchOptions"][verb] ?? "DeleteOptions"
    let given = request.parameter("fieldManager") ?? ""
    manager = given.isEmpty ? ManagerName.ofRequest(request) : given
    force = request.parameter("force").map { RequestInfo.isTrue($0) } ?? false
    isDryRun = try Self.isDryRun(request.query.filter { $0.name == "dryRun" }.map(\.value), kind)
    try checkManager(given, kind)
    if kind == "PatchOptions" { try Self.checkApply(request, given) }
    let text = request.parameter("fieldValidation") ?? ""
    guard !text.isEmpty else { return }
    guard let validation = FieldValidation(rawValue: text) else {
      throw .invalid(
        kind: kind, group: "meta.k8s.io", "",
        [
          FieldError(
            .notSupported, field: "fieldValidation",
            message: "Unsupported value: \"\(text)\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"")
        ])
    }
    fieldValidation = validation
  }

  private func checkManager(_ name: String, _ kind: String) throws(Status) {
    var errors: [FieldError] = []
    if name.utf8.count > ManagerName.limit {
      errors.append(
        FieldError(
          .tooLong, field: "fieldManager", message: "Too long: may not be more than \(ManagerName.limit) bytes"))
    }
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
      errors.append(
        FieldError(
          .invalid, field: "fieldManager",
          message: "Invalid value: \(Value.string(name).jsonText): should only contain printable characters"))
    }
    if !errors.isEmpty { throw .invalid(kind: kind, group: "meta.k8s.io", "", errors) }
  }

  /// An apply needs a manager, and only an apply can be forced.
  private static func checkApply(_ request: APIRequest, _ manager: String) throws(Status) {
    let error: FieldError
    if Patch.isApply(request) {
      guard manager.isEmpty else { return }
      error = FieldError(
        .required, field: "fieldManager", message: "Required value: is required for apply patch")
    } else {
      guard request.parameter("force") != nil else { return }
      error = FieldError(
        .forbidden, field: "force", message: "Forbidden: may not be specified for non-apply patch")
    }
    throw .invalid(kind: "PatchOptions", group: "meta.k8s.io", "", [error])
  }

  /// Whether `dryRun` values ask for a dry run; `All` is the only one there is.
  static func isDryRun(_ values: [String], _ kind: String) throws(Status) -> Bool {
    guard values.contains(where: { $0 != "All" && !$0.isEmpty }) else { return values.contains("All") }
    let list = "[" + values.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    throw .invalid(
      kind: kind, group: "meta.k8s.io", "",
      [
        FieldError(
          .notSupported, field: "dryRun", message: "Unsupported value: \(list): supported values: \"All\"")
      ])
  }
}
