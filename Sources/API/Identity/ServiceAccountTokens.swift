import Kinds
import Loop
import Store
import Synchronization
import Tree

/// Tells whose a service account's token is: by its signature, its claims, and whether what it is tied to still exists
/// (k8s.io/kubernetes, pkg/serviceaccount).
final class ServiceAccountTokens: Sendable {
  /// Clocks may differ by that much (go-jose, jwt.DefaultLeeway).
  private static let leeway = Duration.seconds(60)
  /// Tokens whose signatures are remembered to be good; with more all are forgotten.
  private static let rememberedLimit = 1_000

  /// Whose a token is, and for which of the wanted audiences it is meant.
  struct Owner: Equatable {
    var caller: Caller
    var audiences: [String]
  }

  /// Why a token is not taken, in Kubernetes' words.
  struct Refusal: Error, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    static let invalidated = Refusal("service account token has been invalidated")
  }

  private let identity: ClusterIdentity
  private let feed: Feed
  private let remembered = Mutex<[String: JSONWebToken]>([:])

  init(_ identity: ClusterIdentity, feed: Feed) {
    self.identity = identity
    self.feed = feed
  }

  /// The owner of a token for one of the audiences; nil for a text that is no token of this cluster's issuers.
  func owner(of text: String, audiences: [String], at now: Time) throws(Refusal) -> Owner? {
    guard let token = try verified(text) else { return nil }
    let meant = token.audiences.isEmpty ? [ClusterIdentity.issuer] : token.audiences
    let shared = meant.filter(audiences.contains)
    guard !shared.isEmpty else {
      throw Refusal(
        "token audiences \(Self.list(meant)) is invalid for the target audiences \(Self.list(audiences))")
    }
    let snapshot = feed.snapshot
    let caller: Caller
    if token.issuer == ClusterIdentity.legacyIssuer {
      caller = try legacyCaller(token, text, snapshot)
    } else {
      caller = try BoundToken(token, snapshot, now, Self.leeway).caller()
    }
    return Owner(caller: caller, audiences: shared)
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { "\"\($0)\"" }.joined(separator: " ") + "]"
  }

  /// Reads a token and checks its signature, once.
  private func verified(_ text: String) throws(Refusal) -> JSONWebToken? {
    guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
    if let known = remembered.withLock({ $0[text] }) { return known }
    guard let token = JSONWebToken(text),
      token.issuer == ClusterIdentity.issuer || token.issuer == ClusterIdentity.legacyIssuer
    else { return nil }
    // To a cluster, another one of the same server is as foreign as one with other keys.
    guard token.isSigned(by: identity.tokens), token.claims[ClusterIdentity.clusterClaim]?.string == identity.cluster
    else { throw Refusal("invalid signature, no keys found") }
    remembered.withLock { remembered in
      if remembered.count >= Self.rememberedLimit { remembered.removeAll() }
      remembered[text] = token
    }
    return token
  }

  private static let invalidSince = "kubernetes.io/legacy-token-invalid-since"

  /// A token that lies in a Secret (k8s.io/kubernetes, pkg/serviceaccount/legacy.go).
  private func legacyCaller(_ token: JSONWebToken, _ text: String, _ snapshot: Snapshot) throws(Refusal) -> Caller {
    func claim(_ name: String) -> String { token.claims["kubernetes.io/serviceaccount/" + name]?.string ?? "" }
    let (namespace, name) = (claim("namespace"), claim("service-account.name"))
    let secret = snapshot[Kind.secret.key(namespace: namespace, name: claim("secret.name"))]
    guard let secret, !AnyObjectView(secret.value).metadata.isDeleting else {
      throw Refusal("Token has been invalidated")
    }
    guard secret.value["data", "token"]?.string == Base64.encode(Array(text.utf8), alphabet: .standard) else {
      throw Refusal("Token does not match server's copy")
    }
    // Whoever cleans up behind old tokens marks them first (KEP-2799).
    guard secret.value["metadata", "labels", Self.invalidSince] == nil else {
      throw Refusal(
        "the token in secret \(namespace)/\(secret.name) for service account \(namespace)/\(name) has been marked invalid. "
          + "Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the "
          + "'\(Self.invalidSince)' label from the secret to temporarily allow use of this token")
    }
    let account = snapshot[Kind.serviceAccount.key(namespace: namespace, name: name)]
    guard let account else { throw Refusal("serviceaccounts \"\(name)\" not found") }
    guard !AnyObjectView(account.value).metadata.isDeleting else {
      throw Refusal("ServiceAccount \(namespace)/\(name) has been deleted")
    }
    let uid = claim("service-account.uid")
    guard account.uid == uid else {
      throw Refusal("ServiceAccount UID (\(account.uid)) does not match claim (\(uid))")
    }
    return Caller(
      name: Caller.serviceAccountName(namespace, name), uid: uid, groups: Caller.serviceAccountGroups(namespace))
  }
}

/// A bound token's claims against the objects of one moment.
private struct BoundToken {
  private let claims: Value
  private let snapshot: Snapshot
  private let now: Time
  private let leeway: Duration

  init(_ token: JSONWebToken, _ snapshot: Snapshot, _ now: Time, _ leeway: Duration) {
    claims = token.claims
    self.snapshot = snapshot
    self.now = now
    self.leeway = leeway
  }

  private var facts: Value? { claims["kubernetes.io"] }
  private var namespace: String { facts?["namespace"]?.string ?? "" }

  func caller() throws(ServiceAccountTokens.Refusal) -> Caller {
    try checkTime()
    let account = BoundObjects.Reference(facts?["serviceaccount"]) ?? .init(name: "", uid: "")
    try checkAccount(account)
    let bound = BoundObjects(
      pod: .init(facts?["pod"]), secret: .init(facts?["secret"]), node: .init(facts?["node"]))
    if let secret = bound.secret { try check(.secret, secret, called: "secret") }
    if let pod = bound.pod {
      try check(.pod, pod, called: "pod")
    } else if let node = bound.node {
      try check(.node, node, called: "node")
    }
    return Caller(
      name: Caller.serviceAccountName(namespace, account.name), uid: account.uid,
      groups: Caller.serviceAccountGroups(namespace), extra: extra(bound))
  }

  private func moment(_ claim: String) -> Time? { claims[claim]?.integer.map { Time(seconds: $0) } }

  private func checkTime() throws(ServiceAccountTokens.Refusal) {
    if let start = moment("nbf"), now + leeway < start {
      throw .init("service account token is not valid yet")
    }
    if let end = moment("exp"), now - leeway > end { throw .init("service account token has expired") }
  }

  private func checkAccount(_ account: BoundObjects.Reference) throws(ServiceAccountTokens.Refusal) {
    guard let stored = snapshot[Kind.serviceAccount.key(namespace: namespace, name: account.name)] else {
      throw .init("serviceaccounts \"\(account.name)\" not found")
    }
    if isGone(stored) { throw .init("service account \(namespace)/\(account.name) has been deleted") }
    guard stored.uid == account.uid else {
      throw .init("service account UID (\(stored.uid)) does not match claim (\(account.uid))")
    }
  }

  private func check(
    _ kind: Kind, _ reference: BoundObjects.Reference, called noun: String
  ) throws(ServiceAccountTokens.Refusal) {
    guard let stored = snapshot[kind.key(namespace: namespace, name: reference.name)], !isGone(stored) else {
      throw .invalidated
    }
    guard stored.uid == reference.uid else {
      throw .init("\(noun) UID (\(stored.uid)) does not match service account \(noun) ref claim (\(reference.uid))")
    }
  }

  /// Whether its deletion was asked for longer ago than clocks may differ.
  private func isGone(_ object: StoredObject) -> Bool {
    AnyObjectView(object.value).metadata.deletionTimestamp.flatMap { Time(timestamp: $0) }
      .map { $0 < now - leeway } ?? false
  }

  /// What is known of the token besides its account (k8s.io/apiserver, authentication/serviceaccount).
  private func extra(_ bound: BoundObjects) -> [Caller.Extra] {
    var facts: [(String, String)] = []
    if let id = claims["jti"]?.string { facts.append(("credential-id", "JTI=" + id)) }
    if let node = bound.node {
      facts.append(("node-name", node.name))
      if !node.uid.isEmpty { facts.append(("node-uid", node.uid)) }
    }
    if let pod = bound.pod { facts += [("pod-name", pod.name), ("pod-uid", pod.uid)] }
    return facts.map { Caller.Extra(key: "authentication.kubernetes.io/" + $0.0, values: [$0.1]) }
  }
}
