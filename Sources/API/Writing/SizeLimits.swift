import Kinds
import Tree

/// How large a patch may make an object. Bodies are bounded where they come in; patches can multiply what is there.
enum SizeLimits {
  /// Bytes of an object's JSON, about: as many as a request's body may have.
  static let object = 3 << 20
  /// Operations of one JSON patch (Kubernetes' limit).
  static let operations = 10_000
  /// `copy` operations of one JSON patch, each of which may double the object.
  static let copies = 100

  static func check(_ value: Value) throws(Status) {
    var rest = object
    guard fits(value, in: &rest) else {
      throw .tooLarge("Request entity too large: limit is \(object)")
    }
  }

  static func check(_ patch: JSONPatch) throws(Status) {
    let count = patch.operations.count
    if count > operations {
      throw .tooLarge(
        "Request entity too large: The allowed maximum operations in a JSON patch is \(operations), got \(count)")
    }
    let copying = patch.operations.count(where: \.isCopy)
    if copying > copies {
      throw .tooLarge(
        "Request entity too large: The allowed maximum copy operations in a JSON patch is \(copies), got \(copying)")
    }
  }

  /// Takes the value's size from what is left; stops as soon as nothing is.
  private static func fits(_ value: Value, in rest: inout Int) -> Bool {
    rest -= 1
    switch value {
    case .null, .boolean, .integer, .number: rest -= 4
    case .string(let text): rest -= text.utf8.count + 2
    case .array(let elements):
      for element in elements where !fits(element, in: &rest) { return false }
    case .object(let members):
      for member in members {
        rest -= member.key.utf8.count + 3
        guard fits(member.value, in: &rest) else { return false }
      }
    }
    return rest >= 0
  }
}

extension JSONPatch.Operation {
  var isCopy: Bool {
    if case .copy = self { true } else { false }
  }
}

extension Status {
  fileprivate static func tooLarge(_ message: String) -> Status {
    Status(code: 413, reason: "RequestEntityTooLarge", message: message)
  }
}
