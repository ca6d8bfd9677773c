import API
import Kinds
import Loop
import Store
import Tree

/// One look at what an autoscaler watches, and what it does about it.
struct AutoscalerRound {
  let component: Component
  let stored: StoredObject
  let usage: (any UsageSource)?
  var memory: ScalingMemory
  var conditions: AutoscalerConditions
  private var metrics: [Value] = []
  private var isRescaled = false

  init(component: Component, stored: StoredObject, usage: (any UsageSource)?, memory: ScalingMemory) {
    self.component = component
    self.stored = stored
    self.usage = usage
    self.memory = memory
    conditions = AutoscalerConditions(stored.value["status", "conditions"], now: component.now)
  }

  private var spec: Value { stored.value["spec"] ?? [:] }
  private var minimum: Int { spec["minReplicas"]?.integer.map(Int.init) ?? 1 }
  private var maximum: Int { spec["maxReplicas"]?.integer.map(Int.init) ?? 1 }

  mutating func run() {
    let target: ScaleTarget
    do throws(Status) {
      target = try ScaleTarget(spec["scaleTargetRef"] ?? [:], namespace: stored.namespace, client: component.client)
    } catch {
      tell(.warning, "FailedGetScale", error.message)
      conditions.set(
        "AbleToScale", false, "FailedGetScale",
        "the HPA controller was unable to get the target's current scale: \(error.message)")
      return writeStatus(
        current: Int(stored.value["status", "currentReplicas"]?.integer ?? 0),
        desired: Int(stored.value["status", "desiredReplicas"]?.integer ?? 0))
    }
    conditions.set(
      "AbleToScale", true, "SucceededGetScale", "the HPA controller was able to get the target's current scale")
    if memory.recommendations.isEmpty { memory.recommend(target.replicas, at: component.now) }
    guard let (desired, reason) = decide(target) else {
      return writeStatus(
        current: target.currentReplicas,
        desired: Int(stored.value["status", "desiredReplicas"]?.integer ?? 0))
    }
    if desired == target.replicas { return writeStatus(current: target.currentReplicas, desired: desired) }
    rescale(target, to: desired, because: reason)
  }

  /// How many pods there should be and why; nil where that cannot be told.
  private mutating func decide(_ target: ScaleTarget) -> (desired: Int, reason: String)? {
    if target.replicas == 0, minimum != 0 {
      conditions.set(
        "ScalingActive", false, "ScalingDisabled",
        "scaling is disabled since the replica count of the target is zero")
      return (0, "")
    }
    if target.replicas > maximum { return (maximum, "Current number of replicas above Spec.MaxReplicas") }
    if target.replicas < minimum { return (minimum, "Current number of replicas below Spec.MinReplicas") }
    guard let (wanted, metric) = wanted(target) else { return nil }
    let reason = wanted > target.replicas ? "\(metric) above target" : "All metrics below target"
    let rules = ScalingRules(spec: spec, minimum: minimum, maximum: maximum, current: target.replicas)
    return (rules.apply(wanted, &memory, &conditions, now: component.now), reason)
  }

  /// The most that any metric asks for, and that metric.
  private mutating func wanted(_ target: ScaleTarget) -> (replicas: Int, metric: String)? {
    guard let selector = target.selector else {
      tell(.warning, "SelectorRequired", "selector is required")
      conditions.set(
        "ScalingActive", false, "InvalidSelector", "the HPA target's scale is missing a selector")
      return nil
    }
    let pods = component.client.list(.pod, namespace: stored.namespace)
      .filter { selector.matches($0.metadata.labels) }.map { Pod($0.value) }
    let wished = spec["metrics"]?.array ?? []
    var best: (replicas: Int, metric: String)?
    var problems: [MetricProblem] = []
    for metric in wished {
      let calculator = ReplicaCalculator(
        namespace: stored.namespace, pods: pods, current: target.replicas, usage: usage, tolerances: tolerances,
        now: component.now)
      do throws(MetricProblem) {
        let found = try calculator.proposal(for: metric)
        metrics.append(found.status)
        if found.replicas > best?.replicas ?? 0 { best = (found.replicas, found.name) }
      } catch {
        problems.append(error)
        tell(.warning, error.reason, error.message)
      }
    }
    if let problem = problems.first, problems.count == wished.count || (best?.replicas ?? 0) < target.replicas {
      conditions.set(
        "ScalingActive", false, problem.reason,
        "the HPA was unable to compute the replica count: \(problem.message)")
      tell(
        .warning, "FailedComputeMetricsReplicas",
        "invalid metrics (\(problems.count) invalid out of \(wished.count)), first error is: "
          + problem.context + problem.message)
      return nil
    }
    guard let best else { return nil }
    conditions.set(
      "ScalingActive", true, "ValidMetricFound",
      "the HPA was able to successfully calculate a replica count from \(best.metric)")
    return best
  }

  private var tolerances: ReplicaCalculator.Tolerances {
    func tolerance(_ direction: String) -> Double {
      let text = spec["behavior", direction]?["tolerance"]?.string
      return text.flatMap { Quantity($0) }.map { Double($0.milliValue) / 1_000 } ?? 0.1
    }
    return .init(up: tolerance("scaleUp"), down: tolerance("scaleDown"))
  }

  private mutating func rescale(_ target: ScaleTarget, to desired: Int, because reason: String) {
    do throws(Status) {
      try target.set(desired, by: component, because: stored)
      conditions.set(
        "AbleToScale", true, "SucceededRescale",
        "the HPA controller was able to update the target scale to \(desired)")
      tell(.normal, "SuccessfulRescale", "New size: \(desired); reason: \(reason)")
      memory.note(change: desired - target.replicas, at: component.now)
      isRescaled = true
      writeStatus(current: target.currentReplicas, desired: desired)
    } catch {
      tell(.warning, "FailedRescale", "New size: \(desired); reason: \(reason); error: \(error.message)")
      conditions.set(
        "AbleToScale", false, "FailedUpdateScale",
        "the HPA controller was unable to update the target scale: \(error.message)")
      writeStatus(current: target.currentReplicas, desired: target.replicas)
    }
  }

  private func writeStatus(current: Int, desired: Int) {
    var status: Value = [:]
    status["observedGeneration"] = stored.value["metadata", "generation"]
    status["lastScaleTime"] =
      isRescaled ? .string(component.now.timestamp) : stored.value["status", "lastScaleTime"]
    status["currentReplicas"] = .integer(Int64(current))
    status["desiredReplicas"] = .integer(Int64(desired))
    status["currentMetrics"] = metrics.isEmpty ? stored.value["status", "currentMetrics"] : .array(metrics)
    status["conditions"] = conditions.value
    guard status.sortedByKeys != stored.value["status"]?.sortedByKeys else { return }
    var next = stored.value
    next["status"] = status
    _ = try? component.update(.horizontalPodAutoscaler, next, subresource: "status", because: stored)
  }

  private func tell(_ severity: EventRecorder.Severity, _ reason: String, _ message: String) {
    component.events.record(
      severity, reason, message, about: AnyObjectView(stored.value), kind: .horizontalPodAutoscaler)
  }
}

/// The conditions of an autoscaler, in the order in which they first came.
struct AutoscalerConditions {
  private var conditions: [Condition]
  private let now: Time

  init(_ value: Value?, now: Time) {
    conditions = (value?.array ?? []).map(Condition.init)
    self.now = now
  }

  var value: Value { .array(conditions.map(\.value)) }

  mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
    var condition = Condition([
      "type": .string(type), "status": isTrue ? "True" : "False",
      "lastTransitionTime": .string(now.timestamp), "reason": .string(reason), "message": .string(message),
    ])
    guard let index = conditions.firstIndex(where: { $0.type == type }) else {
      return conditions.append(condition)
    }
    if conditions[index].status == condition.status {
      condition.lastTransitionTime = conditions[index].lastTransitionTime
    }
    conditions[index] = condition
  }
}

/// What an autoscaler scales, seen as its scale.
struct ScaleTarget {
  let kind: Kind
  let stored: StoredObject
  /// As wished.
  let replicas: Int
  /// As the target says there are.
  let currentReplicas: Int
  let selector: LabelSelector?

  private static let kinds: [Kind] = [.deployment, .replicaSet, .statefulSet, .replicationController]

  init(_ reference: Value, namespace: String, client: Client) throws(Status) {
    let (name, kindName) = (reference["name"]?.string ?? "", reference["kind"]?.string ?? "")
    let apiVersion = reference["apiVersion"]?.string ?? ""
    guard let kind = Self.kinds.first(where: { $0.name == kindName && $0.apiVersion == apiVersion }) else {
      throw Status(
        code: 404, reason: "NotFound",
        message: "no matches for kind \"\(kindName)\" in group \"\(apiVersion.split(separator: "/").first ?? "")\"")
    }
    guard let stored = client.get(kind, namespace: namespace, name: name) else { throw .notFound(kind, name) }
    self.kind = kind
    self.stored = stored
    replicas = stored.value["spec", "replicas"]?.integer.map(Int.init) ?? 1
    currentReplicas = stored.value["status", "replicas"]?.integer.map(Int.init) ?? 0
    selector = PodOwners.selector(of: stored)
  }

  func set(_ replicas: Int, by component: Component, because subject: StoredObject) throws(Status) {
    var next = stored.value
    next["spec", "replicas"] = .integer(Int64(replicas))
    try component.update(kind, next, because: subject)
  }
}
