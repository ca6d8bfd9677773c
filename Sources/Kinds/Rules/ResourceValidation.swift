import Tree

/// What a container requests and may use: known resources, no request above its limit.
struct ResourceValidation {
  let resources: Value
  let path: String

  private static let standard = ["cpu", "memory", "ephemeral-storage"]

  var errors: [FieldError] {
    var errors: [FieldError] = []
    let limits = resources["limits"]?.object ?? Members()
    let requests = resources["requests"]?.object ?? Members()
    for limit in limits { errors += amountErrors(limit, at: path + ".limits[\(limit.key)]") }
    for request in requests {
      errors += amountErrors(request, at: path + ".requests[\(request.key)]")
      errors += limitErrors(request, limits[request.key])
    }
    return errors
  }

  private func amountErrors(_ amount: Members.Member, at path: String) -> [FieldError] {
    var errors = nameErrors(amount.key, at: path)
    if let text = amount.value.string, let quantity = Quantity(text), quantity < .zero {
      errors.append(.invalid(path, amount.value, "must be greater than or equal to 0"))
    }
    return errors
  }

  private func nameErrors(_ name: String, at path: String) -> [FieldError] {
    let syntax = NameSyntax.qualifiedNameErrors(name)
    if !syntax.isEmpty { return FieldError.invalid(path, .string(name), syntax) }
    if name.contains("/") || Self.standard.contains(name) || name.hasPrefix("hugepages-") { return [] }
    return FieldError.invalid(
      path, .string(name),
      ["must be a standard resource type or fully qualified", "must be a standard resource for containers"])
  }

  private func limitErrors(_ request: Members.Member, _ limit: Value?) -> [FieldError] {
    let field = path + ".requests"
    let canExceed = Self.standard.contains(request.key)
    guard let limit, let most = limit.string.flatMap({ Quantity($0) }) else {
      return canExceed || request.key.hasPrefix("hugepages-")
        ? [] : [.required(path + ".limits", "Limit must be set for non overcommitable resources")]
    }
    guard let asked = request.value.string.flatMap({ Quantity($0) }) else { return [] }
    if !canExceed, asked != most {
      return [
        .invalid(field, .string(asked.description), "must be equal to \(request.key) limit of \(most.description)")
      ]
    }
    return most < asked
      ? [
        .invalid(
          field, .string(asked.description),
          "must be less than or equal to \(request.key) limit of \(most.description)")
      ] : []
  }
}
