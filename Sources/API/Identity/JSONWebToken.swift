import Tree

/// A signed token in its compact form (RFC 7515, section 7.1; RFC 7519).
struct JSONWebToken: Sendable {
  let header: Value
  let claims: Value
  let signature: [UInt8]
  /// What the signature is of: header and claims, as they are written.
  let signed: [UInt8]

  /// Reads a token, without believing it; nil for a text that is none.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let header = Base64.decode(parts[0]), let claims = Base64.decode(parts[1]),
      let signature = Base64.decode(parts[2]), let head = try? JSON.parse(header), head.object != nil,
      let body = try? JSON.parse(claims), body.object != nil
    else { return nil }
    self.header = head
    self.claims = body
    self.signature = signature
    signed = Array((parts[0] + "." + parts[1]).utf8)
  }

  /// Signs claims.
  static func make(_ claims: Value, by signer: any TokenSigner) -> String {
    let header: Value = ["alg": .string(signer.algorithm), "kid": .string(signer.keyID)]
    let signed = Base64.encode(header.json) + "." + Base64.encode(claims.json)
    return signed + "." + Base64.encode(signer.signature(of: Array(signed.utf8)))
  }

  func isSigned(by signer: any TokenSigner) -> Bool {
    guard header["alg"]?.string == signer.algorithm, header["kid"]?.string ?? signer.keyID == signer.keyID else {
      return false
    }
    return signer.isSignature(signature, of: signed)
  }

  var issuer: String { claims["iss"]?.string ?? "" }

  /// `aud` is one text or a list of them (RFC 7519, section 4.1.3).
  var audiences: [String] {
    if let one = claims["aud"]?.string { return [one] }
    return claims["aud"]?.array?.compactMap(\.string) ?? []
  }
}
