import API
import Classroom
import Hosting
import HTTP
import Kinds
import Store
import Tree

/// `/classroom…`: what a classroom has beside its objects.
extension Site {
  func classroom(_ request: HTTPRequest, _ path: [String]) throws(Status) -> Verdict {
    guard let classroom else { throw Self.noSuchAddress }
    switch (request.method, path) {
    case ("GET", []), ("HEAD", []): return .answer(HTTPResponse(json: door(of: classroom, for: request)))
    case ("POST", ["password"]):
      try checkOrigin(request)
      return try setPassword(request, in: classroom)
    case ("GET", ["join.svg"]): return try joinPicture(request, classroom)
    case ("GET", ["results.csv"]): return try results(request, classroom)
    case ("GET", ["progress"]): return try progress(request, classroom)
    case ("POST", let parts) where parts.count == 3 && parts[0] == "learners" && parts[2] == "code":
      return try newPersonalCode(of: parts[1], request, classroom)
    default: throw Self.noSuchAddress
    }
  }

  /// What whoever stands before the door may know.
  private func door(of classroom: ClassroomService, for request: HTTPRequest) -> Value {
    let spec = classroom.classroom.spec
    return [
      "title": .string(spec.title), "locked": .boolean(spec.isLocked),
      "setup": .string(classroom.setupState(isLoopback: request.peer.isLoopback).rawValue),
    ]
  }

  private func setPassword(_ request: HTTPRequest, in classroom: ClassroomService) throws(Status) -> Verdict {
    let body = try Self.json(request)
    let password = body["password"]?.string ?? ""
    let answer = PendingAnswer()
    if let current = body["current"]?.string {
      guard case .person(let person) = visitor(request, in: classroom), person.role == .instructor,
        let session = Sessions.cookie(in: request)
      else { throw Self.notSignedIn }
      let value = HTTPResponse(json: ["changed": true])
      classroom.changePassword(to: password, current: current, session: session, address: request.peer.address) {
        answer.complete($0.map { HTTPResponse(APIResponse($0)) } ?? value)
      }
    } else {
      classroom.setFirstPassword(
        password, setup: body["setup"]?.string, address: request.peer.address, isLoopback: request.peer.isLoopback
      ) { [self] result in answer.complete(response(to: result, request, classroom, status: 201)) }
    }
    return .later(answer)
  }

  /// Refuses who may not do that in the classroom's own cluster.
  private func require(
    _ verb: String, _ kind: Kind, name: String = "", _ request: HTTPRequest, _ classroom: ClassroomService
  ) throws(Status) {
    let caller = try caller(of: request, in: classroom.cluster)
    let wish = Attributes(caller: caller, verb: verb, group: kind.group, resource: kind.plural, name: name)
    guard classroom.cluster.api.authorizer.allows(wish) else { throw wish.refusal() }
  }

  private func joinPicture(_ request: HTTPRequest, _ classroom: ClassroomService) throws(Status) -> Verdict {
    try require("get", .classroom, name: Classroom.name, request, classroom)
    let given = request.query.first { $0.name == "address" }?.value
    let address = given ?? Self.address(of: request, isSecure: request.peer.isSecure)
    guard address.hasPrefix("http://") || address.hasPrefix("https://"),
      let picture = QRCode.svg(of: "\(address)/#/join/\(classroom.classroom.status.joinCode)")
    else {
      throw Status(
        code: 400, reason: "BadRequest",
        message: "address must be the server's, as in https://10.0.0.5:8080, and have less than 500 characters")
    }
    return .answer(
      HTTPResponse(
        status: 200, headers: [("Content-Type", "image/svg+xml"), ("Cache-Control", "no-store")],
        body: .bytes(Array(picture.utf8))))
  }

  private func results(_ request: HTTPRequest, _ classroom: ClassroomService) throws(Status) -> Verdict {
    try require("list", .learner, request, classroom)
    try require("list", .attempt, request, classroom)
    return .answer(
      HTTPResponse(
        status: 200,
        headers: [
          ("Content-Type", "text/csv; charset=utf-8"), ("Cache-Control", "no-store"),
          ("Content-Disposition", "attachment; filename=\"results.csv\""), ("X-Content-Type-Options", "nosniff"),
        ], body: .bytes(ResultsTable(classroom.cluster.feed.snapshot).bytes)))
  }

  private func progress(_ request: HTTPRequest, _ classroom: ClassroomService) throws(Status) -> Verdict {
    guard case .person(let person) = visitor(request, in: classroom) else { throw Self.notSignedIn }
    let attempts = person.role == .learner ? classroom.attempts.attempts(of: person.name) : []
    return .answer(HTTPResponse(json: ["attempts": .array(attempts)]))
  }

  private func newPersonalCode(
    of learner: String, _ request: HTTPRequest, _ classroom: ClassroomService
  ) throws(Status) -> Verdict {
    // A learner may change their own Learner, and so must have a right of the staff's.
    try require("update", .learner, name: learner, request, classroom)
    try require("list", .attempt, request, classroom)
    let answer = PendingAnswer()
    classroom.makePersonalCode(for: learner) { result in
      switch result {
      case .failure(let refusal): answer.complete(HTTPResponse(APIResponse(refusal)))
      case .success(let code): answer.complete(HTTPResponse(json: ["personalCode": .string(code)]))
      }
    }
    return .later(answer)
  }
}
