import Tree

/// The rules of claims (k8s.io/kubernetes, pkg/apis/core/validation).
struct ClaimValidation: KindRules {
  private static let storage = ["resources", "requests", "storage"]
  private static let attributes = "volumeAttributesClassName"

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" { return statusErrors(value) }
    guard subresource == nil else { return [] }
    let errors = ClaimSpecValidation(spec: value["spec"] ?? [:], path: "spec").errors
    guard let old else { return errors }
    return errors + changeErrors(value, from: old) + sizeErrors(value["spec"] ?? [:], old)
      + classErrors(value["spec"] ?? [:], from: old["spec"] ?? [:])
  }

  private func statusErrors(_ claim: Value) -> [FieldError] {
    (claim["status", "capacity"]?.object ?? Members()).compactMap { amount in
      guard let size = amount.value.string.flatMap({ Quantity($0) }), size.value < 0 else { return nil }
      let why = "must be a valid resource quantity"
      return .invalid("status.capacity[\(amount.key)]", .integer(size.value), why)
    }
  }

  private func changeErrors(_ new: Value, from old: Value) -> [FieldError] {
    var (after, before) = (new["spec"] ?? [:], old["spec"] ?? [:])
    // A claim without class and volume may still get them.
    if before["storageClassName"] == nil { before["storageClassName"] = after["storageClassName"] }
    if before.text("volumeName").isEmpty { before["volumeName"] = after["volumeName"] }
    if new["status", "phase"] == "Bound" {
      if after["resources", "requests"] != nil {
        after.set(Self.storage.reduce(Optional(before)) { $0?[$1] }, at: Self.storage)
      }
      if after[Self.attributes] != nil { after[Self.attributes] = before[Self.attributes] }
    }
    guard after != before else { return [] }
    return [
      .forbidden(
        "spec",
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
          + TextDifference.unified(before, after))
    ]
  }

  /// A request that failed to grow may be taken back, but not to what the claim has or below.
  private func sizeErrors(_ new: Value, _ object: Value) -> [FieldError] {
    guard let after = amount(new, Self.storage), let before = amount(object["spec"] ?? [:], Self.storage),
      after < before, after <= amount(object, ["status", "capacity", "storage"]) ?? .zero
    else { return [] }
    return [.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity")]
  }

  private func classErrors(_ new: Value, from old: Value) -> [FieldError] {
    var errors: [FieldError] = []
    if new["volumeMode"] != old["volumeMode"] {
      errors.append(.invalid("volumeMode", new["volumeMode"] ?? .null, "field is immutable"))
    }
    guard old[Self.attributes] != nil, (new[Self.attributes]?.string ?? "").isEmpty,
      new[Self.attributes] != old[Self.attributes]
    else { return errors }
    let change = new[Self.attributes] == nil ? "nil" : "an empty string"
    errors.append(.forbidden("spec." + Self.attributes, "update from non-nil value to \(change) is forbidden"))
    return errors
  }

  private func amount(_ value: Value, _ path: [String]) -> Quantity? {
    path.reduce(Optional(value)) { $0?[$1] }?.string.flatMap { Quantity($0) }
  }
}

/// What a claim asks for, wherever it stands: by itself, or in a pod or a StatefulSet.
struct ClaimSpecValidation {
  let spec: Value
  let path: String

  var errors: [FieldError] {
    let modes = AccessModes.errors(spec, at: path, whyRequired: "at least 1 access mode is required")
    let isWithout = spec["accessModes"]?.array?.isEmpty ?? true
    let selector = LabelValidation.errors(selector: spec["selector"], at: path + ".selector")
    var errors = isWithout ? modes + selector : selector + modes
    errors += sizeErrors
    errors += nameErrors("storageClassName")
    errors += AccessModes.volumeModeErrors(spec, at: path) + sourceErrors("dataSource") + sourceErrors("dataSourceRef")
    return errors + agreementErrors + nameErrors("volumeAttributesClassName")
  }

  private var sizeErrors: [FieldError] {
    let place = path + ".resources[storage]"
    guard let size = spec["resources", "requests", "storage"] else { return [.required(place)] }
    guard let amount = size.string.flatMap({ Quantity($0) }), amount <= .zero else { return [] }
    return [.invalid(place, .string(amount.description), "must be greater than zero")]
  }

  private func nameErrors(_ field: String) -> [FieldError] {
    let name = spec.text(field)
    return name.isEmpty
      ? [] : FieldError.invalid(path + "." + field, .string(name), NameSyntax.subdomainErrors(name))
  }

  private func sourceErrors(_ field: String) -> [FieldError] {
    guard let source = spec[field] else { return [] }
    let place = path + "." + field
    let (group, kind) = (source.text("apiGroup"), source.text("kind"))
    var errors: [FieldError] = ["name", "kind"].filter { source.text($0).isEmpty }.map { .required(place + "." + $0) }
    if group.isEmpty, kind != "PersistentVolumeClaim" {
      let why = "must be 'PersistentVolumeClaim' when referencing the default apiGroup"
      errors.append(.invalid(place, .string(kind), why))
    }
    if !group.isEmpty {
      errors += FieldError.invalid(place + ".apiGroup", .string(group), NameSyntax.subdomainErrors(group))
    }
    let namespace = source.text("namespace")
    return namespace.isEmpty
      ? errors
      : errors + FieldError.invalid(place + ".namespace", .string(namespace), NameSyntax.labelErrors(namespace))
  }

  /// The two ways of saying where data come from say the same.
  private var agreementErrors: [FieldError] {
    guard let source = spec["dataSource"], let reference = spec["dataSourceRef"] else { return [] }
    // Kubernetes shows the path of the first field.
    let shown = Value.string(path + ".dataSource")
    if !reference.text("namespace").isEmpty {
      return [.invalid(path, shown, "may not be specified when dataSourceRef.namespace is specified")]
    }
    return ["apiGroup", "kind", "name"].allSatisfy { source[$0] == reference[$0] }
      ? [] : [.invalid(path, shown, "must match dataSourceRef")]
  }
}
