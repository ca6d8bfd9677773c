import CEL
import Tree

/// A rule across fields: an expression that must be true of a value (`x-kubernetes-validations`).
struct CustomRule: Sendable {
  /// Steps of one rule's run.
  static let stepsLimit = 1_000_000

  let text: String
  private let message: String
  private let messageExpression: Program?
  private let reason: String
  private let fieldPath: String
  /// Whether the value before may be absent (`optionalOldSelf`).
  let takesAbsent: Bool
  /// nil where the expression cannot be read, which a definition's validation refuses.
  let program: Program?
  let problem: CELError?

  init(_ source: Value) {
    text = source["rule"]?.string ?? ""
    message = source["message"]?.string ?? ""
    reason = source["reason"]?.string ?? "FieldValueInvalid"
    fieldPath = source["fieldPath"]?.string ?? ""
    takesAbsent = source["optionalOldSelf"]?.boolean ?? false
    var limits = CEL.Limits()
    limits.steps = Self.stepsLimit
    do throws(CELError) {
      program = try CEL.compile(text, variables: ["self", "oldSelf"], library: .rules, limits: limits)
      problem = nil
    } catch {
      program = nil
      problem = error
    }
    let expression = source["messageExpression"]?.string ?? ""
    messageExpression = expression.isEmpty ? nil : try? CEL.compile(expression, library: .rules, limits: limits)
  }

  /// Whether it compares with what was before.
  private var isTransition: Bool { program?.references.contains { $0.first == "oldSelf" } ?? false }

  /// What the rule finds wrong with a value; nil if it holds, or is not about it.
  func error(_ value: CELValue, old: CELValue?, _ path: String) -> FieldError? {
    guard let program, !isTransition || old != nil || takesAbsent else { return nil }
    var variables: [String: CELValue] = ["self": value]
    if takesAbsent {
      variables["oldSelf"] = .optional(old)
    } else if let old {
      variables["oldSelf"] = old
    }
    do throws(CELError) {
      if case .bool(true) = try program.evaluate(variables) { return nil }
    } catch {
      let name = message.isEmpty ? text : message
      return error.kind == .limit
        ? refusal(
          path,
          "'\(error.message)': no further validation rules will be run due to call cost exceeds limit for rule: "
            + name)
        : refusal(path, "\(error.message) evaluating rule: \(name)")
    }
    return refusal(path, said(variables))
  }

  private func said(_ variables: [String: CELValue]) -> String {
    if let messageExpression {
      do throws(CELError) {
        if case .string(let text) = try messageExpression.evaluate(variables), !text.isEmpty { return text }
      } catch {
        return message.isEmpty ? "failed rule: " + text : message
      }
    }
    return message.isEmpty ? "failed rule: " + text : message
  }

  private func refusal(_ path: String, _ why: String) -> FieldError {
    let field = path + (path.isEmpty && fieldPath.hasPrefix(".") ? String(fieldPath.dropFirst()) : fieldPath)
    let kind = FieldError.Kind(rawValue: reason) ?? .invalid
    let head =
      switch kind {
      case .forbidden: "Forbidden"
      case .required: "Required value"
      case .duplicate: "Duplicate value"
      default: "Invalid value"
      }
    return FieldError(kind, field: field.isEmpty ? "<nil>" : field, message: head + ": " + why)
  }
}

extension StructuralSchema {
  /// What the rules here and below find wrong. Only values that have an earlier state are compared with it: those of
  /// members, and of lists' objects that have keys.
  func ruleErrors(_ value: Value, old: Value?, _ path: String) -> [FieldError] {
    if value.isNull { return [] }
    var errors: [FieldError] = []
    if !rules.isEmpty {
      let (present, before) = (ruleValue(value), old.map(ruleValue))
      errors = rules.compactMap { $0.error(present, old: before, path) }
    }
    switch value {
    case .object(let members):
      for member in members {
        guard let schema = self.member(member.key) else { continue }
        let place = path.isEmpty ? member.key : path + "." + member.key
        errors += schema.ruleErrors(member.value, old: old?[member.key], place)
      }
    case .array(let elements):
      guard let items, items.hasRules else { break }
      for (index, element) in elements.enumerated() {
        let identity = listType == "map" ? identity(of: element) : nil
        let before = identity.flatMap { key in old?.array?.first { self.identity(of: $0) == key } }
        errors += items.ruleErrors(element, old: before, "\(path)[\(index)]")
      }
    default: break
    }
    return errors
  }
}
