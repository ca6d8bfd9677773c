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

  init(_ request: APIRequest, verb: String) throws(Status) {
    let kind = ["create": "CreateOptions", "update": "UpdateOptions", "patch": "PatchOptions"][verb] ?? "DeleteOptions"
    isDryRun = try Self.isDryRun(request.query.filter { $0.name == "dryRun" }.map(\.value), kind)
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
