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
    for (field, word) in [("containers", "containers"), ("initContainers", "init containers")]
    where count(field, of: new) != count(field, of: old) {
      return [.forbidden("spec." + field, "pod updates may not add or remove \(word)")]
    }
    var errors = deadlineErrors + tolerationErrors
    let (before, after) = (fixed(old), fixed(new))
    if before != after {
      errors.append(.forbidden("spec", Self.rule + "\n" + TextDifference.unified(before, after)))
    }
    return errors
  }

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
    for field in ["activeDeadlineSeconds", "tolerations"] { spec[field] = nil }
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
