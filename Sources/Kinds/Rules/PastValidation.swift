import Tree

/// The rules of Bookmarks: a note that fits into a line or two.
struct BookmarkValidation: KindRules {
  private static let noteLimit = 1_000

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    (value["spec"] ?? [:]).text("note").utf8.count > Self.noteLimit
      ? [.tooLong("spec.note", limit: Self.noteLimit)] : []
  }
}

/// The rules of Rewinds: one moment to go back to, named in one way.
struct RewindValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    if spec["revision"] == nil, spec.text("bookmark").isEmpty {
      return [.required("spec", "name the moment to go back to: a revision or a bookmark")]
    }
    return PastFields.bothErrors(spec)
  }
}

/// The rules of Forks: one moment to go on from, and a name that can be the last part of a cluster's.
struct ForkValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    let given = spec.text("name")
    let name = given.isEmpty ? value["metadata", "name"]?.string ?? "" : given
    var messages = name.isEmpty ? [] : NameSyntax.labelErrors(name)
    if name.contains(PastFields.separator) {
      messages.append("must not contain '\(PastFields.separator)', which stands before the name of a fork")
    }
    return PastFields.bothErrors(spec) + FieldError.invalid("spec.name", .string(name), messages)
  }
}

/// What Rewinds and Forks share.
package enum PastFields {
  /// What stands between the name of a cluster and that of its fork.
  package static let separator = "--"

  static func bothErrors(_ spec: Value) -> [FieldError] {
    guard spec["revision"] != nil, !spec.text("bookmark").isEmpty else { return [] }
    return [.forbidden("spec.bookmark", "a revision is given already: name the moment in one way")]
  }
}
