import CEL
import Kinds
import Tree

/// The programs of a cluster's admission expressions, compiled once each.
final class ExpressionShelf {
  /// How many programs are kept; when there are more, all are made anew.
  private static let limit = 5_000

  private var programs: [String: Result<Program, CELError>] = [:]

  func program(_ text: String) throws(CELError) -> Program {
    if let known = programs[text] { return try known.get() }
    if programs.count >= Self.limit { programs = [:] }
    let made = Result { () throws(CELError) in
      try CEL.compile(text, library: .admission)
    }
    programs[text] = made
    return try made.get()
  }
}

/// One run of a policy's expressions, on one budget of steps (k8s.io/apiserver, apis/cel RuntimeCELCostBudget).
struct PolicyRun {
  private static let budget = 10_000_000

  private let shelf: ExpressionShelf
  private var variables: [String: CELValue]
  private var budget = Self.budget
  private var named: [(String, CELValue)] = []

  init(_ attempt: PolicyAttempt, params: Value?) {
    shelf = attempt.request.writer.expressions
    variables = attempt.variables(params: params)
  }

  mutating func evaluate(_ text: String) throws(CELError) -> CELValue {
    try shelf.program(text).evaluate(variables, budget: &budget)
  }

  /// Lets the next expressions see the object as it is now.
  mutating func show(_ object: Value) { variables["object"] = CELValue(object) }

  /// Gives the policy's named expressions their values. One that fails is missed only by those who name it.
  mutating func define(_ expressions: [Value]) {
    named = []
    for variable in expressions {
      guard let name = variable["name"]?.string, let text = variable["expression"]?.string else { continue }
      do throws(CELError) {
        named.append((name, try evaluate(text)))
        variables["variables"] = .map(CELMap(named))
      } catch {
        continue
      }
    }
  }

  /// Whether all conditions hold; one that is false decides before others' errors do.
  mutating func meets(_ conditions: [Value]) throws(ConditionErrors) -> Bool {
    var errors: [String] = []
    for condition in conditions {
      let text = condition["expression"]?.string ?? ""
      do throws(CELError) {
        if case .bool(false) = try evaluate(text) { return false }
      } catch {
        errors.append(Self.failure(text, error))
      }
    }
    if !errors.isEmpty { throw ConditionErrors(errors) }
    return true
  }

  /// Why conditions cannot be decided.
  struct ConditionErrors: Error {
    let message: String

    init(_ messages: [String]) {
      message = messages.count == 1 ? messages[0] : "[" + messages.joined(separator: ", ") + "]"
    }
  }

  /// In Kubernetes' words.
  static func failure(_ text: String, _ error: CELError) -> String {
    if error.kind == .limit {
      return "validation failed due to running out of cost budget, no further validation rules will be run"
    }
    return "expression '\(text)' resulted in error: \(error.message)"
  }
}
