import API
import Cluster
import Kinds
import Loop
import Store
import Tree

/// What stands around workloads: Services, quotas, manifests of nodes, evictions, crashes.
extension Command {
  static func service(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "deploy-" + pick(names, random)
    return create(.service, name, ["selector": ["app": .string(name)], "ports": [["port": 80]]])
  }

  /// Wide enough that it refuses nothing: what counts is that it counts rightly.
  static func quota(_ cluster: Cluster, _ random: RandomStream) -> Command {
    create(.resourceQuota, "all", ["hard": ["pods": "500", "requests.cpu": "500", "requests.memory": "500Gi"]])
  }

  /// A node's own pod, there or not.
  static func manifest(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let node = pick(cluster.client.list(.node), random).name
    let image = pick(["nginx:1.27", "redis:7.2"], random)
    let isThere = random.below(3) > 0
    let container = "{name: c, image: \(image), resources: {requests: {cpu: 10m, memory: 10Mi}}}"
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: own}, spec: {containers: [\(container)]}}"
    let verb = isThere ? "write" : "remove"
    return Command("\(verb) the manifest of \(node)") { cluster in
      let name = "static-pods-" + node
      let map: Value = [
        "metadata": ["name": .string(name), "namespace": "kube-system"],
        "data": isThere ? ["own.yaml": .string(text)] : [:],
      ]
      if cluster.client.get(.configMap, namespace: "kube-system", name: name) == nil {
        _ = try? cluster.client.create(.configMap, map, cause: cause)
      } else {
        _ = try? cluster.client.update(.configMap, map, cause: cause)
      }
    }
  }

  static func crash(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let pods = cluster.client.list(.pod, namespace: "default")
    guard !pods.isEmpty else { return deployment(cluster, random) }
    let pod = pick(pods, random)
    return Command("crash pod \(pod.name)", disturbance: .seconds(400)) { cluster in
      let spec: Value = [
        "type": "ContainerCrash", "pod": ["namespace": "default", "name": .string(pod.name), "container": ""],
      ]
      _ = try? cluster.client.create(
        .fault, ["metadata": ["name": .string("crash-\(cluster.store.revision)")], "spec": spec], cause: cause)
    }
  }

  /// Evicts a pod, as a drain does. What a budget allows leaves as many healthy pods as it wants.
  static func evict(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let pods = cluster.client.list(.pod, namespace: "default")
    guard !pods.isEmpty else { return deployment(cluster, random) }
    let stored = pick(pods, random)
    func body(_ cluster: Cluster) -> String? {
      guard let present = cluster.store[stored.key] else { return nil }
      let wasHealthy = Pod(present.value).isReady && !Pod(present.value).metadata.isDeleting
      do throws(Status) {
        try cluster.writer.evict(
          namespace: "default", pod: stored.name, options: DeleteOptions(), cause: cause)
      } catch {
        return nil
      }
      return wasHealthy ? broken(by: Pod(present.value), in: cluster) : nil
    }
    return .checked("evict pod \(stored.name)", disturbance: .seconds(180), body)
  }

  /// The budget that the eviction of a healthy pod has broken.
  private static func broken(by pod: Pod, in cluster: Cluster) -> String? {
    for budget in cluster.client.list(.podDisruptionBudget, namespace: pod.namespace) {
      guard let selector = budget.value["spec", "selector"].flatMap({ LabelSelector($0) }),
        selector.matches(pod.metadata.labels), let wanted = budget.value["spec", "minAvailable"]?.integer
      else { continue }
      let healthy = cluster.client.list(.pod, namespace: pod.namespace).map { Pod($0.value) }.count {
        $0.isReady && !$0.metadata.isDeleting && selector.matches($0.metadata.labels)
      }
      if Int64(healthy) < wanted {
        return "the eviction of \(pod.name) leaves \(healthy) pods, and budget \(budget.name) wants \(wanted)"
      }
    }
    return nil
  }
}
