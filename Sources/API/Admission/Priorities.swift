import Kinds
import Store
import Tree

/// Gives every pod its priority. The classes are the two that every Kubernetes cluster has.
enum Priorities {
  private static let classes: [String: Int64] = [
    "system-node-critical": 2_000_001_000, "system-cluster-critical": 2_000_000_000,
  ]

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    let name = value["spec", "priorityClassName"]?.string ?? ""
    guard let priority = name.isEmpty ? 0 : classes[name] else {
      throw .forbidden(.pod, request.key.name, "no PriorityClass with name \(name) was found")
    }
    value["spec", "priority"] = .integer(priority)
    if value["spec", "preemptionPolicy"] == nil { value["spec", "preemptionPolicy"] = "PreemptLowerPriority" }
  }
}
