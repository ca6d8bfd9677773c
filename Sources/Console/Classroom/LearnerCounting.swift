import Classroom
import Cluster
import HTTP
import Kinds

/// What one learner takes of the server, counted and bounded.
extension Site {
  /// The gauge of the learner who asks; nil where it is somebody else.
  func gauge(of request: HTTPRequest) -> LearnerGauge? {
    learner(of: request).flatMap { classroom?.gauge(of: $0) }
  }

  /// Answers a learner's request within the learner's limits.
  func counted(
    _ request: HTTPRequest, _ gauge: LearnerGauge, _ route: (HTTPRequest) throws(Status) -> Verdict
  ) throws(Status) -> Verdict {
    guard gauge.takeRequest(now: MonotonicClock.now) else {
      throw Self.tooMany("requests a second", limit: gauge.requestsPerSecond)
    }
    let verdict = try route(request)
    guard case .answer(let response) = verdict, case .stream(let stream) = response.body else { return verdict }
    do throws(Status) {
      try Self.count(stream, gauge)
    } catch {
      response.abandon()
      throw error
    }
    return verdict
  }

  /// Counts a stream until it is over.
  static func count(_ stream: EventStream, _ gauge: LearnerGauge) throws(Status) {
    guard gauge.take(.streams) else { throw tooMany(.streams, gauge) }
    let close = stream.onClose
    stream.onClose = {
      close?()
      gauge.giveBack(.streams)
    }
  }

  static func tooMany(_ resource: LearnerGauge.Resource, _ gauge: LearnerGauge) -> Status {
    tooMany(resource.rawValue, limit: gauge.limit(of: resource))
  }

  private static func tooMany(_ what: String, limit: Int) -> Status {
    Status(
      code: 429, reason: "TooManyRequests", message: "too many \(what): a learner may have at most \(limit)",
      details: Status.Details(retryAfterSeconds: 1))
  }
}

/// One of a learner's streams, for as long as somebody holds it.
final class StreamTicket: Sendable {
  private let gauge: LearnerGauge

  init(_ gauge: LearnerGauge) throws(Status) {
    guard gauge.take(.streams) else { throw Site.tooMany(.streams, gauge) }
    self.gauge = gauge
  }

  /// Does nothing, but for holding the ticket until here.
  func keep() {}

  deinit { gauge.giveBack(.streams) }
}
