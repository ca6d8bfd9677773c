import CEL
import Tree

extension CELError {
  /// Why an expression does not compile, as Kubernetes' compiler shows it: the place, the line, and a mark under it.
  func compilation(of text: String) -> String {
    let line = position?.line ?? 1
    let column = position?.column ?? 1
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.indices.contains(line - 1) ? String(lines[line - 1]) : ""
    let mark = String(repeating: ".", count: max(0, column - 1)) + "^"
    return "compilation failed: ERROR: <input>:\(line):\(column): \(compilerText)\n | \(shown)\n | \(mark)"
  }

  /// In the compiler's words, as far as it has words of its own.
  private var compilerText: String {
    switch kind {
    case .unknownName: "undeclared reference to '\(quotedName)' (in container '')"
    case .syntax: "Syntax error: " + message
    default: message
    }
  }

  /// The first name in quotes that the message tells of.
  private var quotedName: String {
    let parts = message.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts[1]) : message
  }
}

/// Checks expressions of admission when they are written down.
struct AdmissionExpressions {
  private let library: CELLibrary
  private let names: Set<String>
  /// The policy's named expressions so far.
  var variables: [String] = []

  /// What expressions of a policy may name.
  static func policy(hasParams: Bool, library: CELLibrary) -> AdmissionExpressions {
    AdmissionExpressions(
      library: library,
      names: shared.union(["namespaceObject", "variables"]).union(hasParams ? ["params"] : []))
  }

  /// What the conditions of a webhook may name.
  static let webhook = AdmissionExpressions(library: .validation, names: shared)

  private static let shared: Set<String> = ["object", "oldObject", "request", "authorizer"]
  private static let requestFields: Set<String> = [
    "kind", "resource", "subResource", "requestKind", "requestResource", "requestSubResource", "name", "namespace",
    "operation", "userInfo", "dryRun", "options",
  ]

  private init(library: CELLibrary, names: Set<String>) {
    self.library = library
    self.names = names
  }

  /// What is wrong with an expression at `path`, whose value must have one of the types (of none: may have any).
  func errors(_ text: String, _ path: String, giving types: [StaticType] = []) -> [FieldError] {
    do throws(CELError) {
      let program = try CEL.compile(text, variables: names, library: library)
      if let unknown = program.references.compactMap({ unknownField(of: $0) }).first {
        return [.invalid(path, .string(text), Self.undefined(unknown.field, after: unknown.owner, in: text))]
      }
      let typing = program.typing { _ in .uncertain }
      if let error = typing.error { return [.invalid(path, .string(text), error.compilation(of: text))] }
      if types.isEmpty || typing.type == .uncertain || types.contains(typing.type) { return [] }
      let names = types.map { $0 == .null ? "null_type" : $0.rawValue }
      let wanted = names.count == 1 ? names[0] : "one of [\(names.joined(separator: " "))]"
      return [.invalid(path, .string(text), "must evaluate to " + wanted)]
    } catch {
      return [.invalid(path, .string(text), error.compilation(of: text))]
    }
  }

  private func unknownField(of reference: [String]) -> (owner: String, field: String)? {
    guard reference.count > 1 else { return nil }
    switch reference[0] {
    case "variables" where !variables.contains(reference[1]): return (reference[0], reference[1])
    case "request" where !Self.requestFields.contains(reference[1]): return (reference[0], reference[1])
    default: return nil
    }
  }

  private static func undefined(_ field: String, after owner: String, in text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard let range = line.firstRange(of: owner + "." + field) else { continue }
      let column = line.distance(from: line.startIndex, to: range.lowerBound) + owner.count + 1
      let mark = String(repeating: ".", count: column - 1) + "^"
      return
        "compilation failed: ERROR: <input>:\(index + 1):\(column): undefined field '\(field)'\n | \(line)\n | \(mark)"
    }
    return "compilation failed: ERROR: <input>:1:1: undefined field '\(field)'"
  }
}
