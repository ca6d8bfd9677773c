import Tree

/// What was wrong before an update, and is as it was, does not keep the update from being made (Kubernetes documentation,
/// "Validation ratcheting").
enum Ratcheting {
  /// The errors that are about something that the update changes.
  static func remaining(_ errors: [FieldError], _ value: Value, old: Value) -> [FieldError] {
    errors.filter { error in
      // A missing member is the mistake of the object that lacks it.
      var path = parts(of: error.field)
      if error.kind == .required, !path.isEmpty { path.removeLast() }
      return !isUnchanged(path, value, old)
    }
  }

  /// Whether the value at the path, or something around it, is what it was. Lists' elements have no earlier selves here.
  private static func isUnchanged(_ path: [String], _ value: Value, _ old: Value) -> Bool {
    var (here, before): (Value?, Value?) = (value, old)
    for name in path {
      here = here?[name]
      before = before?[name]
      guard let here, let before else { return false }
      if here == before { return true }
      if here.object == nil { return false }
    }
    return false
  }

  /// The names in a field's path, up to the first that stands in a list: `spec.ports[0].port` is of `spec`, `ports`.
  private static func parts(of field: String) -> [String] {
    var names: [String] = []
    for part in field.split(separator: ".") {
      let name = part.prefix { $0 != "[" }
      names.append(String(name))
      if name.count < part.count { break }
    }
    return names
  }
}
