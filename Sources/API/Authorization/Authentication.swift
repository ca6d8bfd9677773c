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
      return Caller(
        name: certificate.commonName, groups: certificate.organizations + ["system:authenticated"])
    }
    if let token = credentials.bearerToken {
      guard var caller = tokens.caller(for: token) else { throw .unauthorized }
      if !caller.groups.contains("system:authenticated") { caller.groups.append("system:authenticated") }
      return caller
    }
    return credentials.session ?? .anonymous
  }

  private func impersonated(by caller: Caller, _ headers: [(name: String, value: String)]) throws(Status) -> Caller {
    guard headers.contains(where: { Self.isAboutImpersonation($0.name) }) else { return caller }
    func values(_ name: String) -> [String] { headers.filter { $0.name.lowercased() == name }.map(\.value) }
    let groups = values("impersonate-group")
    let extra = headers.filter { $0.name.lowercased().hasPrefix("impersonate-extra-") }
    let uid = values("impersonate-uid").first
    guard let name = values("impersonate-user").first, !name.isEmpty else {
      if groups.isEmpty, extra.isEmpty, uid == nil { return caller }
      throw .impersonationWithoutUser(groups: groups)
    }
    try checkImpersonation(of: name, groups: groups, uid: uid, by: caller)
    var target = Caller(name: name, uid: uid, groups: groups)
    for header in extra {
      let key = PercentCoding.decode(header.name.lowercased().dropFirst("impersonate-extra-".count))
      if let index = target.extra.firstIndex(where: { $0.key == key }) {
        target.extra[index].values.append(header.value)
      } else {
        target.extra.append(.init(key: key, values: [header.value]))
      }
      try require(caller, "userextras", group: "authentication.k8s.io", subresource: key, name: header.value)
    }
    target.groups += Self.impliedGroups(name, target.groups)
    return target
  }

  /// Whether a header's name begins with `Impersonate-`, in whatever case. Nearly no request has one, and every request
  /// is asked.
  private static func isAboutImpersonation(_ name: String) -> Bool {
    name.utf8.prefix(12).elementsEqual("impersonate-".utf8) { $0 | 0x20 == $1 }
  }

  private func checkImpersonation(of name: String, groups: [String], uid: String?, by caller: Caller) throws(Status) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" {
      try require(caller, "serviceaccounts", namespace: parts[2], name: parts[3])
    } else {
      try require(caller, "users", name: name)
    }
    for group in groups { try require(caller, "groups", name: group) }
    if let uid { try require(caller, "uids", group: "authentication.k8s.io", name: uid) }
  }

  private func require(
    _ caller: Caller, _ resource: String, group: String = "", subresource: String = "", namespace: String = "",
    name: String
  ) throws(Status) {
    let attributes = Attributes(
      caller: caller, verb: "impersonate", group: group, resource: resource, subresource: subresource,
      namespace: namespace, name: name)
    guard authorizer.allows(attributes) else { throw attributes.refusal }
  }

  /// The groups that every user of that name is in.
  private static func impliedGroups(_ name: String, _ groups: [String]) -> [String] {
    if name == Caller.anonymous.name {
      return groups.contains("system:unauthenticated") ? [] : ["system:unauthenticated"]
    }
    var implied: [String] = []
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    if groups.isEmpty, parts.count == 4, name.hasPrefix("system:serviceaccount:") {
      implied += ["system:serviceaccounts", "system:serviceaccounts:" + parts[2]]
    }
    return implied + (groups.contains("system:authenticated") ? [] : ["system:authenticated"])
  }

  /// Refuses what no rule allows.
  func authorize(_ request: APIRequest, _ info: RequestInfo) throws(Status) {
    let attributes = Attributes(request, info)
    guard authorizer.allows(attributes) else { throw attributes.refusal }
  }
}

extension Status {
  fileprivate static func impersonationWithoutUser(groups: [String]) -> Status {
    let list = groups.map { "\"\($0)\"" }.joined(separator: ", ")
    return Status(
      code: 500, reason: "InternalError",
      message: "Internal error occurred: requested [{Group  \(list)  }] without impersonating a user")
  }
}
