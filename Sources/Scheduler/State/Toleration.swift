import Kinds
import Tree

/// One entry of a pod's `spec.tolerations`.
struct Toleration: Sendable {
  let key: String
  let isExists: Bool
  let text: String
  /// Empty: every effect.
  let effect: String

  init(_ value: Value) {
    key = value["key"]?.string ?? ""
    isExists = value["operator"]?.string == "Exists"
    text = value["value"]?.string ?? ""
    effect = value["effect"]?.string ?? ""
  }

  func tolerates(_ taint: Taint) -> Bool {
    if !effect.isEmpty, effect != taint.effect { return false }
    if !key.isEmpty, key != taint.key { return false }
    return isExists || (!key.isEmpty && text == taint.text)
  }
}

extension [Toleration] {
  func tolerate(_ taint: Taint) -> Bool { contains { $0.tolerates(taint) } }
}
