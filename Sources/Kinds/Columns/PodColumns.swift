import Loop
import Tree

/// `kubectl get pods` (kubernetes, printers/internalversion, printPod: the rules of the Status column).
enum PodColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Ready", help: "Containers that are ready, of all.") { value in
      let pod = Pod(value)
      let sidecars = pod.spec.initContainers.filter(\.isSidecar)
      let names = Set(sidecars.map(\.name))
      let statuses = pod.status.containerStatuses + pod.status.initContainerStatuses.filter { names.contains($0.name) }
      return "\(statuses.filter { $0.isReady && $0.state?["running"] != nil }.count)"
        + "/\(pod.spec.containers.count + sidecars.count)"
    },
    TableColumn("Status", help: "What the pod is doing.") { Pod($0).summary },
    TableColumn("Restarts", help: "How often its containers were started again.") { value, now in
      .string(restarts(Pod(value), now: now))
    },
    .age,
    TableColumn("IP", help: "The pod's address.", wide: true) { Pod($0).status.podIP.nonempty ?? "<none>" },
    TableColumn("Node", help: "The node that runs it.", wide: true) { Pod($0).spec.nodeName.nonempty ?? "<none>" },
    TableColumn("Nominated Node", help: "The node kept free for it.", wide: true) {
      Pod($0).status.nominatedNodeName.nonempty ?? "<none>"
    },
    TableColumn("Readiness Gates", help: "Extra conditions that are met, of all.", wide: true) { value in
      let gates = (value["spec", "readinessGates"]?.array ?? []).compactMap { $0["conditionType"]?.string }
      guard !gates.isEmpty else { return "<none>" }
      let met = Pod(value).status.conditions.filter { $0.isTrue && gates.contains($0.type) }
      return "\(met.count)/\(gates.count)"
    },
  ]

  private static func restarts(_ pod: Pod, now: Time) -> String {
    let sidecars = Set(pod.spec.initContainers.filter(\.isSidecar).map(\.name))
    let isStarting = pod.initializingSummary != nil && !pod.isInitialized
    let statuses =
      isStarting
      ? pod.status.initContainerStatuses
      : pod.status.initContainerStatuses.filter { sidecars.contains($0.name) } + pod.status.containerStatuses
    let count = statuses.reduce(0) { $0 + $1.restartCount }
    let last = statuses.compactMap { $0.lastState?["terminated", "finishedAt"]?.string.flatMap(Time.init(timestamp:)) }
      .max()
    guard count > 0, let last else { return String(count) }
    return "\(count) (\(Age.text(now - last)) ago)"
  }
}

extension Container {
  /// An init container that keeps running beside the others (`restartPolicy: Always`).
  package var isSidecar: Bool { value["restartPolicy"]?.string == "Always" }
}

extension Pod {
  fileprivate var isInitialized: Bool { status.conditions.contains { $0.type == "Initialized" && $0.isTrue } }

  /// The one word that tells a person what the pod is doing: a phase, a waiting reason, `Terminating` …
  package var summary: String {
    var summary = status.reason.nonempty ?? status.phase
    if status.conditions.contains(where: { $0.type == "PodScheduled" && $0.reason == "SchedulingGated" }) {
      summary = "SchedulingGated"
    }
    let initializing = initializingSummary
    summary = initializing ?? summary
    if initializing == nil || isInitialized { summary = containersSummary(summary) }
    guard metadata.isDeleting else { return summary }
    if status.reason == "NodeLost" { return "Unknown" }
    return isTerminal ? summary : "Terminating"
  }

  fileprivate var initializingSummary: String? {
    let sidecars = Set(spec.initContainers.filter(\.isSidecar).map(\.name))
    for (index, container) in status.initContainerStatuses.enumerated() {
      let terminated = container.state?["terminated"]
      if terminated?["exitCode"]?.integer == 0 { continue }
      if sidecars.contains(container.name), container.hasStarted == true { continue }
      if let terminated { return "Init:" + terminated.endingReason }
      if let reason = container.state?["waiting", "reason"]?.string.nonempty, reason != "PodInitializing" {
        return "Init:" + reason
      }
      return "Init:\(index)/\(spec.initContainers.count)"
    }
    return nil
  }

  private func containersSummary(_ summary: String) -> String {
    var summary = summary
    var isRunning = false
    for container in status.containerStatuses.reversed() {
      if let reason = container.state?["waiting", "reason"]?.string.nonempty {
        summary = reason
      } else if let terminated = container.state?["terminated"] {
        summary = terminated.endingReason
      } else if container.isReady, container.state?["running"] != nil {
        isRunning = true
      }
    }
    if summary == "Completed", isRunning { return isReady ? "Running" : "NotReady" }
    return summary
  }
}

extension Value {
  /// Why a container ended: its reason, else its signal, else its exit code.
  fileprivate var endingReason: String {
    if let reason = self["reason"]?.string.nonempty { return reason }
    if let signal = self["signal"]?.integer, signal != 0 { return "Signal:\(signal)" }
    return "ExitCode:\(self["exitCode"]?.integer ?? 0)"
  }
}

extension String {
  /// The text, or nil if it is empty.
  package var nonempty: String? { isEmpty ? nil : self }
}

extension String? {
  package var nonempty: String? { flatMap(\.nonempty) }
}
