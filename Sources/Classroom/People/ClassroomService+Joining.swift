import API
import Cluster
import Hosting
package import Kinds
import Loop
import Store
import Tree

/// Coming in, and coming back.
extension ClassroomService {
  package typealias SignInReply = @Sendable (Result<SignedIn, Status>) -> Void

  /// Comes in by a code of the classroom, under a nickname: a learner gets a Learner and a cluster, which is there when
  /// the reply comes.
  package func join(code: String, nickname: String, address: String, reply: @escaping SignInReply) {
    do throws(Status) {
      try checkTries(codeTries, address, "codes")
      guard let role = role(of: Code.normalized(code)) else {
        codeTries.note(address, now: options.clocks.monotonic())
        throw .unauthorized("that is not the code of this classroom")
      }
      try Self.checkNickname(nickname)
      if role == .learner {
        guard !classroom.spec.isLocked else { throw .locked }
        try checkJoins(from: address)
        makeLearner(nickname, address: address, reply: reply)
      } else {
        begin(Person(role, nickname: nickname), limit: .max, reply: reply)
      }
    } catch {
      reply(.failure(error))
    }
  }

  /// Comes back by a personal code.
  package func comeBack(personalCode: String, address: String, reply: @escaping SignInReply) {
    do throws(Status) {
      try checkTries(codeTries, address, "codes")
      let fingerprint = options.cryptography.fingerprint(Code.normalized(personalCode))
      let found = keyring.credential(fingerprint, for: .personalCode, at: options.clocks.calendar())
      guard let found, let learner = learner(found.person.name), learner.uid == found.owner else {
        codeTries.note(address, now: options.clocks.monotonic())
        throw .unauthorized("nobody in this classroom has that personal code")
      }
      begin(found.person, limit: options.limits.sessionsPerPerson, reply: reply)
    } catch {
      reply(.failure(error))
    }
  }

  /// Opens a session for somebody who has proved who they are.
  func begin(_ person: Person, limit: Int, reply: @escaping SignInReply) {
    let (signedIn, credential) = newSession(for: person)
    cluster.perform { world throws(Status) in
      try CredentialStore.add(credential, limit: limit, in: world)
      return signedIn
    } reply: {
      reply($0)
    }
  }

  func checkTries(_ tries: TryLimit, _ address: String, _ what: String) throws(Status) {
    guard let seconds = tries.wait(address, now: options.clocks.monotonic()) else { return }
    throw .tooMany(
      "too many wrong \(what): at most \(tries.perAddress) a minute from one address and \(tries.inAll) in all are heard",
      seconds: seconds)
  }

  /// Who has a right code could take all places at once: so many from one address in a minute, and no more.
  private func checkJoins(from address: String) throws(Status) {
    let limit = classroom.spec.joinsPerMinute ?? joins.perAddress
    guard let seconds = joins.wait(address, limit: limit, now: options.clocks.monotonic()) else { return }
    throw .tooMany(
      "\(limit) people have joined from your address within a minute, and no more are let in so fast: try again in "
        + "\(seconds) seconds, or ask the instructor to raise joinsPerMinute",
      seconds: seconds)
  }

  private func role(of code: String) -> Role? {
    let status = classroom.status
    let codes = [(status.joinCode, Role.learner), (status.assistantCode, .assistant), (status.observerCode, .observer)]
    return codes.first { !$0.0.isEmpty && isEqual($0.0, code) }?.1
  }

  private static func checkNickname(_ nickname: String) throws(Status) {
    let errors = Nickname.errors(nickname, at: "nickname")
    guard errors.isEmpty else { throw .invalid(.learner, "", errors) }
  }

  // MARK: Learners

  private func makeLearner(_ nickname: String, address: String, reply: @escaping SignInReply) {
    let person = Person(.learner, name: Code.learnerName(options.cryptography))
    let code = Code.make(Code.personalLength, options.cryptography)
    let personalCode = personalCode(code, of: person)
    let (signedIn, session) = newSession(for: person)
    let limit = options.limits.places(in: classroom)
    cluster.perform { world throws(Status) in
      try Self.admit(nickname, limit: limit, in: world)
      let value: Value = [
        "metadata": ["name": .string(person.name), "finalizers": [.string(LearnerReconciler.finalizer)]],
        "spec": ["nickname": .string(nickname)],
      ]
      try world.client.create(.learner, value, cause: Cause(actor: "podium", request: "join"))
      try CredentialStore.add(personalCode, limit: 1, in: world)
      try CredentialStore.add(session, limit: 1, in: world)
    } reply: { [reconcilers, joins, options] result in
      if let failure = result.failure { return reply(.failure(failure)) }
      joins.note(address, now: options.clocks.monotonic())
      reconcilers.reconcile(.learner(person.name)) {
        var signedIn = signedIn
        signedIn.personalCode = Code.grouped(code)
        reply(.success(signedIn))
      }
    }
  }

  private static func admit(_ nickname: String, limit: Int, in world: Cluster) throws(Status) {
    let learners = world.client.list(.learner)
    guard learners.count < limit else {
      throw .tooMany(
        "the classroom is full: it has at most \(limit) learners; the instructor can remove somebody or raise places",
        seconds: 60)
    }
    let key = Nickname.key(nickname)
    guard !learners.contains(where: { Nickname.key(Learner($0.value).spec.nickname) == key }) else {
      throw Status(
        code: 409, reason: "AlreadyExists",
        message: "somebody is called \"\(nickname)\" already: choose another nickname, "
          + "or come back with your personal code if that is you")
    }
  }
}

extension Status {
  static func unauthorized(_ message: String) -> Status { Status(code: 401, reason: "Unauthorized", message: message) }

  static func tooMany(_ message: String, seconds: Int) -> Status {
    Status(
      code: 429, reason: "TooManyRequests", message: message, details: Details(retryAfterSeconds: seconds))
  }

  fileprivate static let locked = Status(
    code: 403, reason: "Forbidden", message: "the instructor has closed the classroom to newcomers")
}
