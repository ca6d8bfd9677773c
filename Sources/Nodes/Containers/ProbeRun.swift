import Kinds
import Loop
import Tree

/// One probe of a running container: when it asks next, and what it has found so far.
struct ProbeRun {
  enum Purpose: String {
    case startup = "Startup"
    case readiness = "Readiness"
    case liveness = "Liveness"
  }

  enum Finding: Equatable {
    case success
    case failure(String)
  }

  let purpose: Purpose
  let probe: Value
  private(set) var nextDeadline: Time?
  /// What the thresholds made of the findings: readiness begins as no, liveness as yes.
  private(set) var isPassed: Bool
  private var successes = 0
  private var failures = 0

  init(_ purpose: Purpose, _ probe: Value, containerStart: Time) {
    self.purpose = purpose
    self.probe = probe
    isPassed = purpose == .liveness
    nextDeadline = containerStart + .seconds(probe["initialDelaySeconds"]?.integer ?? 0) + .milliseconds(100)
  }

  private var period: Duration { .seconds(max(probe["periodSeconds"]?.integer ?? 10, 1)) }
  private var successThreshold: Int { Int(probe["successThreshold"]?.integer ?? 1) }
  private var failureThreshold: Int { Int(probe["failureThreshold"]?.integer ?? 3) }

  /// Takes in a finding. Answers whether it makes the container to be ended.
  mutating func record(_ finding: Finding, at now: Time) -> Bool {
    nextDeadline = now + period
    switch finding {
    case .success:
      failures = 0
      successes += 1
      if successes >= successThreshold { isPassed = true }
      if purpose == .startup, isPassed { nextDeadline = nil }
      return false
    case .failure:
      successes = 0
      failures += 1
      guard failures >= failureThreshold else { return false }
      isPassed = false
      return purpose != .readiness
    }
  }

  /// Puts the next question off: while the startup probe has not passed, the others do not ask.
  mutating func postpone(to time: Time) { nextDeadline = time }

  /// What a restart takes over: the container was found ready before.
  mutating func assumePassed() { isPassed = true }

  /// A container's probes at its start.
  static func probes(of container: Container, start: Time) -> [ProbeRun] {
    [("startupProbe", Purpose.startup), ("readinessProbe", .readiness), ("livenessProbe", .liveness)]
      .compactMap { field, purpose in
        container.value[field].map { ProbeRun(purpose, $0, containerStart: start) }
      }
  }
}
