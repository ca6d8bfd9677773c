import Kinds
import Schema
import Tree

/// Fields that an applier would take from their owners.
struct Conflicts: Error {
  private var fields: [(manager: FieldManager, set: FieldSet)] = []

  /// `changed` names what would change as each manager's version does.
  init(_ entries: [ManagedFields.Entry], over changed: (FieldManager) -> FieldSet) {
    for entry in entries.sorted(by: { $0.manager.name < $1.manager.name }) {
      let common = entry.fields.intersection(changed(entry.manager))
      if !common.isEmpty { fields.append((entry.manager, common)) }
    }
  }

  var isEmpty: Bool { fields.isEmpty }

  /// The refusal in Kubernetes' words (k8s.io/apimachinery, managedfields conflict).
  var status: Status {
    let paths = fields.flatMap { manager, set in set.paths.map { (manager: manager, path: $0.pathText) } }
    let causes = paths.map { manager, path in
      Status.Cause(
        reason: "FieldManagerConflict", message: "conflict with \(manager.conflictText)", field: path)
    }
    var message: String
    if paths.count == 1 {
      message = "Apply failed with 1 conflict: conflict with \(paths[0].manager.conflictText): \(paths[0].path)"
    } else {
      let lines = fields.flatMap { manager, set in
        ["conflicts with \(manager.conflictText):"] + set.paths.map { "- " + $0.pathText }
      }
      message = "Apply failed with \(paths.count) conflicts: " + lines.joined(separator: "\n")
    }
    return Status(code: 409, reason: "Conflict", message: message, details: Status.Details(causes: causes))
  }

  /// Whether all of them are fields that kubectl has set by its client-side apply, which server-side apply succeeds.
  func areAllowed(by live: Value, _ shape: Shape) -> Bool {
    guard let text = live["metadata", "annotations", LastApplied.annotation]?.string,
      let last = try? JSON.parse(text)
    else { return false }
    var allowed = FieldSet(of: last, shape)
    allowed.insert([.field("metadata"), .field("annotations"), .field(LastApplied.annotation)])
    return fields.allSatisfy { $0.set.difference(allowed).isEmpty }
  }
}

/// What kubectl's client-side apply notes on an object: the configuration as it was applied.
enum LastApplied {
  static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

  /// Keeps the note true when kubectl applies on the server's side to an object that has one.
  static func renew(_ object: inout Value, config: Value, manager: FieldManager) {
    guard manager.name == ManagerName.kubectl, object["metadata", "annotations", annotation] != nil else { return }
    var config = config
    config["metadata", "annotations", annotation] = nil
    object["metadata", "annotations", annotation] = .string(config.jsonText + "\n")
  }
}

extension FieldManager {
  /// `"one"`, `"kubectl-edit" using apps/v1`
  fileprivate var conflictText: String {
    var text = Value.string(name).jsonText
    if !subresource.isEmpty { text += " with subresource " + Value.string(subresource).jsonText }
    return operation == .update ? text + " using " + apiVersion : text
  }
}
