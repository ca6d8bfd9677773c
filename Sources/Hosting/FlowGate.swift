import API
import Store
import Synchronization

/// Lets requests that write into a cluster as its priority levels allow, so that one caller cannot starve the others.
///
/// Nobody waits while there is room: then a request costs one lock. What is exempt passes by.
final class FlowGate: Sendable {
  /// A request that waits: how it goes on.
  private typealias Start = @Sendable () -> Void

  private struct Entry {
    var level: PriorityLevel
    var queue: FairQueue<Start>
  }

  private let classifier: FlowClassifier
  private let levels: Mutex<[String: Entry]> = Mutex([:])

  init(feed: Feed) { classifier = FlowClassifier(feed: feed) }

  /// The class of a request.
  func classify(_ request: APIRequest) -> FlowClass? { classifier.classify(request) }

  /// Runs the request now, or when its turn comes; `run` gets what it has to call at its end. False: it is refused.
  func pass(_ flow: FlowClass, _ run: @escaping @Sendable (_ end: @escaping @Sendable () -> Void) -> Void) -> Bool {
    guard flow.level.seats != nil else {
      run {}
      return true
    }
    let name = flow.level.name
    let start: Start = { [self] in run { self.end(name) } }
    let verdict = levels.withLock { levels in
      // A level that has been changed counts anew once it is idle.
      if levels[name] == nil || levels[name]?.level != flow.level && levels[name]?.queue.isIdle == true {
        levels[name] = Entry(level: flow.level, queue: FairQueue(flow.level))
      }
      return levels[name]?.queue.take(start, flow: flow.flow) ?? .isRefused
    }
    switch verdict {
    case .runs: start()
    case .waits: break
    case .isRefused: return false
    }
    return true
  }

  private func end(_ level: String) {
    levels.withLock { $0[level]?.queue.next() }?()
  }
}

extension APIResponse {
  /// What is answered where a priority level has no room left, in Kubernetes' words.
  static let tooManyRequests: APIResponse = {
    var response = APIResponse.text("Too many requests, please try again later.\n", status: 429)
    response.headers += [("Retry-After", "1"), ("X-Content-Type-Options", "nosniff")]
    return response
  }()

  /// This answer with the flow and the level that its request was of.
  func telling(_ flow: FlowClass) -> APIResponse {
    var response = self
    response.headers += flow.headers
    return response
  }
}
