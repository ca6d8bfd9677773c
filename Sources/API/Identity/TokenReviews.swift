import Kinds
import Tree

/// Bearer tokens of both sorts: people's, and service accounts'.
extension APIServer {
  /// Whose a bearer token is, for one of the audiences; throws why it is nobody's.
  func owner(of token: String, audiences: [String]) throws(ServiceAccountTokens.Refusal) -> ServiceAccountTokens.Owner {
    var found = try accounts?.owner(of: token, audiences: audiences, at: now())
    // People's tokens are for the API and for nothing else.
    if found == nil, audiences.contains(ClusterIdentity.issuer), let caller = tokens.caller(for: token) {
      found = .init(caller: caller, audiences: [ClusterIdentity.issuer])
    }
    guard var found else { throw .init(Self.unknownToken) }
    if !found.caller.groups.contains("system:authenticated") { found.caller.groups.append("system:authenticated") }
    return found
  }

  private static let unknownToken = "invalid bearer token"

  /// What a TokenReview answers (k8s.io/kubernetes, registry/authentication/tokenreview).
  func tokenStatus(_ review: Value) throws(Status) -> Value {
    let token = review["spec", "token"]?.string ?? ""
    if token.isEmpty { throw .badRequest("token is required for TokenReview in authentication") }
    let given = review["spec", "audiences"]?.array?.compactMap(\.string) ?? []
    do throws(ServiceAccountTokens.Refusal) {
      let owner = try owner(of: token, audiences: given.isEmpty ? [ClusterIdentity.issuer] : given)
      return [
        "authenticated": true, "user": owner.caller.userInfo,
        "audiences": .array(owner.audiences.map(Value.string)),
      ]
    } catch {
      let why = error.reason == Self.unknownToken ? error.reason : "[\(Self.unknownToken), \(error.reason)]"
      return ["user": [:], "error": .string(why)]
    }
  }
}
