import API
import Classroom
import HTTP
import Kinds
import Tree

/// `/session` of a server with a classroom: coming in, coming back, and who I am.
extension Site {
  func session(_ request: HTTPRequest, _ path: [String], of classroom: ClassroomService) throws(Status) -> Verdict {
    switch (request.method, path) {
    case ("GET", []), ("HEAD", []): return .answer(HTTPResponse(json: try description(of: request, in: classroom)))
    case ("POST", []):
      try checkOrigin(request)
      return try signIn(request, to: classroom)
    case ("DELETE", []):
      try checkOrigin(request)
      return signOut(request, of: classroom)
    case ("POST", ["kubeconfig"]):
      try checkOrigin(request)
      return try kubeconfig(request, in: classroom)
    case (_, []):
      throw Status(
        code: 405, reason: "MethodNotAllowed",
        message: "\(request.method) is not for /session: use GET, POST or DELETE")
    default: throw Self.noSuchAddress
    }
  }

  private func description(of request: HTTPRequest, in classroom: ClassroomService) throws(Status) -> Value {
    switch visitor(request, in: classroom) {
    case .person(let person): return description(of: person, in: classroom)
    case .other(let credentials):
      guard let caller = credentials.session else { throw Self.notSignedIn }
      var value = description(of: caller)
      value["classroom"] = ["role": "admin", "title": .string(classroom.classroom.spec.title)]
      return value
    case .nobody: throw Self.notSignedIn
    }
  }

  private func description(of person: Person, in classroom: ClassroomService) -> Value {
    let cluster = Access.workplace(of: person)
    var value = description(of: Access.caller(person, in: cluster) ?? .anonymous)
    value["cluster"] = .string(cluster)
    value["classroom"] = [
      "role": .string(person.role.rawValue), "name": .string(person.name),
      "nickname": .string(classroom.nickname(of: person)), "title": .string(classroom.classroom.spec.title),
    ]
    return value
  }

  // MARK: Signing in

  private func signIn(_ request: HTTPRequest, to classroom: ClassroomService) throws(Status) -> Verdict {
    let body = try Self.json(request)
    if body["token"] != nil { return .answer(try signInByToken(request, body)) }
    let answer = PendingAnswer()
    let address = request.peer.address
    if let code = body["code"]?.string {
      classroom.join(code: code, nickname: body["nickname"]?.string ?? "", address: address) { [self] result in
        answer.complete(response(to: result, request, classroom, status: 201))
      }
    } else if let code = body["personalCode"]?.string {
      classroom.comeBack(personalCode: code, address: address) { [self] result in
        answer.complete(response(to: result, request, classroom))
      }
    } else if let password = body["password"]?.string {
      classroom.signIn(password: password, address: address) { [self] result in
        answer.complete(response(to: result, request, classroom))
      }
    } else {
      throw Status(
        code: 401, reason: "Unauthorized",
        message: "give code and nickname to join, personalCode to come back, or the instructor's password")
    }
    return .later(answer)
  }

  /// What a sign-in is answered with: who one is now, and the cookie.
  func response(
    to result: Result<SignedIn, Status>, _ request: HTTPRequest, _ classroom: ClassroomService, status: Int = 200
  ) -> HTTPResponse {
    switch result {
    case .failure(let refusal): return HTTPResponse(APIResponse(refusal))
    case .success(let signedIn):
      // Whoever signs in anew is no longer who they were.
      if let old = Sessions.cookie(in: request) { classroom.signOut(session: old) { _ in } }
      var value = description(of: signedIn.person, in: classroom)
      if let code = signedIn.personalCode { value["personalCode"] = .string(code) }
      var response = HTTPResponse(json: value, status: status)
      response.headers.append(
        ("Set-Cookie", Self.cookie(signedIn.session, request, "; Max-Age=\(signedIn.seconds)")))
      return response
    }
  }

  private func signOut(_ request: HTTPRequest, of classroom: ClassroomService) -> Verdict {
    sessions.close(request)
    let answer = PendingAnswer()
    let cookie = Self.cookie("", request, "; Max-Age=0")
    classroom.signOut(session: Sessions.cookie(in: request) ?? "") { failure in
      var response = failure.map { HTTPResponse(APIResponse($0)) } ?? HTTPResponse(json: ["signedOut": true])
      response.headers.append(("Set-Cookie", cookie))
      answer.complete(response)
    }
    return .later(answer)
  }

  // MARK: Kubeconfig

  private func kubeconfig(_ request: HTTPRequest, in classroom: ClassroomService) throws(Status) -> Verdict {
    guard case .person(let person) = visitor(request, in: classroom) else { throw Self.notSignedIn }
    guard person.role == .learner else {
      throw Status(code: 403, reason: "Forbidden", message: "only a learner has a cluster of their own to reach")
    }
    let address = Self.address(of: request, isSecure: !authority.isEmpty || request.peer.isSecure)
    let answer = PendingAnswer()
    classroom.makeToken(for: person) { [authority] result in
      switch result {
      case .failure(let refusal): answer.complete(HTTPResponse(APIResponse(refusal)))
      case .success(let token):
        let file = LearnerKubeconfig(address: address, authority: authority, cluster: person.name, token: token)
        answer.complete(
          HTTPResponse(
            status: 200,
            headers: [
              ("Content-Type", "application/yaml"), ("Cache-Control", "no-store"),
              ("Content-Disposition", "attachment; filename=\"\(person.name).kubeconfig\""),
            ], body: .bytes(Array(file.yaml.utf8))))
      }
    }
    return .later(answer)
  }

  /// Where the one who asks reaches the server. kubectl sends a token by TLS only, which the same port speaks.
  static func address(of request: HTTPRequest, isSecure: Bool) -> String {
    let host = (request.headers["Host"] ?? "127.0.0.1").filter { $0.isASCII && !"/?#@\"\\ ".contains($0) }
    return (isSecure ? "https://" : "http://") + host
  }
}
