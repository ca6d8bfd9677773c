import Tree

/// What may change in a pod that exists: images, a shorter deadline, more tolerations, and nothing else of its spec.
struct PodUpdateValidation {
  let old: Value
  let new: Value

  private static let rule =
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

  var errors: [FieldError] {
    for field in ["containers", "initContainers"] where count(field, of: new) != count(field, of: old) {
      return [.forbidden("spec." + field, "pod updates may not add or remove containers")]
    }
    let deadline = deadlineErrors
    // A deadline that was put off ends the examination.
    if deadline.contains(where: { !$0.message.hasPrefix("Invalid value: null") }) { return deadline }
    var errors = deadline + tolerationErrors + gateErrors + placementErrors
    let (before, after) = (fixed(old), fixed(new))
    if before != after {
      errors.append(.forbidden("spec", Self.rule + "\n" + TextDifference.unified(before, after)))
    }
    return errors
  }

  // MARK: Pods that wait at a gate

  private var isGated: Bool { old["spec", "schedulingGates"]?.array?.isEmpty == false }

  /// Gates are only lifted.
  private var gateErrors: [FieldError] {
    let before = Set((old["spec", "schedulingGates"]?.array ?? []).map { $0.text("name") })
    return (new["spec"] ?? [:]).elements("schedulingGates", in: "spec").filter {
      !before.contains($0.value.text("name"))
    }
    .map {
      let name = $0.value.text("name")
      return .forbidden($0.path + ".name", "only deletion is allowed, but found new scheduling gate '\(name)'")
    }
  }

  /// Where a pod may run is narrowed as long as it waits.
  private var placementErrors: [FieldError] {
    guard isGated else { return [] }
    var errors: [FieldError] = []
    let (before, after) = (old["spec", "nodeSelector"], new["spec", "nodeSelector"])
    if (before?.object ?? Members()).contains(where: { after?[$0.key] != $0.value }) {
      let why = "only additions to spec.nodeSelector are allowed (no mutations or deletions)"
      errors.append(.invalid("spec.nodeSelector", after ?? .null, why))
    }
    return errors + termErrors
  }

  private var termErrors: [FieldError] {
    let place = ["spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
    let path = place.joined(separator: ".") + ".nodeSelectorTerms"
    let (before, after) = (terms(of: old, at: place), terms(of: new, at: place))
    if before.isEmpty { return [] }
    guard before.count == after.count else {
      let why = "no additions/deletions to non-empty NodeSelectorTerms list are allowed"
      return [.invalid(path, .array(after.map(shown)), why)]
    }
    return zip(before, after).enumerated().filter { !onlyAdds($1.1, to: $1.0) }.map { index, pair in
      .invalid(path + "[\(index)]", shown(pair.1), "only additions are allowed (no mutations or deletions)")
    }
  }

  private func terms(of pod: Value, at place: [String]) -> [Value] {
    place.reduce(Optional(pod)) { $0?[$1] }?["nodeSelectorTerms"]?.array ?? []
  }

  private func onlyAdds(_ after: Value, to before: Value) -> Bool {
    let fields = ["matchExpressions", "matchFields"]
    let wasEmpty = fields.allSatisfy { before[$0]?.array?.isEmpty ?? true }
    if wasEmpty { return fields.allSatisfy { after[$0]?.array?.isEmpty ?? true } }
    return fields.allSatisfy { (after[$0]?.array ?? []).starts(with: before[$0]?.array ?? []) }
  }

  /// A term by the names of Kubernetes' own structure.
  private func shown(_ term: Value) -> Value {
    func requirements(_ field: String) -> Value {
      term[field]?.array.map { .array($0.map { GoStructure.value($0, ["key", "operator", "values"]) }) } ?? .null
    }
    return ["MatchExpressions": requirements("matchExpressions"), "MatchFields": requirements("matchFields")]
  }

  // MARK: What may change

  private func count(_ field: String, of pod: Value) -> Int { pod["spec", field]?.array?.count ?? 0 }

  private var deadlineErrors: [FieldError] {
    let path = "spec.activeDeadlineSeconds"
    guard let before = old["spec", "activeDeadlineSeconds"]?.integer else { return [] }
    guard let after = new["spec", "activeDeadlineSeconds"]?.integer else {
      return [.invalid(path, .null, "must not update from a positive integer to nil value")]
    }
    return after > before ? [.invalid(path, .integer(after), "must be less than or equal to previous value")] : []
  }

  private var tolerationErrors: [FieldError] {
    let after = (new["spec", "tolerations"]?.array ?? []).map(withoutSeconds)
    let isKept = (old["spec", "tolerations"]?.array ?? []).allSatisfy { after.contains(withoutSeconds($0)) }
    return isKept
      ? [] : [.forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")]
  }

  private func withoutSeconds(_ toleration: Value) -> Value {
    var toleration = toleration
    toleration["tolerationSeconds"] = nil
    return toleration
  }

  /// The spec without what may change.
  private func fixed(_ pod: Value) -> Value {
    var spec = pod["spec"] ?? [:]
    for list in ["containers", "initContainers"] { spec.changeEach(list) { $0["image"] = nil } }
    for field in ["activeDeadlineSeconds", "tolerations", "schedulingGates"] { spec[field] = nil }
    if isGated {
      spec["nodeSelector"] = nil
      spec["affinity", "nodeAffinity"] = nil
      if spec["affinity"]?.object?.isEmpty == true { spec["affinity"] = nil }
    }
    if old["spec", "terminationGracePeriodSeconds"]?.integer ?? 0 < 0,
      new["spec", "terminationGracePeriodSeconds"] == 1
    {
      spec["terminationGracePeriodSeconds"] = nil
    }
    return spec
  }
}

/// What differs between two values, line by line.
enum TextDifference {
  /// Lines with `-` and `+`, each under the path of the field that differs.
  static func unified(_ before: Value, _ after: Value) -> String {
    var text = ""
    for difference in Difference.between(before, after) {
      text += "@@ spec.\(difference.path) @@\n"
      text += "-\((difference.before ?? .null).jsonText)\n+\((difference.after ?? .null).jsonText)\n"
    }
    return text
  }
}
