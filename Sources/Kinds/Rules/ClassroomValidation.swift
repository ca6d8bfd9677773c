import Tree

/// The rules of the Classroom: there is one, and its counters only grow or count anew from 0.
struct ClassroomValidation: KindRules {
  /// New codes that one change may ask for; a second one only ends the first.
  private static let codeLimit: Int64 = 1

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    var errors: [FieldError] = []
    if let name = value["metadata", "name"], name != "classroom" {
      errors.append(.invalid("metadata.name", name, "must be classroom: a server has one"))
    }
    let (spec, before) = (value["spec"], old?["spec"])
    errors += Growth.errors(
      "spec.joinCodes", from: before?["joinCodes"]?.integer ?? 0, to: spec?["joinCodes"]?.integer ?? 0,
      limit: old == nil ? .max : Self.codeLimit)
    if let push = spec?["push"], push.text("lesson").isEmpty {
      errors.append(.required("spec.push.lesson", "everybody is to be put somewhere; remove spec.push to do nothing"))
    }
    if let message = spec?["message"], message.text("text").isEmpty {
      errors.append(.required("spec.message.text", "remove spec.message to say nothing"))
    }
    return errors
  }
}
