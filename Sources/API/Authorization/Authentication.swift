package import Kinds

extension APIServer {
  /// Who asks, from what the connection and the request bring, and after impersonation (Kubernetes documentation,
  /// "User impersonation"). No credentials at all is `system:anonymous`; wrong ones are refused (401).
  package func authenticate(_ credentials: Credentials, headers: [(name: String, value: String)]) throws(Status)
    -> Caller
  {
    try impersonated(by: try identify(credentials), headers)
  }

  private func identify(_ credentials: Credentials) throws(Status) -> Caller {
    if let certificate = credentials.certificate {
      guard certificate.validity?.contains(now()) ?? true, !certificate.commonName.isEmpty,
        certificate.cluster.map({ $0 == clusterName }) ?? true
      else { throw .unauthorized }
      return certificate.caller
    }
    if let token = credentials.bearerToken {
      do throws(ServiceAccountTokens.Refusal) {
        return try owner(of: token, audiences: [ClusterIdentity.issuer]).caller
      } catch {
        throw .unauthorized
      }
    }
    return credentials.session ?? .anonymous
  }

  private func impersonated(by caller: Caller, _ headers: [(name: String, value: String)]) throws(Status) -> Caller {
    guard headers.contains(where: { Self.isAboutImpersonation($0.name) }) else { return caller }
    let wish = Impersonation(headers)
    guard let name = wish.name else {
      if wish.isEmpty { return caller }
      throw .impersonationWithoutUser(wish)
    }
    try requireUser(name, by: caller)
    for group in wish.groups { try require(caller, "groups", name: group) }
    for extra in wish.extra {
      for value in extra.values {
        try require(caller, "userextras", group: "authentication.k8s.io", subresource: extra.key, name: value)
      }
    }
    if let uid = wish.uid { try require(caller, "uids", group: "authentication.k8s.io", name: uid) }
    return Caller(
      name: name, uid: wish.uid, groups: wish.groups + Self.impliedGroups(name, wish.groups), extra: wish.extra)
  }

  /// Whether a header's name begins with `Impersonate-`, in whatever case. Nearly no request has one, and every request
  /// is asked.
  private static func isAboutImpersonation(_ name: String) -> Bool {
    name.utf8.prefix(12).elementsEqual("impersonate-".utf8) { $0 | 0x20 == $1 }
  }

  private func requireUser(_ name: String, by caller: Caller) throws(Status) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" {
      try require(caller, "serviceaccounts", namespace: parts[2], name: parts[3])
    } else {
      try require(caller, "users", name: name)
    }
  }

  private func require(
    _ caller: Caller, _ resource: String, group: String = "", subresource: String = "", namespace: String = "",
    name: String
  ) throws(Status) {
    let attributes = Attributes(
      caller: caller, verb: "impersonate", group: group, resource: resource, subresource: subresource,
      namespace: namespace, name: name)
    try authorizer.require(attributes)
  }

  /// The groups that every user of that name is in.
  private static func impliedGroups(_ name: String, _ groups: [String]) -> [String] {
    let everybody = ["system:authenticated", "system:unauthenticated"]
    if name == Caller.anonymous.name { return groups.contains(everybody[1]) ? [] : [everybody[1]] }
    var implied: [String] = []
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    if groups.isEmpty, parts.count == 4, name.hasPrefix("system:serviceaccount:") {
      implied += Caller.serviceAccountGroups(String(parts[2]))
    }
    return implied + (groups.contains(where: everybody.contains) ? [] : [everybody[0]])
  }

  /// Refuses what no rule allows.
  func authorize(_ request: APIRequest, _ info: RequestInfo) throws(Status) {
    try authorizer.require(Attributes(request, info))
  }
}

extension Credentials.Certificate {
  /// The user whom it names (k8s.io/apiserver, authentication/request/x509).
  fileprivate var caller: Caller {
    Caller(
      name: commonName, uid: uid, groups: organizations + ["system:authenticated"],
      extra: fingerprint.isEmpty
        ? [] : [.init(key: "authentication.kubernetes.io/credential-id", values: ["X509SHA256=" + fingerprint])])
  }
}

extension Status {
  /// In Kubernetes' words, which write object references as Go does.
  fileprivate static func impersonationWithoutUser(_ wish: Impersonation) -> Status {
    var references = wish.groups.map { "{Group  \($0)    }" }
    for extra in wish.extra {
      references += extra.values.map { "{UserExtra  \($0)  authentication.k8s.io/v1  \(extra.key)}" }
    }
    if let uid = wish.uid { references.append("{UID  \(uid)  authentication.k8s.io/v1  }") }
    return Status(
      code: 500, reason: "InternalError",
      message: "Internal error occurred: requested [\(references.joined(separator: " "))] without impersonating a user")
  }
}
