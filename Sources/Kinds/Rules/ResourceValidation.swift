import Tree

/// What a container requests and may use: known resources, no request above its limit
/// (k8s.io/kubernetes, pkg/apis/core/validation validateResourceRequirements).
struct ResourceValidation {
  let resources: Value
  let path: String

  var errors: [FieldError] {
    let limits = resources["limits"]?.object ?? Members()
    let requests = resources["requests"]?.object ?? Members()
    var errors: [FieldError] = []
    for limit in limits {
      let place = path + ".limits[\(limit.key)]"
      errors += amountErrors(limit, at: place)
      errors += ResourceNames.pageErrors(limit.key, limit.value, at: place)
    }
    for request in requests {
      let place = path + ".requests[\(request.key)]"
      errors += amountErrors(request, at: place) + limitErrors(request, limits[request.key])
      errors += ResourceNames.pageErrors(request.key, request.value, at: place)
    }
    let names = limits.map(\.key) + requests.map(\.key)
    if names.contains(where: ResourceNames.isPages), !names.contains("cpu"), !names.contains("memory") {
      errors.append(.forbidden(path, "HugePages require cpu or memory"))
    }
    return errors
  }

  private func amountErrors(_ amount: Members.Member, at path: String) -> [FieldError] {
    ResourceNames.containerErrors(amount.key, at: path)
      + ResourceNames.amountErrors(amount.key, amount.value, at: path)
  }

  private func limitErrors(_ request: Members.Member, _ limit: Value?) -> [FieldError] {
    let field = path + ".requests"
    let canExceed = ResourceNames.canExceedRequests(request.key)
    guard let limit, let most = limit.string.flatMap({ Quantity($0) }) else {
      return canExceed ? [] : [.required(path + ".limits", "Limit must be set for non overcommitable resources")]
    }
    guard let asked = request.value.string.flatMap({ Quantity($0) }) else { return [] }
    let shown = Value.string(asked.description)
    if !canExceed, asked != most {
      return [.invalid(field, shown, "must be equal to \(request.key) limit of \(most.description)")]
    }
    return most < asked
      ? [.invalid(field, shown, "must be less than or equal to \(request.key) limit of \(most.description)")] : []
  }
}
