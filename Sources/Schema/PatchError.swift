package import Tree

/// Why a strategic merge patch cannot be applied, in Kubernetes' words (k8s.io/apimachinery, mergepatch/errors.go).
package struct PatchError: Error, Sendable, Equatable {
  /// The HTTP status code that Kubernetes answers.
  package let code: Int
  /// What is wrong with the patch.
  package let message: String

  static let notAnObject = PatchError(code: 400, message: "invalid JSON document")
  static let primitiveList = PatchError(code: 400, message: "invalid patch format of primitive list")
  static let retainKeys = PatchError(code: 400, message: "invalid patch format of retainKeys")
  static let elementOrder = PatchError(code: 400, message: "invalid patch format of setElementOrder list")
  static let retainedKeysDiffer = PatchError(
    code: 422, message: "patch content doesn't match retainKeys list")
  static let listOfLists = PatchError(code: 422, message: "lists of lists are not supported")
  static let mergedList = PatchError(code: 500, message: "merging lists cannot yet be specified in the patch")

  static func unknownDirective(_ directive: Value, in object: Value) -> PatchError {
    PatchError(code: 500, message: "unknown patch type: \(directive.goText) in map: \(object.goText)")
  }

  static func noMergeKey(_ key: String, in object: Value) -> PatchError {
    PatchError(code: 500, message: "map: \(object.goText) does not contain declared merge key: \(key)")
  }

  static func listWithoutMergeKey(_ name: String) -> PatchError {
    PatchError(code: 500, message: "cannot merge lists without merge key for \(name)")
  }

  static func orderDiffers(_ patch: [Value], _ order: [Value]) -> PatchError {
    let patch = Value.array(patch).goText
    let order = Value.array(order).goText
    return PatchError(
      code: 500, message: "The order in patch list:\n\(patch)\n doesn't match $setElementOrder list:\n\(order)\n")
  }
}

extension Value {
  /// As Go's `%v` prints it.
  package var goText: String {
    switch self {
    case .null: return "<nil>"
    case .string(let text): return text
    case .array(let elements): return "[" + elements.map(\.goText).joined(separator: " ") + "]"
    case .object(let members):
      let pairs = members.sorted { $0.key < $1.key }.map { $0.key + ":" + $0.value.goText }
      return "map[" + pairs.joined(separator: " ") + "]"
    case .boolean, .integer, .number: return jsonText
    }
  }
}
