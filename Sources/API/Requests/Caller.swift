package import Loop

/// Who asks, once authenticated (authentication.k8s.io, UserInfo).
package struct Caller: Sendable, Hashable {
  package var name: String
  package var uid: String?
  package var groups: [String]
  /// Further facts about the user, each with its values, in the order in which they were given.
  package var extra: [Extra]

  package struct Extra: Sendable, Hashable {
    package var key: String
    package var values: [String]

    package init(key: String, values: [String]) {
      self.key = key
      self.values = values
    }
  }

  package init(name: String, uid: String? = nil, groups: [String] = [], extra: [Extra] = []) {
    self.name = name
    self.uid = uid
    self.groups = groups
    self.extra = extra
  }

  /// Whoever brought no credentials.
  package static let anonymous = Caller(name: "system:anonymous", groups: ["system:unauthenticated"])
  /// The cluster's master of everything.
  package static let admin = Caller(name: "admin", groups: ["system:masters", "system:authenticated"])
  /// The one who learns: may edit in namespace `default`.
  package static let learner = Caller(name: "learner", groups: ["system:authenticated"])

  /// Whether no rule is asked (group `system:masters`).
  package var isMaster: Bool { groups.contains("system:masters") }
}

/// What a connection and a request bring to prove who asks. The first that is there counts, in this order.
package struct Credentials: Sendable {
  package var bearerToken: String?
  /// The subject of a client certificate that the server has verified.
  package var certificate: Certificate?
  /// The user of a console session.
  package var session: Caller?

  package struct Certificate: Sendable {
    package var commonName: String
    package var organizations: [String]
    package var uid: String?
    /// By the cluster's clock; nil: always.
    package var validity: ClosedRange<Time>?
    /// The SHA-256 of the certificate, in hexadecimal; empty: not known.
    package var fingerprint: String
    /// The one cluster for which it is good; nil: all.
    package var cluster: String?

    package init(
      commonName: String, organizations: [String], uid: String? = nil, validity: ClosedRange<Time>? = nil,
      fingerprint: String = "", cluster: String? = nil
    ) {
      self.commonName = commonName
      self.organizations = organizations
      self.uid = uid
      self.validity = validity
      self.fingerprint = fingerprint
      self.cluster = cluster
    }
  }

  package init(bearerToken: String? = nil, certificate: Certificate? = nil, session: Caller? = nil) {
    self.bearerToken = bearerToken
    self.certificate = certificate
    self.session = session
  }
}

/// Knows whose a bearer token is.
package protocol TokenAuthenticator: Sendable {
  /// The token's user; nil for a token that nobody has.
  func caller(for token: String) -> Caller?
}

/// Tokens from a table that does not change.
package struct TokenTable: TokenAuthenticator {
  private let callers: [String: Caller]

  package init(_ callers: [String: Caller]) { self.callers = callers }

  package func caller(for token: String) -> Caller? { callers[token] }
}
