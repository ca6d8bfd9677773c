import Kinds
import Loop
import Tree

/// What a node has set aside for a pod's containers, and what each of them runs with
/// (kubernetes/pkg/kubelet/allocation). Both follow the pod's spec, when the node can.
struct PodAllocation: Equatable {
  /// A resize that the node cannot grant, or not now.
  struct Pending: Equatable {
    /// `Deferred` or `Infeasible`.
    var reason: String
    var message: String
    var generation: Int64
  }

  /// A resize that was granted and is being done.
  struct Progress: Equatable {
    var generation: Int64
    /// What stands in the way.
    var problem: String?
  }

  /// Each container's `resources` as the node has granted them.
  var granted: [String: Value]
  /// Each container's `resources` as it runs with them.
  var actual: [String: Value]
  var pending: Pending?
  var progress: Progress?
  /// When a deferred resize is looked at again.
  var retry: Time?
  /// When the kubelet notices that a resize is done.
  var completion: Time?

  init(_ pod: Pod) {
    granted = Self.wished(pod)
    actual = granted
  }

  /// What the pod's spec wishes for the containers that can be resized: not those that only prepare.
  static func wished(_ pod: Pod) -> [String: Value] {
    var wished: [String: Value] = [:]
    for container in pod.spec.containers + pod.spec.sidecars {
      wished[container.name] = container.value["resources"] ?? [:]
    }
    return wished
  }

  /// The container as the node has granted it.
  func granting(_ container: Container) -> Container {
    guard let resources = granted[container.name], resources != container.value["resources"] ?? [:] else {
      return container
    }
    var value = container.value
    value["resources"] = resources
    return Container(value)
  }

  /// The pod as the node has granted it.
  func granting(_ pod: Pod) -> Pod {
    var pod = pod
    pod.spec.containers = pod.spec.containers.map(granting)
    if !pod.spec.initContainers.isEmpty { pod.spec.initContainers = pod.spec.initContainers.map(granting) }
    return pod
  }

  /// The container's resources of which a change restarts it.
  static func restarting(_ container: Container) -> [String] {
    (container.value["resizePolicy"]?.array ?? []).compactMap { policy in
      policy["restartPolicy"]?.string == "RestartContainer" ? policy["resourceName"]?.string : nil
    }
  }

  /// Which resources of a container are to change: a request of memory is only the scheduler's business.
  func changes(of name: String) -> [String] {
    let (before, after) = (actual[name] ?? [:], granted[name] ?? [:])
    func differs(_ list: String, _ resource: String) -> Bool {
      Self.quantity(before, list, resource) != Self.quantity(after, list, resource)
    }
    var changes: [String] = []
    if differs("requests", "cpu") || differs("limits", "cpu") { changes.append("cpu") }
    if differs("limits", "memory") { changes.append("memory") }
    return changes
  }

  static func quantity(_ resources: Value, _ list: String, _ resource: String) -> Quantity? {
    resources[list, resource]?.string.flatMap { Quantity($0) }
  }
}

extension PodSpec {
  /// The init containers that keep running.
  var sidecars: [Container] { initContainers.filter { $0.value["restartPolicy"]?.string == "Always" } }
}

extension PodRun {
  /// What the container runs with.
  func resources(of container: Container) -> Value {
    allocation.actual[container.name] ?? container.value["resources"] ?? [:]
  }
}
