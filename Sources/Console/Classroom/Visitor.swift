import API
import Classroom
import Hosting
import HTTP
import Kinds

/// Who comes to a server with a classroom.
enum Visitor {
  /// Somebody of the classroom, by session or by a kubeconfig's token.
  case person(Person)
  /// Somebody with credentials of the server or of a cluster: a token, a certificate, or a session begun with a token.
  case other(Credentials)
  case nobody
}

extension Site {
  /// Who asks. The first of token, certificate and session counts, as everywhere.
  func visitor(_ request: HTTPRequest, in classroom: ClassroomService) -> Visitor {
    let credentials = Self.credentials(of: request)
    if credentials.certificate != nil { return .other(credentials) }
    if let token = credentials.bearerToken {
      return classroom.person(token: token).map { .person($0) } ?? .other(credentials)
    }
    guard let session = Sessions.cookie(in: request) else { return .nobody }
    if let person = classroom.person(session: session) { return .person(person) }
    return sessions.caller(of: request).map { .other(Credentials(session: $0)) } ?? .nobody
  }

  /// The credentials with which a request comes into a cluster of a server with a classroom. Whoever is nobody there
  /// gets the same answer for a cluster that is there and for one that is not.
  func credentials(
    of request: HTTPRequest, in cluster: String, of classroom: ClassroomService
  ) throws(Status) -> Credentials {
    switch visitor(request, in: classroom) {
    case .person(let person):
      if Self.credentials(of: request).bearerToken == nil { try checkOrigin(request) }
      guard let caller = Access.caller(person, in: cluster) else { throw Self.noSuchCluster(cluster) }
      return Credentials(session: caller)
    case .other(let credentials):
      if credentials.session != nil { try checkOrigin(request) }
      guard mayEnter(credentials, cluster) else { throw Self.noSuchCluster(cluster) }
      return credentials
    case .nobody:
      guard cluster == root.name else { throw Self.unauthorized }
      return Credentials()
    }
  }

  /// Whether the cluster itself is to judge the credentials: those of masters, and what it may have issued itself. Other
  /// users of the server are users of the root cluster only.
  private func mayEnter(_ credentials: Credentials, _ cluster: String) -> Bool {
    if cluster == root.name { return true }
    if let certificate = credentials.certificate {
      return certificate.organizations.contains("system:masters") || certificate.cluster == cluster
    }
    if let token = credentials.bearerToken { return tokens.caller(for: token)?.isMaster ?? true }
    return credentials.session?.isMaster ?? false
  }

  static func noSuchCluster(_ name: String) -> Status {
    Status(code: 404, reason: "NotFound", message: "cluster \"\(name)\" not found")
  }

  static let unauthorized = Status(code: 401, reason: "Unauthorized", message: "Unauthorized")

  /// Refuses who is nobody in the cluster, before the cluster is looked for.
  func admit(_ request: HTTPRequest, to cluster: String) throws(Status) {
    guard let classroom else { return }
    let credentials = try credentials(of: request, in: cluster, of: classroom)
    // To whom a token is wrong, all clusters are closed in the same way.
    guard let token = credentials.bearerToken, tokens.caller(for: token) == nil, !host.contains(cluster) else { return }
    throw Self.unauthorized
  }

  /// The learner who asks; nil where it is somebody else.
  func learner(of request: HTTPRequest) -> String? {
    guard let classroom, case .person(let person) = visitor(request, in: classroom), person.role == .learner else {
      return nil
    }
    return person.name
  }
}
