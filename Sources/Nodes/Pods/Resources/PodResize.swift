import API
import Kinds
import Loop
import Store
import Tree

/// Brings what a pod's containers may use to what its spec wishes, once `pods/resize` has changed that (Kubernetes
/// documentation, "Resize CPU and Memory Resources assigned to Containers").
struct PodResize {
  /// How long a resize that the node cannot grant now waits, unless something is freed before.
  static let retryPeriod: Duration = .minutes(3)

  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod

  private var now: Time { kubelet.now }
  private var generation: Int64 { pod.value["metadata", "generation"]?.integer ?? 1 }

  func perform() {
    decide()
    guard run.allocation.progress != nil else { return }
    actuate()
    complete()
  }

  // MARK: What is granted

  private func decide() {
    let wished = PodAllocation.wished(pod)
    guard wished != run.allocation.granted else {
      run.allocation.pending = nil
      run.allocation.retry = nil
      return
    }
    if let retry = run.allocation.retry, retry > now, run.allocation.pending?.generation == generation { return }
    if let refusal = NodeAdmission(kubelet: kubelet).refusal(ofResize: pod) { return put(off: refusal) }
    run.allocation.granted = wished
    run.allocation.pending = nil
    run.allocation.retry = nil
    run.allocation.progress = PodAllocation.Progress(generation: generation)
    record(.normal, "ResizeStarted", "Pod resize started", problem: nil)
    kubelet.retryResizes()
  }

  private func put(off refusal: NodeAdmission.Refusal) {
    let next = PodAllocation.Pending(reason: refusal.reason, message: refusal.message, generation: generation)
    run.allocation.retry = refusal.reason == "Deferred" ? now + Self.retryPeriod : nil
    guard next != run.allocation.pending else { return }
    run.allocation.pending = next
    record(.warning, "Resize" + refusal.reason, "Pod resize \(refusal.reason)", problem: refusal.message)
  }

  // MARK: What is done

  private func actuate() {
    if let problem = shrinkProblem {
      guard run.allocation.progress?.problem != problem else { return }
      run.allocation.progress?.problem = problem
      return record(.warning, "ResizeError", "Pod resize error", problem: problem)
    }
    run.allocation.progress?.problem = nil
    for spec in resizable { actuate(spec) }
  }

  private var resizable: [Container] { pod.spec.sidecars + pod.spec.containers }

  private func actuate(_ spec: Container) {
    let name = spec.name
    guard let container = run.container(name), container.state.isRunning, container.stop == nil else { return }
    let changes = run.allocation.changes(of: name)
    let restarting = PodAllocation.restarting(spec)
    if changes.contains(where: restarting.contains) { return restart(spec) }
    run.allocation.actual[name] = run.allocation.granted[name]
    guard changes.contains("memory") else { return }
    let limit = PodAllocation.quantity(run.allocation.granted[name] ?? [:], "limits", "memory")?.value
    run.update(name) { $0.program?.limitMemory(to: limit) }
  }

  private func restart(_ spec: Container) {
    guard var container = run.container(spec.name) else { return }
    ContainerStop(kubelet: kubelet, run: run, pod: pod, spec: spec).begin(
      &container, grace: .seconds(Int64(pod.spec.terminationGracePeriodSeconds)),
      message: "Container \(spec.name) resize requires restart")
    run.update(spec.name) { $0 = container }
  }

  /// A limit of memory is not set below what is in use: the kernel would end the container.
  private var shrinkProblem: String? {
    var problems: [String] = []
    var (limit, usage, isLimited) = (Int64(0), Int64(0), true)
    for spec in resizable {
      guard let container = run.container(spec.name), container.state.isRunning else { continue }
      let used = container.memory(at: now)
      usage += used
      guard let granted = memoryLimit(run.allocation.granted[spec.name]) else {
        isLimited = false
        continue
      }
      limit += granted
      let isRestarted = PodAllocation.restarting(spec).contains("memory")
      guard let present = memoryLimit(run.allocation.actual[spec.name]), granted < present, used > granted, !isRestarted
      else { continue }
      problems.append(
        "attempting to set container \"\(spec.name)\" memory limit (\(granted)) below current usage (\(used))")
    }
    guard !problems.isEmpty else { return nil }
    if isLimited, usage > limit {
      problems.insert("attempting to set pod memory limit (\(limit)) below current usage (\(usage))", at: 0)
    }
    let text = problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
    return "cannot decrease memory limits: " + text
  }

  private func memoryLimit(_ resources: Value?) -> Int64? {
    resources.flatMap { PodAllocation.quantity($0, "limits", "memory") }?.value
  }

  /// The kubelet sees with its next look that all is as it was granted.
  private func complete() {
    guard run.allocation.progress?.problem == nil, run.allocation.actual == run.allocation.granted else {
      run.allocation.completion = run.allocation.progress?.problem == nil ? nil : now + Kubelet.syncPeriod
      return
    }
    guard let completion = run.allocation.completion else {
      run.allocation.completion = now + Kubelet.relistPeriod
      return
    }
    guard completion <= now else { return }
    record(.normal, "ResizeCompleted", "Pod resize completed", problem: nil)
    run.allocation.completion = nil
    run.allocation.progress = nil
  }

  // MARK: Events

  private func record(_ severity: EventRecorder.Severity, _ reason: String, _ words: String, problem: String?) {
    kubelet.events.record(severity, reason, words + ": " + summary(problem), about: pod, kind: .pod)
  }

  /// The resources that the pod's spec wishes, as JSON.
  private func summary(_ problem: String?) -> String {
    var summary: Value = [:]
    for (list, containers) in [("initContainers", pod.spec.initContainers), ("containers", pod.spec.containers)] {
      guard !containers.isEmpty else { continue }
      summary[list] = .array(
        containers.map { ["name": .string($0.name), "resources": Self.sorted($0.value["resources"])] })
    }
    summary["generation"] = .integer(generation)
    summary["error"] = problem.map(Value.string)
    return summary.jsonText
  }

  /// Limits before requests, and each by name.
  private static func sorted(_ resources: Value?) -> Value {
    var sorted: Value = [:]
    for list in ["limits", "requests"] {
      guard let amounts = resources?[list]?.object, !amounts.isEmpty else { continue }
      var own: Value = [:]
      for member in amounts.sorted(by: { $0.key < $1.key }) { own[member.key] = member.value }
      sorted[list] = own
    }
    return sorted
  }
}

extension Program {
  /// The container's memory is limited anew; nil: not at all.
  mutating func limitMemory(to limit: Int64?) {
    switch self {
    case .service(var program):
      program.memoryLimit = limit
      self = .service(program)
    case .shell(var program):
      program.limitMemory(to: limit)
      self = .shell(program)
    }
  }
}
