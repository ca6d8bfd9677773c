import Tree

/// The rules of LimitRanges (k8s.io/kubernetes, pkg/apis/core/validation).
struct LimitRangeValidation: KindRules {
  private static let types: Set<String> = ["Pod", "Container", "PersistentVolumeClaim"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    var types: Set<String> = []
    for (path, item) in (value["spec"] ?? [:]).elements("limits", in: "spec") {
      let type = item.text("type")
      errors += typeErrors(type, at: path + ".type")
      if !types.insert(type).inserted { errors.append(.duplicate(path + ".type", .string(type))) }
      errors += LimitItem(item: item, path: path).errors
    }
    return errors
  }

  private func typeErrors(_ type: String, at path: String) -> [FieldError] {
    let syntax = NameSyntax.qualifiedNameErrors(type)
    if !syntax.isEmpty { return FieldError.invalid(path, .string(type), syntax) }
    return type.contains("/") || Self.types.contains(type)
      ? [] : [.invalid(path, .string(type), "must be a standard limit type or fully qualified")]
  }
}

/// The amounts of one item, resource by resource.
private struct LimitItem {
  let item: Value
  let path: String

  private var type: String { item.text("type") }

  var errors: [FieldError] {
    var errors = nameErrors("max") + nameErrors("min")
    var fields = ["max", "min"]
    if type == "Pod" {
      errors += ["default", "defaultRequest"].filter { item[$0]?.object?.isEmpty == false }
        .map { .forbidden(path + "." + $0, "may not be specified when `type` is 'Pod'") }
    } else {
      errors += nameErrors("default") + nameErrors("defaultRequest")
      fields += ["default", "defaultRequest"]
    }
    if type == "PersistentVolumeClaim", item["min", "storage"] == nil, item["max", "storage"] == nil {
      let why = "either minimum or maximum storage value is required, but neither was provided"
      errors.append(.required(path + ".limits", why))
    }
    errors += nameErrors("maxLimitRequestRatio")
    fields.append("maxLimitRequestRatio")
    return errors + Set(fields.flatMap { amounts($0).map(\.key) }).sorted().flatMap(amountErrors)
  }

  private func amounts(_ field: String) -> Members { item[field]?.object ?? Members() }

  private func nameErrors(_ field: String) -> [FieldError] {
    amounts(field).flatMap { amount in
      let place = "\(path).\(field)[\(amount.key)]"
      return ["Pod", "Container"].contains(type)
        ? ResourceNames.containerErrors(amount.key, at: place) : ResourceNames.errors(amount.key, at: place)
    }
  }

  private func amountErrors(_ key: String) -> [FieldError] {
    var errors: [FieldError] = []
    func check(
      _ low: (field: String, name: String), _ high: (field: String, name: String), at field: String, showing: String
    ) {
      guard let lowAmount = amount(low.field, key), let highAmount = amount(high.field, key), lowAmount > highAmount
      else { return }
      let shown = showing == low.field ? lowAmount : highAmount
      errors.append(
        invalid(field, key, shown, "\(low.name) value \(lowAmount) is greater than \(high.name) value \(highAmount)"))
    }
    check(("min", "min"), ("max", "max"), at: "min", showing: "min")
    check(("min", "min"), ("defaultRequest", "default request"), at: "defaultRequest", showing: "defaultRequest")
    check(("defaultRequest", "default request"), ("max", "max"), at: "defaultRequest", showing: "defaultRequest")
    check(
      ("defaultRequest", "default request"), ("default", "default limit"), at: "defaultRequest",
      showing: "defaultRequest")
    check(("min", "min"), ("default", "default"), at: "default", showing: "min")
    check(("default", "default"), ("max", "max"), at: "default", showing: "max")
    return errors + ratioErrors(key) + equalityErrors(key)
  }

  private func ratioErrors(_ key: String) -> [FieldError] {
    let field = "maxLimitRequestRatio"
    guard let ratio = amount(field, key) else { return [] }
    var errors: [FieldError] = []
    if let one = Quantity("1"), ratio < one {
      errors.append(invalid(field, key, ratio, "ratio \(ratio) is less than 1"))
    }
    if let least = amount("min", key), let most = amount("max", key) {
      let bound = Double(most.milliValue) / Double(least.milliValue)
      if Double(ratio.milliValue) / 1000 > bound {
        errors.append(invalid(field, key, ratio, "ratio \(ratio) is greater than max/min = \(sixDigits(bound))"))
      }
    }
    return errors
  }

  /// What cannot be shared is requested as it is limited.
  private func equalityErrors(_ key: String) -> [FieldError] {
    guard !ResourceNames.canExceedRequests(key), let limit = amount("default", key),
      let request = amount("defaultRequest", key), limit != request
    else { return [] }
    let why = "default value \(limit) must equal to defaultRequest value \(request) in \(key)"
    return [invalid("defaultRequest", key, request, why)]
  }

  private func invalid(_ field: String, _ key: String, _ shown: Quantity, _ why: String) -> FieldError {
    .invalid("\(path).\(field)[\(key)]", .string(shown.description), why)
  }

  private func amount(_ field: String, _ key: String) -> Quantity? {
    item[field]?[key]?.string.flatMap { Quantity($0) }
  }

  /// As C prints a number: with six digits after the point.
  private func sixDigits(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e12 else { return number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf" }
    let millionths = Int64((number * 1_000_000).rounded(.toNearestOrEven))
    let fraction = String(millionths.magnitude % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
