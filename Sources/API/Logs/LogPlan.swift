package import Kinds
package import Loop

/// One line that a container wrote.
package struct LogLine: Sendable, Equatable {
  package var time: Time
  /// Without the line's end.
  package var text: [UInt8]

  package init(time: Time, text: [UInt8]) {
    self.time = time
    self.text = text
  }

  package init(time: Time, text: String) { self.init(time: time, text: Array(text.utf8)) }
}

/// Where containers' logs are: the simulated kubelets. Belongs to the cluster's loop.
package protocol LogSource: AnyObject {
  /// The lines that are kept of the container's present run (or with `previous` of the one before), oldest first;
  /// nil when there was no such run.
  func lines(namespace: String, pod: String, container: String, previous: Bool) -> [LogLine]?

  /// Tells every line that the container writes from now on, and at last nil when it has ended.
  /// Answers what to give `unfollow`.
  func follow(
    namespace: String, pod: String, container: String, _ sink: @escaping @Sendable (LogLine?) -> Void
  ) -> Int

  func unfollow(_ id: Int)
}

/// A checked wish to read a container's log (API reference, PodLogOptions).
///
/// The caller takes it to the cluster's loop, where `answer(from:now:)` gives what is kept, and, where `follows` is set,
/// calls `source.follow` with the plan's names in the same turn and sends `encode(line)` of each further line.
package struct LogPlan: Sendable {
  package var namespace: String
  package var pod: String
  package var container: String
  package var follows = false
  package var previous = false
  package var timestamps = false
  package var tailLines: Int?
  package var sinceSeconds: Int?
  package var sinceTime: Time?
  package var limitBytes: Int?

  package init(namespace: String, pod: String, container: String) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
  }

  package let contentType = "text/plain"

  /// Seconds; nothing is older.
  private static let longestAgo = 1 << 31

  /// What is kept of the log, cut to what was asked for.
  package func answer(from source: any LogSource, now: Time) throws(Status) -> APIResponse {
    guard var lines = source.lines(namespace: namespace, pod: pod, container: container, previous: previous) else {
      if previous { throw .badRequest("previous terminated container \"\(container)\" in pod \"\(pod)\" not found") }
      return APIResponse(status: 200, contentType: contentType)
    }
    if let earliest = sinceTime ?? sinceSeconds.map({ now - .seconds(min($0, Self.longestAgo)) }) {
      lines.removeAll { $0.time < earliest }
    }
    if let tailLines { lines = lines.suffix(tailLines) }
    var bytes = lines.flatMap(encode)
    if let limitBytes, bytes.count > limitBytes { bytes.removeLast(bytes.count - limitBytes) }
    return APIResponse(status: 200, contentType: contentType, body: [bytes])
  }

  /// A line as it is sent.
  package func encode(_ line: LogLine) -> [UInt8] {
    (timestamps ? Array((line.time.logTimestamp + " ").utf8) : []) + line.text + [UInt8(ascii: "\n")]
  }
}

extension Time {
  /// RFC 3339 with nanoseconds, as a container runtime marks its lines.
  fileprivate var logTimestamp: String {
    let rest = String(nanoseconds - seconds * 1_000_000_000)
    return timestamp.dropLast() + "." + String(repeating: "0", count: 9 - rest.count) + rest + "Z"
  }
}
