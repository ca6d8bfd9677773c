import API
import Cluster
import Hosting
package import Kinds

/// Who is signed in.
extension ClassroomService {
  /// The person of a session; nil for none, or one that is over.
  package func person(session: String) -> Person? { person(session, for: .session) }

  /// The learner whose kubeconfig holds the token; nil if nobody's does.
  package func person(token: String) -> Person? {
    token.hasPrefix(Self.tokenPrefix) ? person(token, for: .kubeconfig) : nil
  }

  /// So that people recognise what they have found.
  private static let tokenPrefix = "podium-"

  private func person(_ secret: String, for purpose: CredentialPurpose) -> Person? {
    let fingerprint = options.cryptography.fingerprint(secret)
    guard let found = keyring.credential(fingerprint, for: purpose, at: options.clocks.calendar()) else { return nil }
    guard found.person.role == .learner else { return found.person }
    return learner(found.person.name)?.uid == found.owner ? found.person : nil
  }

  /// What a person is called: a learner by what the Learner says now.
  package func nickname(of person: Person) -> String {
    person.role == .learner ? learner(person.name)?.spec.nickname ?? "" : person.nickname
  }

  /// Has the fingerprint of each session and token told that ends: by signing out, a new password or code, removal,
  /// or its time. It may only be passed on.
  package func onSignInEnd(_ work: @escaping @Sendable (String) -> Void) { keyring.onEnd(work) }

  /// Ends a session.
  package func signOut(session: String, reply: @escaping @Sendable (Status?) -> Void) {
    let name = Credential.objectName(.session, options.cryptography.fingerprint(session))
    cluster.perform { world throws(Status) in
      try CredentialStore.remove(name, in: world)
    } reply: { result in
      reply(result.failure)
    }
  }

  /// Makes a token for a learner's kubeconfig. The latest few count.
  package func makeToken(
    for person: Person, reply: @escaping @Sendable (Result<String, Status>) -> Void
  ) {
    let token = Self.tokenPrefix + options.cryptography.token()
    let credential = Credential(.kubeconfig, of: person, fingerprint: options.cryptography.fingerprint(token))
    let limit = options.limits.kubeconfigsPerLearner
    cluster.perform { world throws(Status) in
      try CredentialStore.add(credential, limit: limit, in: world)
      return token
    } reply: {
      reply($0)
    }
  }

  /// Makes a new personal code for a learner who has lost theirs. The old one ends, and what was begun with it: the
  /// learner's sessions and kubeconfigs.
  package func makePersonalCode(
    for learner: String, reply: @escaping @Sendable (Result<String, Status>) -> Void
  ) {
    let code = Code.make(Code.personalLength, options.cryptography)
    let person = Person(.learner, name: learner)
    let credential = personalCode(code, of: person)
    cluster.perform { world throws(Status) in
      guard world.client.get(.learner, name: learner) != nil else { throw .notFound(.learner, learner) }
      try CredentialStore.add(credential, limit: 1, in: world)
      for purpose in [CredentialPurpose.session, .kubeconfig] {
        try CredentialStore.removeAll(of: person, purpose, in: world)
      }
      return Code.grouped(code)
    } reply: {
      reply($0)
    }
  }

  func personalCode(_ code: String, of person: Person) -> Credential {
    Credential(.personalCode, of: person, fingerprint: options.cryptography.fingerprint(code))
  }

  /// A new session for a person, and the credential by which it is kept.
  func newSession(for person: Person) -> (SignedIn, Credential) {
    let limits = options.limits
    let seconds = person.role == .learner ? limits.learnerSessionSeconds : limits.staffSessionSeconds
    let session = options.cryptography.token()
    let credential = Credential(
      .session, of: person, fingerprint: options.cryptography.fingerprint(session),
      expiry: options.clocks.calendar() + seconds)
    return (SignedIn(person: person, session: session, seconds: seconds), credential)
  }
}

extension Result {
  /// Why it failed; nil where it did not.
  var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
