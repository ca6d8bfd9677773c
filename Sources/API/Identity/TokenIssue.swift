import Kinds
import Loop
package import Store
package import Tree

extension ClusterIdentity {
  /// Who issued a token that lies in a Secret (k8s.io/kubernetes, pkg/serviceaccount LegacyIssuer).
  static let legacyIssuer = "kubernetes/serviceaccount"

  /// How long a bound token is good, and from when on its use is a matter for a warning.
  struct TokenLife {
    var issued: Time
    var seconds: Int64
    /// After so many seconds the holder should have fetched another one.
    var warnAfterSeconds: Int64?

    /// What the kubelet asks for in a pod that says nothing: such a token lives on, and its use is only warned of.
    private static let projectedSeconds: Int64 = 3_607
    private static let extendedSeconds: Int64 = 365 * 86_400

    init(_ seconds: Int64, from moment: Time, for audiences: [String], isOfPod: Bool) {
      let isExtended = isOfPod && seconds == Self.projectedSeconds && audiences.allSatisfy { $0 == issuer }
      issued = moment
      self.seconds = isExtended ? Self.extendedSeconds : seconds
      warnAfterSeconds = isExtended ? seconds : nil
    }
  }

  /// A token that ends by itself and with what it is bound to (k8s.io/kubernetes, pkg/serviceaccount Claims). Its claims
  /// are in the order of their names, as Kubernetes writes them.
  func boundToken(
    of account: StoredObject, to bound: BoundObjects, audiences: [String], _ life: TokenLife, id: String
  ) -> String {
    let start = life.issued.seconds
    var facts: Value = ["namespace": .string(account.namespace)]
    facts["node"] = bound.node?.claim
    facts["pod"] = bound.pod?.claim
    facts["secret"] = bound.secret?.claim
    facts["serviceaccount"] = BoundObjects.Reference(account).claim
    facts["warnafter"] = life.warnAfterSeconds.map { .integer(start + $0) }
    var claims: Value = [
      "aud": .array(audiences.map(Value.string)), "exp": .integer(start + life.seconds), "iat": .integer(start),
      "iss": .string(Self.issuer), "jti": .string(id), "kubernetes.io": facts, "nbf": .integer(start),
    ]
    claims[Self.clusterClaim] = cluster.map(Value.string)
    claims["sub"] = .string(Caller.serviceAccountName(account.namespace, account.name))
    return JSONWebToken.make(claims, by: tokens)
  }

  /// A token for a Secret of type `kubernetes.io/service-account-token`: good while the Secret and the account are there
  /// (k8s.io/kubernetes, pkg/serviceaccount LegacyClaims).
  package func secretToken(of account: StoredObject, in secret: StoredObject) -> String {
    let prefix = "kubernetes.io/serviceaccount/"
    var claims: Value = ["iss": .string(Self.legacyIssuer)]
    claims[prefix + "namespace"] = .string(account.namespace)
    claims[prefix + "secret.name"] = .string(secret.name)
    claims[prefix + "service-account.name"] = .string(account.name)
    claims[prefix + "service-account.uid"] = .string(account.uid)
    claims[Self.clusterClaim] = cluster.map(Value.string)
    claims["sub"] = .string(Caller.serviceAccountName(account.namespace, account.name))
    return JSONWebToken.make(claims, by: tokens)
  }
}

extension Caller {
  /// `system:serviceaccount:NAMESPACE:NAME`
  static func serviceAccountName(_ namespace: String, _ name: String) -> String {
    "system:serviceaccount:\(namespace):\(name)"
  }

  /// The groups that a service account of the namespace is in.
  static func serviceAccountGroups(_ namespace: String) -> [String] {
    ["system:serviceaccounts", "system:serviceaccounts:\(namespace)"]
  }
}

extension Value {
  /// Puts bytes into a Secret.
  package mutating func setData(_ key: String, _ bytes: [UInt8]) {
    self["data", key] = .string(Base64.encode(bytes, alphabet: .standard))
  }
}
