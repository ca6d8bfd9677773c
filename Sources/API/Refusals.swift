package import Kinds
import Store

/// The API's refusals, in Kubernetes' words (k8s.io/apimachinery, api/errors).
extension Status {
  package static func notFound(_ kind: Kind, _ name: String) -> Status {
    Status(
      code: 404, reason: "NotFound", message: "\(kind.groupResource.name) \"\(name)\" not found",
      details: Details(name: name, group: kind.group.isEmpty ? nil : kind.group, kind: kind.plural))
  }

  package static func alreadyExists(_ kind: Kind, _ name: String) -> Status {
    Status(
      code: 409, reason: "AlreadyExists", message: "\(kind.groupResource.name) \"\(name)\" already exists",
      details: Details(name: name, group: kind.group.isEmpty ? nil : kind.group, kind: kind.plural))
  }

  package static func conflict(_ kind: Kind, _ name: String) -> Status {
    Status(
      code: 409, reason: "Conflict",
      message: "Operation cannot be fulfilled on \(kind.groupResource.name) \"\(name)\": the object has been modified; "
        + "please apply your changes to the latest version and try again",
      details: Details(name: name, group: kind.group.isEmpty ? nil : kind.group, kind: kind.plural))
  }
}
