import API
import Cluster
import Hosting
package import Kinds
import Store
import Synchronization
import Tree

/// The instructor's password.
extension ClassroomService {
  private static let secretName = "instructor-password"
  private static let field = "argon2id"
  private static let cause = Cause(actor: "podium", request: "set the instructor's password")

  private var storedPassword: PasswordHash? {
    let key = Kind.secret.key(namespace: Credential.namespace, name: Self.secretName)
    return cluster.feed.snapshot[key]?.value["data", Self.field]?.string
      .flatMap { Base64.decode($0, alphabet: .standard) }.map {
        PasswordHash(text: String(decoding: $0, as: UTF8.self))
      }
  }

  /// How the first password may be set by somebody who is, or is not, at the machine itself.
  package func setupState(isLoopback: Bool) -> SetupState {
    storedPassword != nil ? .none : isLoopback ? .page : .code
  }

  /// The code with which the first password can be set from elsewhere, new for this start; nil if one is set.
  package func makeSetupCode() -> String? {
    guard storedPassword == nil else { return nil }
    let code = Code.make(Code.setupLength, options.cryptography)
    setupCode.withLock { $0 = code }
    return Code.grouped(code)
  }

  /// Signs the instructor in.
  package func signIn(password: String, address: String, reply: @escaping SignInReply) {
    do throws(Status) {
      try checkTries(passwordTries, address, "passwords")
      guard let stored = storedPassword else {
        throw .unauthorized("the instructor's password is not set yet: set it first")
      }
      try hash { [self] in
        guard stored.matches(password) else {
          passwordTries.note(address, now: options.clocks.monotonic())
          return reply(.failure(.unauthorized("that is not the instructor's password")))
        }
        begin(Person(.instructor), limit: options.limits.sessionsPerPerson, reply: reply)
      }
    } catch {
      reply(.failure(error))
    }
  }

  /// Sets the first password, and signs the instructor in.
  package func setFirstPassword(
    _ password: String, setup: String?, address: String, isLoopback: Bool, reply: @escaping SignInReply
  ) {
    do throws(Status) {
      try checkTries(passwordTries, address, "passwords")
      guard storedPassword == nil else { throw .passwordIsSet }
      if !isLoopback {
        let code = setupCode.withLock { $0 } ?? ""
        guard !code.isEmpty, isEqual(code, Code.normalized(setup ?? "")) else {
          passwordTries.note(address, now: options.clocks.monotonic())
          throw .unauthorized("give the set-up code that the server printed when it was started")
        }
      }
      try Self.check(password)
      try hash { [self] in
        keep(password, onlyFirst: true) { [self] failure in
          if let failure { return reply(.failure(failure)) }
          setupCode.withLock { $0 = nil }
          begin(Person(.instructor), limit: options.limits.sessionsPerPerson, reply: reply)
        }
      }
    } catch {
      reply(.failure(error))
    }
  }

  /// Changes the password; the instructor's other sessions end.
  package func changePassword(
    to password: String, current: String, session: String, address: String, reply: @escaping @Sendable (Status?) -> Void
  ) {
    let own = Credential.objectName(.session, options.cryptography.fingerprint(session))
    do throws(Status) {
      try checkTries(passwordTries, address, "passwords")
      try Self.check(password)
      guard let stored = storedPassword else { throw .unauthorized("no password is set yet") }
      try hash { [self] in
        guard stored.matches(current) else {
          passwordTries.note(address, now: options.clocks.monotonic())
          return reply(.unauthorized("that is not the present password"))
        }
        keep(password, onlyFirst: false) { [self] failure in
          if let failure { return reply(failure) }
          endSessions(except: own, reply: reply)
        }
      }
    } catch {
      reply(error)
    }
  }

  /// Makes it the instructor's password, unless it is already: for a password from a file. A new one ends all of the
  /// instructor's sessions.
  package func setPassword(_ password: String, reply: @escaping @Sendable (Status?) -> Void) {
    do throws(Status) {
      try Self.check(password)
      try hash { [self] in
        if storedPassword?.matches(password) == true { return reply(nil) }
        keep(password, onlyFirst: false) { [self] failure in
          if let failure { return reply(failure) }
          endSessions(except: nil, reply: reply)
        }
      }
    } catch {
      reply(error)
    }
  }

  private func endSessions(except name: String?, reply: @escaping @Sendable (Status?) -> Void) {
    cluster.perform { world throws(Status) in
      try CredentialStore.removeAll(of: Person(.instructor), .session, except: name, in: world)
    } reply: {
      reply($0.failure)
    }
  }

  private static func check(_ password: String) throws(Status) {
    let lengths = PasswordHash.lengths
    guard !lengths.contains(password.count) || password.utf8.count > 4 * lengths.upperBound else { return }
    let message = "must have \(lengths.lowerBound) to \(lengths.upperBound) characters"
    throw Status(
      code: 422, reason: "Invalid", message: "the password cannot be used: it \(message)",
      details: .init(causes: [.init(reason: "FieldValueInvalid", message: message, field: "password")]))
  }

  private func hash(_ work: @escaping @Sendable () -> Void) throws(Status) {
    guard desk.submit(work) else { throw .tooMany("too many passwords are being checked", seconds: 2) }
  }

  /// On a thread of the desk.
  private func keep(_ password: String, onlyFirst: Bool, reply: @escaping @Sendable (Status?) -> Void) {
    guard let hash = PasswordHash(of: password, cost: options.passwordCost, options.cryptography) else {
      return reply(.tooMany("there is not enough memory to hash a password now", seconds: 5))
    }
    let value: Value = [
      "metadata": ["name": .string(Self.secretName), "namespace": .string(Credential.namespace)],
      "type": "podium.dev/password",
      "data": .object(Members([(Self.field, .string(Base64.encode(Array(hash.text.utf8), alphabet: .standard)))])),
    ]
    cluster.perform { world throws(Status) in
      let isSet = world.client.get(.secret, namespace: Credential.namespace, name: Self.secretName) != nil
      if isSet, onlyFirst { throw .passwordIsSet }
      if isSet {
        try world.client.update(.secret, value, cause: Self.cause)
      } else {
        try world.client.create(.secret, value, cause: Self.cause)
      }
    } reply: {
      reply($0.failure)
    }
  }
}

extension Status {
  fileprivate static let passwordIsSet = Status(
    code: 409, reason: "AlreadyExists", message: "the instructor's password is set already: sign in with it")
}
