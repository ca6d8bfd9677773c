import API
import Kinds

/// What somebody is in the classroom.
package enum Role: String, Sendable {
  case learner, instructor, assistant, observer

  /// The group of those who are it, in the classroom's own cluster.
  package var group: String { "podium:" + rawValue }
}

/// Somebody who is signed in.
package struct Person: Sendable, Hashable {
  package let role: Role
  /// A learner's Learner; of others the role.
  package let name: String
  /// What an assistant or observer called themself; empty for others.
  package let nickname: String

  package init(_ role: Role, name: String? = nil, nickname: String = "") {
    self.role = role
    self.name = name ?? role.rawValue
    self.nickname = nickname
  }
}
