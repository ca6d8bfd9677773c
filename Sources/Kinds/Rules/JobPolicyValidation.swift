import Tree

/// What a Job's failed pods mean, and when enough has succeeded (k8s.io/kubernetes, pkg/apis/batch/validation).
struct JobPolicyValidation {
  let spec: Value
  let path: String

  private static let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
  private static let operators = ["In", "NotIn"]
  private static let statuses = ["False", "True", "Unknown"]
  private static let replacements = ["Failed", "TerminatingOrFailed"]
  private static let ruleLimit = 20
  private static let valueLimit = 255

  var errors: [FieldError] {
    failureErrors + successErrors + replacementErrors
  }

  private var replacementErrors: [FieldError] {
    guard let word = spec["podReplacementPolicy"]?.string else { return [] }
    let words = spec["podFailurePolicy"] == nil ? Self.replacements : ["Failed"]
    return words.contains(word) ? [] : [.notSupported(path + ".podReplacementPolicy", word, words)]
  }

  // MARK: Failures

  private var failureErrors: [FieldError] {
    guard let policy = spec["podFailurePolicy"] else { return [] }
    let path = path + ".podFailurePolicy"
    return countErrors(policy, Self.ruleLimit, at: path + ".rules", of: "rules")
      + policy.elements("rules", in: path).flatMap { ruleErrors($0.value, at: $0.path) }
  }

  private func countErrors(_ owner: Value, _ limit: Int, at path: String, of list: String) -> [FieldError] {
    let count = owner[list]?.array?.count ?? 0
    return count > limit
      ? [FieldError(.tooMany, field: path, message: "Too many: \(count): must have at most \(limit) items")] : []
  }

  private func ruleErrors(_ rule: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let action = rule.text("action")
    if action.isEmpty {
      errors.append(.required(path + ".action", "valid values: " + quoted(Self.actions)))
    } else if action == "FailIndex" {
      if spec["backoffLimitPerIndex"] == nil {
        errors.append(
          .invalid(path + ".action", .string(action), "requires the backoffLimitPerIndex to be set"))
      }
    } else if !Self.actions.contains(action) {
      errors.append(.notSupported(path + ".action", action, Self.actions))
    }
    let (codes, conditions) = (rule["onExitCodes"], rule["onPodConditions"]?.array ?? [])
    if let codes { errors += codeErrors(codes, at: path + ".onExitCodes") }
    errors += countErrors(rule, Self.ruleLimit, at: path + ".onPodConditions", of: "onPodConditions")
    for (path, condition) in rule.elements("onPodConditions", in: path) {
      errors += LabelValidation.keyErrors(condition.text("type"), at: path + ".type")
      let status = condition.text("status")
      if !Self.statuses.contains(status) { errors.append(.notSupported(path + ".status", status, Self.statuses)) }
    }
    if codes != nil, !conditions.isEmpty {
      errors.append(plain(path, "specifying both OnExitCodes and OnPodConditions is not supported"))
    }
    if codes == nil, conditions.isEmpty {
      errors.append(plain(path, "specifying one of OnExitCodes and OnPodConditions is required"))
    }
    return errors
  }

  /// An error that does not show the value.
  private func plain(_ path: String, _ why: String) -> FieldError {
    FieldError(.invalid, field: path, message: "Invalid value: " + why)
  }

  /// As Go prints a list of texts.
  private func quoted(_ words: [String]) -> String {
    "[" + words.map { Value.string($0).jsonText }.joined(separator: " ") + "]"
  }

  private func codeErrors(_ codes: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let word = codes.text("operator")
    if word.isEmpty {
      errors.append(.required(path + ".operator", "valid values: " + quoted(Self.operators)))
    } else if !Self.operators.contains(word) {
      errors.append(.notSupported(path + ".operator", word, Self.operators))
    }
    let names = ["containers", "initContainers"].flatMap { spec["template", "spec", $0]?.array ?? [] }
    if let name = codes["containerName"]?.string, !names.contains(where: { $0.text("name") == name }) {
      errors.append(
        .invalid(
          path + ".containerName", .string(name),
          "must be one of the container or initContainer names in the pod template"))
    }
    let values = codes["values"]?.array ?? []
    if values.isEmpty {
      errors.append(.invalid(path + ".values", codes["values"] ?? .null, "at least one value is required"))
    }
    errors += countErrors(codes, Self.valueLimit, at: path + ".values", of: "values")
    var seen: Set<Int64> = []
    for (index, value) in values.enumerated() {
      let (number, place) = (value.integer ?? 0, path + ".values[\(index)]")
      if word == "In", number == 0 {
        errors.append(.invalid(place, value, "must not be 0 for the In operator"))
      }
      if !seen.insert(number).inserted { errors.append(.duplicate(place, value)) }
    }
    let numbers = values.map { $0.integer ?? 0 }
    if numbers != numbers.sorted() { errors.append(.invalid(path + ".values", .array(values), "must be ordered")) }
    return errors
  }

  // MARK: Success

  private var successErrors: [FieldError] {
    guard let policy = spec["successPolicy"] else { return [] }
    let path = path + ".successPolicy"
    guard spec["completionMode"] == "Indexed" else {
      let rules = (policy["rules"]?.array ?? []).map { GoStructure.value($0, ["succeededIndexes", "succeededCount"]) }
      return [.invalid(path, ["Rules": .array(rules)], "requires indexed completion mode")]
    }
    var errors: [FieldError] = []
    if policy["rules"]?.array?.isEmpty ?? true {
      errors.append(
        .required(path + ".rules", "at least one rules must be specified when the successPolicy is specified"))
    }
    errors += countErrors(policy, Self.ruleLimit, at: path + ".rules", of: "rules")
    guard let completions = spec["completions"]?.integer else { return errors }
    for (path, rule) in policy.elements("rules", in: path) {
      errors += successRuleErrors(rule, completions, at: path)
    }
    return errors
  }

  private func successRuleErrors(_ rule: Value, _ completions: Int64, at path: String) -> [FieldError] {
    let (indexes, count) = (rule["succeededIndexes"]?.string, rule["succeededCount"]?.integer)
    if indexes == nil, count == nil {
      return [.required(path, "at least one of succeededCount or succeededIndexes must be specified")]
    }
    var errors: [FieldError] = []
    var total: Int64 = 0
    if let indexes {
      do throws(IndexFormat.Problem) {
        total = try IndexFormat.count(indexes, below: completions)
      } catch {
        errors.append(
          .invalid(
            path + ".succeededIndexes", .string(indexes), "error parsing succeededIndexes: \(error.text)"))
      }
    }
    guard let count else { return errors }
    let place = path + ".succeededCount"
    if count < 0 { errors.append(.invalid(place, .integer(count), "must be greater than or equal to 0")) }
    if count > completions {
      errors.append(
        .invalid(
          place, .integer(count), "must be less than or equal to \(completions) (the number of specified completions)"))
    }
    if indexes != nil, count > total {
      errors.append(
        .invalid(
          place, .integer(count),
          "must be less than or equal to \(total) (the number of indexes in the specified succeededIndexes field)"))
    }
    return errors
  }
}

/// Completion indexes as a text: `0,2-4`.
enum IndexFormat {
  struct Problem: Error {
    let text: String
  }

  /// How many indexes the text names, all of them below the bound.
  static func count(_ text: String, below bound: Int64) throws(Problem) -> Int64 {
    if text.isEmpty { return 0 }
    var total: Int64 = 0
    var last: Int64?
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let range = try interval(String(part), below: bound)
      if let last, last >= range.lowerBound {
        throw Problem(text: "non-increasing order, previous: \(last), current: \(range.lowerBound)")
      }
      total += range.upperBound - range.lowerBound + 1
      last = range.upperBound
    }
    return total
  }

  private static func interval(_ text: String, below bound: Int64) throws(Problem) -> ClosedRange<Int64> {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if ends.count > 2 {
      throw Problem(
        text: "the fragment \(Value.string(text).jsonText) violates the requirement that an index interval can have "
          + "at most two parts separated by '-'")
    }
    let first = try index(ends[0], below: bound)
    guard ends.count == 2 else { return first...first }
    let second = try index(ends[1], below: bound)
    if first >= second { throw Problem(text: "non-increasing order, previous: \(first), current: \(second)") }
    return first...second
  }

  private static func index(_ text: String, below bound: Int64) throws(Problem) -> Int64 {
    guard let number = Int64(text) else {
      throw Problem(text: "cannot convert string to integer for index: \(Value.string(text).jsonText)")
    }
    if number >= bound { throw Problem(text: "too large index: \(Value.string(text).jsonText)") }
    return number
  }
}
