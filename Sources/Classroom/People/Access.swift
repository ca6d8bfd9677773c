package import API
import Kinds

/// Who somebody of the classroom is in which cluster: the one place where that is decided.
///
/// A learner is user `learner` in their own cluster, as whoever learns alone is, and a reader of themself in the
/// classroom's. To all other clusters they are nobody. The clusters' own RBAC decides the rest.
package enum Access {
  /// The classroom's own cluster.
  package static let classroom = "classroom"
  /// The cluster of a server without a classroom; here the instructor's, to show things to the room.
  private static let instructorsOwn = "default"
  private static let authenticated = "system:authenticated"

  /// Who the person is in a cluster; nil: nobody.
  package static func caller(_ person: Person, in cluster: String) -> Caller? {
    switch person.role {
    case .learner:
      if owner(of: cluster) == person.name { return .learner }
      return cluster == classroom ? member(person, name: "podium:learner:" + person.name) : nil
    case .instructor:
      return origin(of: cluster) == instructorsOwn ? .learner : member(person, name: person.name)
    case .assistant:
      return origin(of: cluster) == instructorsOwn ? nil : member(person, name: "assistant:" + person.nickname)
    case .observer: return cluster == classroom ? member(person, name: "observer:" + person.nickname) : nil
    }
  }

  private static func member(_ person: Person, name: String) -> Caller {
    Caller(name: name, groups: [person.role.group, authenticated])
  }

  /// The learner whose cluster it is; nil for a cluster that is no learner's. A fork is whose its origin is.
  package static func owner(of cluster: String) -> String? {
    cluster.hasPrefix("learner-") ? origin(of: cluster) : nil
  }

  /// The cluster that a fork was made of, after which it is called (`learner-k3x9q2ab--monday`); of another cluster its
  /// own name.
  private static func origin(of cluster: String) -> String {
    String(cluster[..<(cluster.firstRange(of: "--")?.lowerBound ?? cluster.endIndex)])
  }

  /// Where a person works.
  package static func workplace(of person: Person) -> String {
    person.role == .learner ? person.name : instructorsOwn
  }
}
