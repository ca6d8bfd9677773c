import Kinds
import Tree

/// Lets pods stay 300 s on a node that is not ready or cannot be reached (Kubernetes documentation, admission plugin
/// DefaultTolerationSeconds).
enum DefaultTolerations: AdmissionPlugin {
  private static let seconds: Int64 = 300
  private static let taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.kind == .pod, request.isCreation else { return }
    var tolerations = value["spec", "tolerations"]?.array ?? []
    let present = tolerations
    for taint in taints where !present.contains(where: { tolerates($0, taint) }) {
      tolerations.append([
        "key": .string(taint), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": .integer(seconds),
      ])
    }
    value["spec", "tolerations"] = .array(tolerations)
  }

  private static func tolerates(_ toleration: Value, _ taint: String) -> Bool {
    let key = toleration["key"]?.string ?? ""
    let effect = toleration["effect"]?.string ?? ""
    return (key.isEmpty || key == taint) && (effect.isEmpty || effect == "NoExecute")
  }
}
