package import API
import Kinds
import Loop
import Store
import Tree

/// Fills the Secrets of type `kubernetes.io/service-account-token`, and removes those whose account is gone
/// (kubernetes/pkg/controller/serviceaccount, tokens controller).
package final class TokenController {
  private static let type = "kubernetes.io/service-account-token"
  private static let accountAnnotation = "kubernetes.io/service-account.name"
  private static let uidAnnotation = "kubernetes.io/service-account.uid"

  private let component: Component
  private let identity: ClusterIdentity
  private let certificate: String
  private var secrets: WorkQueue<ObjectKey>?
  private var accounts: WorkQueue<ObjectKey>?

  /// `certificate` is the authority's text, which each Secret holds too; empty: none does.
  package init(client: Client, identity: ClusterIdentity, certificate: String) {
    component = Component("tokens-controller", client: client)
    self.identity = identity
    self.certificate = certificate
  }

  package func start() {
    secrets = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in fill($0) }
    accounts = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in clean($0) }
    component.store.observe([.secret, .serviceAccount]) { [unowned self] change in note(change) }
    for secret in component.client.list(.secret) where Self.isToken(secret.value) { secrets?.add(secret.key) }
  }

  private static func isToken(_ secret: Value) -> Bool { secret["type"]?.string == type }

  private func note(_ change: Change) {
    if change.key.groupResource == Kind.secret.groupResource {
      guard Self.isToken(change.object.value) else { return }
      if change.kind == .deleted { forget(change.object) } else { secrets?.add(change.key) }
    } else if change.key.groupResource == Kind.serviceAccount.groupResource, change.kind != .updated {
      accounts?.add(change.key)
    }
  }

  // MARK: Secrets

  private func account(of secret: StoredObject) -> StoredObject? {
    let annotations = AnyObjectView(secret.value).metadata.annotations
    let account = component.client.get(
      .serviceAccount, namespace: secret.namespace, name: annotations[Self.accountAnnotation] ?? "")
    guard let account else { return nil }
    let uid = annotations[Self.uidAnnotation] ?? ""
    return uid.isEmpty || uid == account.uid ? account : nil
  }

  private func fill(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let secret = component.store[key], Self.isToken(secret.value) else { return .done }
    do throws(Status) {
      guard let account = account(of: secret) else {
        try component.delete(.secret, secret, because: secret)
        return .done
      }
      let next = filled(secret, account)
      if next != secret.value { try component.update(.secret, next, because: account) }
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  private func filled(_ secret: StoredObject, _ account: StoredObject) -> Value {
    var next = secret.value
    next["metadata", "annotations", Self.accountAnnotation] = .string(account.name)
    next["metadata", "annotations", Self.uidAnnotation] = .string(account.uid)
    if next["data", "token"]?.string?.isEmpty ?? true {
      next.setData("token", Array(identity.secretToken(of: account, in: secret).utf8))
    }
    if next["data", "namespace"]?.string?.isEmpty ?? true {
      next.setData("namespace", Array(secret.namespace.utf8))
    }
    if !certificate.isEmpty { next.setData("ca.crt", Array(certificate.utf8)) }
    return next
  }

  // MARK: Accounts

  private func clean(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    var outcome = WorkQueue<ObjectKey>.Outcome.done
    for secret in component.client.list(.secret, namespace: key.namespace)
    where Self.isToken(secret.value) && account(of: secret) == nil {
      if fill(secret.key) == .failed { outcome = .failed }
    }
    return outcome
  }

  /// An account no longer names a Secret that is gone.
  private func forget(_ secret: StoredObject) {
    guard let account = account(of: secret), let names = account.value["secrets"]?.array else { return }
    let rest = names.filter { $0["name"]?.string != secret.name }
    guard rest.count < names.count else { return }
    var next = account.value
    next["secrets"] = rest.isEmpty ? nil : .array(rest)
    component.loop.schedule(as: component.name) { [component] in
      _ = try? component.update(.serviceAccount, next, because: secret)
    }
  }
}
