import Kinds
import Store
import Tree

/// Gives containers the requests and limits that their namespace's LimitRanges set, and refuses what is outside their
/// bounds (Kubernetes documentation, "Limit Ranges").
enum LimitRanger: AdmissionPlugin {
  private static let annotation = "kubernetes.io/limit-ranger"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.kind == .pod, request.isCreation else { return }
    for range in ranges(request) { setDefaults(of: range.value, in: &value) }
  }

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    let isPod = request.kind == .pod && request.isCreation
    guard isPod || request.kind == .persistentVolumeClaim else { return }
    guard value["metadata", "deletionTimestamp"] == nil else { return }
    for range in ranges(request) {
      let limits = range.value["spec", "limits"]?.array ?? []
      let errors = limits.flatMap { isPod ? LimitCheck.pod(value, $0) : LimitCheck.claim(value, $0) }
      if !errors.isEmpty { throw request.forbidden(Aggregate.text(errors)) }
    }
  }

  private static func ranges(_ request: AdmissionRequest) -> [StoredObject] {
    request.store.list(Kind.limitRange.groupResource, namespace: request.key.namespace)
  }

  // MARK: Defaults

  private static func setDefaults(of range: Value, in pod: inout Value) {
    var requests = Members()
    var limits = Members()
    for item in range["spec", "limits"]?.array ?? [] where item["type"]?.string == "Container" {
      for entry in item["defaultRequest"]?.object ?? Members() { requests[entry.key] = entry.value }
      for entry in item["default"]?.object ?? Members() { limits[entry.key] = entry.value }
    }
    var set: [String] = []
    for (list, sort) in [("containers", "container"), ("initContainers", "init container")] {
      guard var containers = pod["spec", list]?.array else { continue }
      for index in containers.indices {
        let name = containers[index]["name"]?.string ?? ""
        let sides = [
          ("request", add(requests, "requests", to: &containers[index])),
          ("limit", add(limits, "limits", to: &containers[index])),
        ]
        for (side, added) in sides where !added.isEmpty {
          set.append("\(added.sorted().joined(separator: ", ")) \(side) for \(sort) \(name)")
        }
      }
      pod["spec", list] = .array(containers)
    }
    guard !set.isEmpty else { return }
    pod["metadata", "annotations", annotation] = .string("LimitRanger plugin set: " + set.joined(separator: "; "))
  }

  /// Adds the amounts that are missing; answers their names.
  private static func add(_ amounts: Members, _ side: String, to container: inout Value) -> [String] {
    var added: [String] = []
    for amount in amounts where container["resources", side, amount.key] == nil {
      container["resources", side, amount.key] = amount.value
      added.append(amount.key)
    }
    return added
  }
}

/// Several errors as Kubernetes says them in one (k8s.io/apimachinery, util/errors Aggregate).
enum Aggregate {
  static func text(_ errors: [String]) -> String {
    var said: [String] = []
    for error in errors where !said.contains(error) { said.append(error) }
    return said.count == 1 ? said[0] : "[" + said.joined(separator: ", ") + "]"
  }
}
