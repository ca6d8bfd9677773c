import Kinds
import Tree

/// Whether a pod's tolerations let it stay on a tainted node.
struct Tolerations {
  let tolerations: [Value]

  /// How long a pod may stay while these taints last.
  enum Patience: Equatable {
    case none
    case limited(Duration)
    case forever
  }

  func patience(with taints: [Taint]) -> Patience {
    var shortest: Int64?
    for taint in taints {
      guard let toleration = tolerations.first(where: { Self.tolerates($0, taint) }) else { return .none }
      guard let seconds = toleration["tolerationSeconds"]?.integer else { continue }
      if seconds <= 0 { return .none }
      shortest = min(shortest ?? seconds, seconds)
    }
    return shortest.map { .limited(.seconds($0)) } ?? .forever
  }

  /// An empty effect or key means any (API reference, Toleration v1 core).
  private static func tolerates(_ toleration: Value, _ taint: Taint) -> Bool {
    let effect = toleration["effect"]?.string ?? ""
    let key = toleration["key"]?.string ?? ""
    guard effect.isEmpty || effect == taint.effect, key.isEmpty || key == taint.key else { return false }
    if toleration["operator"]?.string == "Exists" { return true }
    return (toleration["value"]?.string ?? "") == taint.text
  }
}
