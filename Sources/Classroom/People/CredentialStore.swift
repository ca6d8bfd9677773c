import API
import Cluster
import Kinds
import Store

/// Writes credentials into the classroom's cluster: on its loop.
enum CredentialStore {
  private static let cause = Cause(actor: "podium", request: "sign in")

  /// Keeps a credential; where the person has more than `limit` of that purpose then, the oldest go.
  static func add(_ credential: Credential, limit: Int, in world: Cluster) throws(Status) {
    let owner = credential.person.role == .learner ? world.client.get(.learner, name: credential.person.name) : nil
    if credential.person.role == .learner, owner == nil {
      throw Status(code: 401, reason: "Unauthorized", message: "you are no longer in this classroom")
    }
    let kept = all(of: credential.person, credential.purpose, in: world)
    for old in kept.prefix(max(0, kept.count + 1 - limit)) { try remove(old, in: world) }
    try world.client.create(.secret, credential.object(owner: owner), cause: cause)
  }

  /// The names of a person's credentials, oldest first. Assistants and observers are not told apart.
  private static func all(of person: Person, _ purpose: CredentialPurpose, in world: Cluster) -> [String] {
    guard person.role == .learner || person.role == .instructor else { return [] }
    return world.client.list(.secret, namespace: Credential.namespace)
      .filter { stored in
        Credential(stored).map { $0.person.name == person.name && $0.purpose == purpose } ?? false
      }
      .sorted { $0.revision < $1.revision }.map(\.name)
  }

  /// Ends a credential; one that is not there has ended.
  static func remove(_ name: String, in world: Cluster) throws(Status) {
    guard world.client.get(.secret, namespace: Credential.namespace, name: name) != nil else { return }
    try world.client.delete(.secret, namespace: Credential.namespace, name: name, cause: cause)
  }

  /// Ends all of a person's credentials for a purpose, but one.
  static func removeAll(
    of person: Person, _ purpose: CredentialPurpose, except name: String? = nil, in world: Cluster
  ) throws(Status) {
    for old in all(of: person, purpose, in: world) where old != name { try remove(old, in: world) }
  }
}
