import API
import Kinds
import Store
import Synchronization

/// All credentials of the classroom, found by their digests: what every request asks. It follows the classroom's
/// Secrets.
final class Keyring: Sendable {
  private struct State {
    var byFingerprint: [String: Credential] = [:]
    var fingerprints: [ObjectKey: String] = [:]
  }

  private let state = Mutex(State())
  private let listener = Mutex<(@Sendable (String) -> Void)?>(nil)

  init(feed: Feed) {
    // A change that comes before all are read waits for the lock.
    state.withLock { state in
      let start = feed.watch(after: nil) { [weak self] changes in self?.take(changes) }
      for object in start.snapshot.list(Kind.secret.collection, namespace: Credential.namespace) {
        Self.put(object, into: &state)
      }
    }
  }

  private func take(_ changes: [Change]) {
    let changes = changes.filter { $0.key.groupResource == Kind.secret.collection }
    guard !changes.isEmpty else { return }
    let gone = state.withLock { state in
      var gone: [String] = []
      for change in changes {
        if let old = state.fingerprints.removeValue(forKey: change.key) {
          state.byFingerprint[old] = nil
          gone.append(old)
        }
        if change.kind != .deleted { Self.put(change.object, into: &state) }
      }
      return gone.filter { state.byFingerprint[$0] == nil }
    }
    guard !gone.isEmpty, let listener = listener.withLock({ $0 }) else { return }
    gone.forEach(listener)
  }

  /// Has the digests of credentials told that are no longer good. On the feed's thread, under its lock: only to be
  /// passed on.
  func onEnd(_ listener: @escaping @Sendable (String) -> Void) { self.listener.withLock { $0 = listener } }

  private static func put(_ object: StoredObject, into state: inout State) {
    guard object.namespace == Credential.namespace, let credential = Credential(object) else { return }
    state.byFingerprint[credential.fingerprint] = credential
    state.fingerprints[object.key] = credential.fingerprint
  }

  /// The credential with that digest, for that purpose, that is still good at a moment (seconds since 1970).
  func credential(_ fingerprint: String, for purpose: CredentialPurpose, at now: Int64) -> Credential? {
    guard let credential = state.withLock({ $0.byFingerprint[fingerprint] }), credential.purpose == purpose,
      credential.expiry.map({ now < $0 }) ?? true
    else { return nil }
    return credential
  }

  /// Those whose time is over.
  func expired(at now: Int64) -> [Credential] {
    state.withLock { $0.byFingerprint.values.filter { $0.expiry.map { $0 <= now } ?? false } }
  }
}
