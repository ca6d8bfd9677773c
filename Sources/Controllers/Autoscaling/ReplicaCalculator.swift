import API
import Kinds
import Loop
import Tree

/// Why a metric tells nothing.
struct MetricProblem: Error {
  /// `FailedGetResourceMetric`
  let reason: String
  /// What the condition and the event of that reason say.
  let message: String
  /// What is put before the message where all metrics are summed up.
  let context: String
}

/// How many pods a metric asks for (kubernetes/pkg/controller/podautoscaler, replica_calculator).
struct ReplicaCalculator {
  /// How far from its aim a metric may be before anything is done, in shares of the aim.
  struct Tolerances {
    let up: Double
    let down: Double

    func contain(_ ratio: Double) -> Bool { ratio >= 1 - down && ratio <= 1 + up }
  }

  struct Proposal {
    let replicas: Int
    let name: String
    /// What stands in the status.
    let status: Value
  }

  /// A pod that young starts up, and its use of CPU may not say what it will be.
  private static let initialisationTime = Duration.seconds(300)
  /// A pod that was not ready within that time has never been ready.
  private static let initialReadinessTime = Duration.seconds(30)
  /// What time a measurement covers.
  private static let window = Duration.seconds(60)

  let namespace: String
  let pods: [Pod]
  let current: Int
  let usage: (any UsageSource)?
  let tolerances: Tolerances
  let now: Time

  func proposal(for metric: Value) throws(MetricProblem) -> Proposal {
    switch metric["type"]?.string {
    case "Resource": return try resource(metric["resource"] ?? [:], container: nil)
    case "ContainerResource":
      let source = metric["containerResource"] ?? [:]
      return try resource(source, container: source["container"]?.string ?? "")
    case "Pods": throw MetricProblem(ofPods: metric["pods"] ?? [:])
    case "Object": throw MetricProblem(ofObject: metric["object"] ?? [:], namespace: namespace)
    default: throw MetricProblem(ofExternal: metric["external"] ?? [:], namespace: namespace)
    }
  }

  // MARK: Resources

  private func resource(_ source: Value, container: String?) throws(MetricProblem) -> Proposal {
    let name = source["name"]?.string ?? ""
    let isUtilisation = source["target", "averageUtilization"] != nil
    let sort = container == nil ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric"
    let what = "failed to get \(name) \(isUtilisation ? "utilization" : "usage"): "
    let context =
      container.map { "failed to get \($0) container metric value: " }
      ?? "failed to get \(name) resource metric value: "
    let groups: Groups
    let requests: [String: Int64]
    do throws(Failure) {
      groups = try group(name, container)
      requests = isUtilisation ? try self.requests(name, container) : [:]
      if groups.ready.isEmpty {
        throw Failure("did not receive metrics for targeted pods (pods might be unready)")
      }
    } catch {
      throw MetricProblem(reason: sort, message: what + error.text, context: context)
    }
    let place = container == nil ? "resource" : "container resource"
    if isUtilisation {
      let aim = source["target", "averageUtilization"]?.integer ?? 100
      let replicas = replicas(groups, of: requests, aim: Double(aim) / 100)
      return Proposal(
        replicas: replicas, name: "\(name) \(place) utilization (percentage of request)",
        status: status(source, container, groups, requests))
    }
    let aim = source["target", "averageValue"]?.string.flatMap { Quantity($0) }?.milliValue ?? 1
    let even = Dictionary(uniqueKeysWithValues: groups.all.map { ($0, aim) })
    return Proposal(
      replicas: replicas(groups, of: even, aim: 1), name: "\(name) resource",
      status: status(source, container, groups, [:]))
  }

  private struct Failure: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private struct Groups {
    /// Thousandths of the resource's unit, by the pod's name.
    var ready: [String: Int64] = [:]
    var unready: [String] = []
    var missing: [String] = []

    var all: [String] { ready.keys.sorted() + unready + missing }
  }

  private func group(_ resource: String, _ container: String?) throws(Failure) -> Groups {
    guard let usage else {
      throw Failure(
        "unable to get metrics for resource \(resource): unable to fetch metrics from resource metrics API: the server "
          + "could not find the requested resource (get pods.metrics.k8s.io)")
    }
    var groups = Groups()
    var measured = 0
    for pod in pods where !pod.metadata.isDeleting && pod.status.phase != "Failed" {
      let key = Kind.pod.key(namespace: pod.namespace, name: pod.name)
      let all = pod.status.phase == "Pending" ? nil : usage.measure(pod: key)
      let used = all?.filter { container == nil || $0.container == container } ?? []
      if !used.isEmpty { measured += 1 }
      if pod.status.phase == "Pending" {
        groups.unready.append(pod.name)
      } else if used.isEmpty {
        groups.missing.append(pod.name)
      } else if resource == "cpu", isStarting(pod) {
        groups.unready.append(pod.name)
      } else {
        groups.ready[pod.name] = used.reduce(0) { sum, use in
          sum + (resource == "cpu" ? (use.cpu + 999_999) / 1_000_000 : use.memory * 1_000)
        }
      }
    }
    if measured == 0 {
      throw Failure(
        "unable to get metrics for resource \(resource): no metrics returned from resource metrics API")
    }
    return groups
  }

  /// Whether a pod's use of CPU is that of its start.
  private func isStarting(_ pod: Pod) -> Bool {
    guard let ready = pod.status.conditions.first(where: { $0.type == "Ready" }),
      let start = pod.status.startTime.flatMap(Time.init(timestamp:)),
      let change = ready.lastTransitionTime.flatMap(Time.init(timestamp:))
    else { return true }
    if start + Self.initialisationTime > now { return !ready.isTrue || now < change + Self.window }
    return !ready.isTrue && start + Self.initialReadinessTime > change
  }

  private func requests(_ resource: String, _ container: String?) throws(Failure) -> [String: Int64] {
    var requests: [String: Int64] = [:]
    for pod in pods {
      var sum: Int64 = 0
      for one in pod.spec.containers where container == nil || one.name == container {
        guard let request = one.requests[resource].flatMap({ Quantity($0) }) else {
          throw Failure("missing request for \(resource) in container \(one.name) of Pod \(pod.name)")
        }
        sum += request.milliValue
      }
      requests[pod.name] = sum
    }
    return requests
  }

  /// Pods that start up or are not measured are counted on the safe side: as using nothing where more pods are asked
  /// for, and as much as they should where fewer are.
  private func replicas(_ groups: Groups, of aims: [String: Int64], aim: Double) -> Int {
    func ratio(_ used: [String: Int64]) -> Double {
      let aims = used.keys.reduce(Int64(0)) { $0 + (aims[$1] ?? 0) }
      return aims == 0 ? 0 : Double(used.values.reduce(0, +)) / Double(aims) / aim
    }
    let first = ratio(groups.ready)
    let countsUnready = !groups.unready.isEmpty && first > 1
    if !countsUnready, groups.missing.isEmpty {
      return tolerances.contain(first) ? current : Int((first * Double(groups.ready.count)).rounded(.up))
    }
    var used = groups.ready
    for name in groups.missing { used[name] = first < 1 ? Int64(Double(aims[name] ?? 0) * max(1, aim)) : 0 }
    if countsUnready { for name in groups.unready { used[name] = 0 } }
    let second = ratio(used)
    if tolerances.contain(second) || (first < 1) != (second < 1) { return current }
    let replicas = Int((second * Double(used.count)).rounded(.up))
    return (second < 1 && replicas > current) || (second > 1 && replicas < current) ? current : replicas
  }

  private func status(_ source: Value, _ container: String?, _ groups: Groups, _ requests: [String: Int64]) -> Value {
    let sum = groups.ready.values.reduce(0, +)
    let average = sum / Int64(max(groups.ready.count, 1))
    let name = source["name"]?.string ?? ""
    let quantity =
      name == "cpu" ? Quantity(milliValue: average) : Quantity(value: average / 1_000, format: .decimalSuffix)
    var current: Value = [:]
    let requested = groups.ready.keys.reduce(Int64(0)) { $0 + (requests[$1] ?? 0) }
    if requested > 0 { current["averageUtilization"] = .integer(sum * 100 / requested) }
    current["averageValue"] = .string(quantity.description)
    var inner: Value = ["name": .string(name)]
    inner["container"] = container.map(Value.string)
    inner["current"] = current
    return container == nil
      ? ["type": "Resource", "resource": inner] : ["type": "ContainerResource", "containerResource": inner]
  }
}
