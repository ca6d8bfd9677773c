import Tree

/// Where others learn how to check this cluster's tokens (OpenID Connect Discovery 1.0; RFC 7517).
extension APIServer {
  /// The address's answer; nil where it is none of these, or where the cluster signs no tokens.
  func issuerDocument(_ request: APIRequest) -> APIResponse? {
    guard let identity else { return nil }
    switch request.path {
    case [".well-known", "openid-configuration"]:
      let host = request.header("Host") ?? "127.0.0.1:8080"
      return document(
        [
          "issuer": .string(ClusterIdentity.issuer), "jwks_uri": .string("https://\(host)/openid/v1/jwks"),
          "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
          "id_token_signing_alg_values_supported": [.string(identity.tokens.algorithm)],
        ], type: MediaType.json)
    case ["openid", "v1", "jwks"]:
      var key: Value = [
        "use": "sig", "kid": .string(identity.tokens.keyID), "alg": .string(identity.tokens.algorithm),
      ]
      for member in identity.tokens.publicKey.object ?? Members() { key[member.key] = member.value }
      return document(["keys": [key]], type: "application/jwk-set+json")
    default: return nil
    }
  }

  private func document(_ value: Value, type: String) -> APIResponse {
    var response = APIResponse(status: 200, contentType: type, body: [value.json])
    response.headers.append(("Cache-Control", "public, max-age=3600"))
    return response
  }
}
