import Loop

/// Where one container of a pod stands on its node.
enum ContainerState: Equatable {
  /// Nothing has been done for it yet, or something stands in the way.
  case waiting(reason: String, message: String? = nil)
  case pulling(start: Time, end: Time)
  /// Created; its program starts at that moment.
  case starting(at: Time)
  case running(since: Time)
  case terminated(Termination)
  /// It ended, and is started again at that moment.
  case backingOff(until: Time, message: String)

  static let creating = ContainerState.waiting(reason: "ContainerCreating")

  /// Whether the node is at work on it, which holds up the containers after it.
  var isBusy: Bool {
    switch self {
    case .pulling, .starting: true
    default: false
    }
  }

  var isRunning: Bool {
    if case .running = self { true } else { false }
  }

  var termination: Termination? {
    if case .terminated(let termination) = self { termination } else { nil }
  }
}

/// How one run of a container ended.
struct Termination: Equatable {
  var exitCode: Int
  /// `Completed`, `Error`, `OOMKilled`, `StartError`.
  var reason: String
  var message: String?
  var startedAt: Time
  var finishedAt: Time
  var containerID: String

  var isSuccess: Bool { exitCode == 0 }
  var isStartError: Bool { reason == "StartError" }
}

/// The growing delay before a failed thing is tried again: 10 s, doubling up to 300 s, and from the start after ten good
/// minutes (kubelet's crash-loop and image-pull back-off).
struct RetryBackoff: Equatable {
  static let initial: Duration = .seconds(10)
  static let maximum: Duration = .seconds(300)

  private(set) var delay: Duration = .zero
  private var raised: Time?

  /// When the thing may be tried again that failed at `failure`.
  func end(failure: Time) -> Time { failure + delay }

  /// Whether what failed had gone well for so long that its failures before do not count.
  func isOver(failure: Time) -> Bool { raised.map { failure - $0 > Self.maximum * 2 } ?? true }

  /// Counts another failure.
  mutating func raise(at now: Time) {
    let isFresh = delay == .zero || raised.map { now - $0 > Self.maximum * 2 } ?? true
    delay = isFresh ? Self.initial : min(delay * 2, Self.maximum)
    raised = now
  }

  /// The back-off after so many failures, for a container whose history is known only by its count.
  init(failures: Int = 0, at time: Time? = nil) {
    guard failures > 0 else { return }
    delay = min(Self.initial * (1 << min(failures - 1, 10)), Self.maximum)
    raised = time
  }
}
