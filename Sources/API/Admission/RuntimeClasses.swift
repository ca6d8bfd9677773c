import Kinds
import Store
import Tree

/// Gives pods what their RuntimeClass adds: the overhead of its sandbox, and where its nodes are (Kubernetes
/// documentation, "Runtime Class").
enum RuntimeClasses: AdmissionPlugin {
  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .pod, request.isCreation else { return }
    guard let runtime = try runtimeClass(of: value, request) else {
      if value["spec", "overhead"]?.object?.isEmpty == false {
        throw request.forbidden(
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
      }
      return
    }
    try addOverhead(of: runtime, to: &value, request)
    try addPlacement(of: runtime, to: &value, request)
  }

  private static func runtimeClass(of pod: Value, _ request: AdmissionRequest) throws(Status) -> Value? {
    guard let name = pod["spec", "runtimeClassName"]?.string else { return nil }
    guard let stored = request.store[Kind.runtimeClass.key(namespace: "", name: name)] else {
      throw request.forbidden("pod rejected: RuntimeClass \(Value.string(name).jsonText) not found")
    }
    return stored.value
  }

  private static func addOverhead(of runtime: Value, to pod: inout Value, _ request: AdmissionRequest) throws(Status) {
    let overhead = runtime["overhead", "podFixed"]
    guard let given = pod["spec", "overhead"] else {
      pod["spec", "overhead"] = overhead
      return
    }
    guard ResourceAmounts(given).text == ResourceAmounts(overhead).text else {
      throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    }
  }

  private static func addPlacement(of runtime: Value, to pod: inout Value, _ request: AdmissionRequest) throws(Status) {
    for label in runtime["scheduling", "nodeSelector"]?.object ?? Members() {
      if let given = pod["spec", "nodeSelector", label.key], given != label.value {
        throw request.forbidden(
          "conflict: runtimeClass.scheduling.nodeSelector[\(label.key)] = \(label.value.string ?? ""); "
            + "pod.spec.nodeSelector[\(label.key)] = \(given.string ?? "")")
      }
      pod["spec", "nodeSelector", label.key] = label.value
    }
    let present = pod["spec", "tolerations"]?.array ?? []
    let added = (runtime["scheduling", "tolerations"]?.array ?? []).filter { !present.contains($0) }
    if !added.isEmpty { pod["spec", "tolerations"] = .array(present + added) }
  }
}
