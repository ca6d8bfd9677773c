import API
import Classroom
import Cluster
import Hosting
import HTTP
import Kinds
import Lessons
import Stage
import Store
import Tree

/// Lessons: their texts, their start states in a cluster, and their checks.
extension Site {
  /// `/lessons…`: what is taught. Texts are nobody's secret: no sign-in is needed.
  func lessons(_ request: HTTPRequest, _ path: [String]) throws(Status) -> Verdict {
    guard let id = path.first else {
      var list: Value = [
        "lessons": .array(lessons.lessons.map(\.summary)),
        "broken": .array(lessons.broken.map { .string(String(describing: $0)) }),
      ]
      if let version = shelf.version { list["version"] = .string(version) }
      return .answer(HTTPResponse(json: list))
    }
    let lesson = try lesson(id)
    if path.count == 1, request.method == "GET" || request.method == "HEAD" {
      var page = lesson.page(language: Self.language(of: request))
      if let version = shelf.version { page["version"] = .string(version) }
      return .answer(HTTPResponse(json: page))
    }
    guard path.count == 2, path[1] == "predictions", request.method == "POST" else { throw Self.noSuchAddress }
    let body = try Self.json(request)
    let step = body["step"]?.string ?? ""
    let choice = body["choice"]?.string ?? ""
    let verdict = lesson.verdict(step: step, choice: choice, language: body["language"]?.string ?? "en")
    guard let verdict else {
      throw Status(
        code: 422, reason: "Invalid", message: "step \"\(step)\" of lesson \"\(id)\" has no choice \"\(choice)\"")
    }
    if let learner = learner(of: request) {
      try checkOrigin(request)
      classroom?.attempts.predicted(
        learner: learner, lesson: id, step: step, choice: choice, isCorrect: verdict["correct"]?.boolean ?? false)
    }
    return .answer(HTTPResponse(json: verdict))
  }

  /// `/clusters/NAME/lessons/ID/start` and `…/checks`.
  func lessonInCluster(_ request: HTTPRequest, _ path: [String], in cluster: HostedCluster) throws(Status) -> Verdict {
    guard path.count == 2 else { throw Self.noSuchAddress }
    let caller = try caller(of: request, in: cluster)
    guard caller.groups.contains("system:authenticated") else {
      throw Status(code: 401, reason: "Unauthorized", message: "sign in to follow a lesson")
    }
    let lesson = try lesson(path[0])
    switch (request.method, path[1]) {
    case ("POST", "start"):
      let step = try Self.json(request)["step"]?.string ?? lesson.steps.first?.id ?? ""
      try Self.require("create", caller, in: cluster)
      return try start(lesson, at: step, caller: caller, learner: learner(of: request), in: cluster)
    case ("GET", "checks"):
      try Self.require("list", caller, in: cluster)
      return try checks(lesson, request, in: cluster)
    default: throw Self.noSuchAddress
    }
  }

  /// A start state replaces all that is in a cluster, and checks look at all of it: so it takes the right to do as much
  /// with the pods of its namespace `default`, where lessons take place.
  private static func require(_ verb: String, _ caller: Caller, in cluster: HostedCluster) throws(Status) {
    let wish = Attributes(caller: caller, verb: verb, resource: "pods", namespace: "default")
    guard cluster.api.authorizer.allows(wish) else { throw wish.refusal() }
  }

  private func start(
    _ lesson: Lesson, at step: String, caller: Caller, learner: String?, in cluster: HostedCluster
  ) throws(Status) -> Verdict {
    guard let actions = lesson.start(of: step) else { throw Self.noSuchStep(step, lesson) }
    let answer = PendingAnswer()
    let isAccepted = cluster.door.submit { [api = cluster.api, attempts = classroom?.attempts] world in
      let preparation = LessonPreparation(lesson: lesson, cluster: world, api: api, caller: caller)
      do throws(Status) {
        try preparation.run(actions)
        let revision = String(world.store.revision)
        return {
          if let learner { attempts?.entered(learner: learner, lesson: lesson.id, step: step) }
          answer.complete(HTTPResponse(json: ["revision": .string(revision)]))
        }
      } catch {
        return { answer.complete(HTTPResponse(APIResponse(error))) }
      }
    }
    if !isAccepted { throw cluster.stopped }
    return .later(answer)
  }

  private func checks(_ lesson: Lesson, _ request: HTTPRequest, in cluster: HostedCluster) throws(Status) -> Verdict {
    let parameter = { (name: String) in request.query.first { $0.name == name }?.value }
    let id = parameter("step") ?? ""
    guard let step = lesson.step(id) else { throw Self.noSuchStep(id, lesson) }
    var before = cluster.feed.snapshot
    if let since = parameter("since"), !since.isEmpty {
      guard let revision = Int64(since) else {
        throw Status(code: 400, reason: "BadRequest", message: "\"\(since)\" is no resource version: give a number")
      }
      guard let past = cluster.feed.snapshot(at: revision) else {
        throw Status(
          code: 410, reason: "Expired",
          message: "the cluster's history no longer reaches back to \(revision): start the step anew")
      }
      before = past
    }
    let session = CheckSession(
      step: step, before: before, answer: parameter("answer") ?? "", cluster: cluster,
      language: Self.language(of: request), runner: checkRunner,
      report: report(of: lesson, by: request))
    session.start(ticker: ticker)
    return .answer(
      HTTPResponse(status: 200, headers: Self.streamHeaders(MediaType.eventStream), body: .stream(session.stream)))
  }

  /// Who is to hear of a learner's results.
  private func report(of lesson: Lesson, by request: HTTPRequest) -> CheckSession.Report? {
    guard let learner = learner(of: request), let attempts = classroom?.attempts else { return nil }
    return { result, showsNewHint in
      attempts.checked(learner: learner, lesson: lesson, result: result, showsNewHint: showsNewHint)
    }
  }

  private func lesson(_ id: String) throws(Status) -> Lesson {
    guard let lesson = lessons.lesson(id) else {
      let problem = lessons.broken.first { $0.lesson == id }
      throw Status(
        code: 404, reason: "NotFound",
        message: problem.map { "lesson \"\(id)\" is broken: \($0)" } ?? "lesson \"\(id)\" not found")
    }
    return lesson
  }

  private static func language(of request: HTTPRequest) -> String {
    if let language = request.query.first(where: { $0.name == "language" })?.value { return language }
    return request.headers["Accept-Language"]?.hasPrefix("ko") == true ? "ko" : "en"
  }

  static let noSuchAddress = Status(
    code: 404, reason: "NotFound", message: "the server could not find the requested resource")

  private static func noSuchStep(_ step: String, _ lesson: Lesson) -> Status {
    let steps = lesson.steps.map(\.id).joined(separator: ", ")
    return Status(
      code: 404, reason: "NotFound", message: "lesson \"\(lesson.id)\" has no step \"\(step)\", but: \(steps)")
  }
}
