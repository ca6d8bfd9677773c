import Kinds
import Store

/// Who writes fields, as an entry of `metadata.managedFields` names them (API reference, "ManagedFieldsEntry v1 meta").
struct FieldManager: Hashable {
  enum Operation: String {
    case apply = "Apply"
    case update = "Update"
  }

  var name: String
  var operation = Operation.update
  /// The group and version in which the fields are named.
  var apiVersion: String
  /// The part of the object through which it was written; empty for the object itself.
  var subresource = ""

  /// Whether both are the same owner: an applier stays who it is in every version.
  func isSame(as other: FieldManager) -> Bool {
    var other = other
    if operation == .apply { other.apiVersion = apiVersion }
    return self == other
  }
}

/// The names under which managers appear.
enum ManagerName {
  /// Bytes (k8s.io/apimachinery, MaxFieldManagerLength in meta/v1/validation).
  static let limit = 128
  /// What owns the fields of an object that nobody has tracked so far, once it is applied.
  static let beforeFirstApply = "before-first-apply"
  /// What takes over the fields of the oldest of too many managers.
  static let ancient = "ancient-changes"
  /// The one whose client-side applies server-side apply takes over.
  static let kubectl = "kubectl"

  /// The manager of a request that names none: the beginning of its User-Agent.
  static func ofRequest(_ request: APIRequest) -> String {
    let agent = request.header("User-Agent")?.split(separator: "/", omittingEmptySubsequences: false).first ?? ""
    let name = String(decoding: agent.utf8.filter { $0 >= 0x20 && $0 < 0x7f }.prefix(limit), as: UTF8.self)
    return name.isEmpty ? "unknown" : name
  }

  /// The manager as which a component of the cluster appears: that of the process which runs it in Kubernetes.
  static func ofComponent(_ cause: Cause) -> (name: String, operation: FieldManager.Operation) {
    let component = cause.actor.split(separator: "/").first.map(String.init) ?? ""
    switch component {
    case "clusterrole-aggregation-controller": return (component, .apply)
    case "clock", "fault-injector": return ("podium", .update)
    case "garbage-collector", "generic-garbage-collector", "pod-garbage-collector", "root-ca-cert-publisher":
      return (controllers, .update)
    default: return (component.hasSuffix("-controller") ? controllers : component, .update)
    }
  }

  private static let controllers = "kube-controller-manager"
}
