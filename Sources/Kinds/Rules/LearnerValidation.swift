import Tree

/// The rules of Learners: what they may be called, and that a cluster can be called after them.
struct LearnerValidation: KindRules {
  /// Makings of the cluster that one change may ask for; a second one would find nothing to do.
  private static let resetLimit: Int64 = 1

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let nickname = value["spec"]?.text("nickname") ?? ""
    // That there is one is declared.
    var errors = nickname.isEmpty ? [] : Nickname.errors(nickname, at: "spec.nickname")
    if old == nil {
      let name = value["metadata"]?.text("name") ?? ""
      if !name.hasPrefix(Self.namePrefix) || name.contains(".") || name.contains("--")
        || name.utf8.count > Self.nameLimit
      {
        errors.append(
          .invalid(
            "metadata.name", .string(name),
            "must begin with \(Self.namePrefix), have neither a dot nor two dashes and at most \(Self.nameLimit) "
              + "characters, because the learner's cluster is called so: use metadata.generateName: \(Self.namePrefix)")
        )
      }
    }
    errors += Growth.errors(
      "spec.resets", from: old?["spec", "resets"]?.integer ?? 0, to: value["spec", "resets"]?.integer ?? 0,
      limit: Self.resetLimit)
    return errors
  }

  /// What learners' names begin with, and with them their clusters'.
  private static let namePrefix = "learner-"
  /// So that names of forks, which are longer, are still DNS labels.
  private static let nameLimit = 40
}

/// What a learner may be called.
package enum Nickname {
  /// Characters, as people count them.
  package static let limit = 32
  /// A character may be made of many bytes.
  private static let byteLimit = 256

  /// What is wrong with a nickname.
  package static func errors(_ text: String, at field: String) -> [FieldError] {
    if text.isEmpty { return [.required(field, "what the others are to call you")] }
    var errors: [FieldError] = []
    if text.count > limit || text.utf8.count > byteLimit {
      errors.append(.invalid(field, .string(String(text.prefix(limit))), "must have at most \(limit) characters"))
    }
    if text.unicodeScalars.contains(where: isUnseen) {
      errors.append(.invalid(field, .string(text), "must have no control characters and nothing that cannot be seen"))
    }
    if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
      errors.append(.invalid(field, .string(text), "must neither begin nor end with a space"))
    }
    return errors
  }

  /// By which nicknames are the same: without regard to case, and however a character is put together.
  package static func key(_ text: String) -> String { text.lowercased() }

  /// Controls, line breaks, and the marks that change the direction of what follows; joiners are part of letters and
  /// pictures.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    case .format: scalar.value != 0x200C && scalar.value != 0x200D
    default: false
    }
  }
}
