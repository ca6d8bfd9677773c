/// One place where two values differ.
package struct Difference: Hashable, Sendable {
  /// The place, as Kubernetes names fields: `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`.
  package let path: String
  /// What stood there; nil if nothing did.
  package let before: Value?
  /// What stands there now; nil if nothing does.
  package let after: Value?

  package init(path: String, before: Value?, after: Value?) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// The deepest places at which two values differ, in the order of `before`, then what `after` adds.
  package static func between(_ before: Value, _ after: Value) -> [Difference] {
    var differences: [Difference] = []
    collect(before, after, at: "", into: &differences)
    return differences
  }

  private static func collect(_ before: Value?, _ after: Value?, at path: String, into found: inout [Difference]) {
    if before == after { return }
    switch (before, after) {
    case (.object(let old), .object(let new)):
      for member in old { collect(member.value, new[member.key], at: step(path, member.key), into: &found) }
      for member in new where old[member.key] == nil {
        collect(nil, member.value, at: step(path, member.key), into: &found)
      }
    case (.array(let old), .array(let new)):
      for index in 0..<Swift.max(old.count, new.count) {
        let left = index < old.count ? old[index] : nil
        let right = index < new.count ? new[index] : nil
        collect(left, right, at: "\(path)[\(index)]", into: &found)
      }
    default: found.append(Difference(path: path, before: before, after: after))
    }
  }

  private static func step(_ path: String, _ key: String) -> String {
    let isName =
      !key.isEmpty
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"): true
        default: false
        }
      }
    if !isName { return "\(path)[\(Value.string(key).jsonText)]" }
    return path.isEmpty ? key : path + "." + key
  }
}
