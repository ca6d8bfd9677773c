import API
import Cluster
import Kinds
import Loop
import Store
import Tree

/// Something that a user does to a cluster, or that happens to it.
struct Command {
  /// For people: `scale deployment web-1 to 4`.
  let text: String
  /// For how long pods may go by it that no controller took away; nil: not at all.
  let disturbance: Duration?
  /// The workload whose wish it changes.
  let target: ObjectKey?
  private var body: (Cluster) -> String?

  init(
    _ text: String, disturbance: Duration? = nil, target: ObjectKey? = nil, _ body: @escaping (Cluster) -> Void
  ) {
    self.text = text
    self.disturbance = disturbance
    self.target = target
    self.body = { cluster in
      body(cluster)
      return nil
    }
  }

  /// A command that tells which rule it has broken.
  static func checked(_ text: String, disturbance: Duration, _ body: @escaping (Cluster) -> String?) -> Command {
    var command = Command(text, disturbance: disturbance) { _ in }
    command.body = body
    return command
  }

  /// Does it; answers which rule was broken by that alone.
  @discardableResult
  func run(in cluster: Cluster) -> String? { body(cluster) }

  static let cause = Cause(actor: "admin", request: "simulated command")
  static let names = ["ant", "bee", "cat", "dog"]
  private static let images = ["nginx:1.27", "nginx:1.28", "redis:7.2", "busybox:1.36", "nosuchimage:1"]

  static func random(in cluster: Cluster, _ random: RandomStream) -> Command {
    let makers = [
      deployment, deployment, scale, scale, setImage, setImage, statefulSet, daemonSet, job, budget, deletePod,
      deletePod, deleteWorkload, cordon, fault, claim, evict, evict, service, quota, manifest, crash,
    ]
    return makers[random.below(makers.count)](cluster, random)
  }

  static func pick<Element>(_ elements: [Element], _ random: RandomStream) -> Element {
    elements[random.below(elements.count)]
  }

  // MARK: Workloads

  private static func template(_ name: String, _ random: RandomStream) -> Value {
    var container: Value = ["name": "main", "image": .string(pick(images, random))]
    if container["image"] == "busybox:1.36" { container["command"] = ["sh", "-c", "sleep 864000"] }
    container["resources", "requests"] = [
      "cpu": .string("\(50 + random.below(6) * 50)m"), "memory": .string("\(32 + random.below(4) * 64)Mi"),
    ]
    return ["metadata": ["labels": ["app": .string(name)]], "spec": ["containers": [container]]]
  }

  static func create(_ kind: Kind, _ name: String, _ spec: Value) -> Command {
    let key = kind.key(namespace: "default", name: name)
    return Command("create \(kind.singular) \(name)", target: key) { cluster in
      _ = try? cluster.client.create(
        kind, ["metadata": ["name": .string(name), "namespace": "default"], "spec": spec], cause: cause)
    }
  }

  static func deployment(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "deploy-" + pick(names, random)
    let strategies: [Value] = [
      ["type": "Recreate"], ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]],
      ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 0, "maxUnavailable": 1]],
      ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "50%", "maxUnavailable": "25%"]],
    ]
    return create(
      .deployment, name,
      [
        "replicas": .integer(Int64(random.below(7))), "selector": ["matchLabels": ["app": .string(name)]],
        "strategy": pick(strategies, random), "template": template(name, random),
        "minReadySeconds": .integer(Int64(random.below(2) * 5)),
      ])
  }

  private static func statefulSet(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "set-" + pick(names, random)
    var spec: Value = [
      "replicas": .integer(Int64(random.below(4))), "selector": ["matchLabels": ["app": .string(name)]],
      "serviceName": .string(name), "template": template(name, random),
      "podManagementPolicy": random.below(2) == 0 ? "OrderedReady" : "Parallel",
    ]
    if random.below(2) == 0 {
      spec["volumeClaimTemplates"] = [
        [
          "metadata": ["name": "data"],
          "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
        ]
      ]
    }
    return create(.statefulSet, name, spec)
  }

  private static func daemonSet(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "daemon-" + pick(names, random)
    return create(
      .daemonSet, name,
      ["selector": ["matchLabels": ["app": .string(name)]], "template": template(name, random)])
  }

  private static func job(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "job-\(random.below(1_000))"
    let command = "sleep \(1 + random.below(60)); exit \(random.below(3) == 0 ? 1 : 0)"
    return create(
      .job, name,
      [
        "completions": .integer(Int64(1 + random.below(4))), "parallelism": .integer(Int64(1 + random.below(3))),
        "backoffLimit": .integer(Int64(random.below(4))), "ttlSecondsAfterFinished": 120,
        "template": [
          "spec": [
            "restartPolicy": "Never",
            "containers": [
              [
                "name": "main", "image": "busybox:1.36", "command": ["sh", "-c", .string(command)],
                "resources": ["requests": ["cpu": "20m", "memory": "16Mi"]],
              ]
            ],
          ]
        ],
      ])
  }

  private static func budget(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let name = "deploy-" + pick(names, random)
    return create(
      .podDisruptionBudget, name,
      ["minAvailable": .integer(Int64(random.below(3))), "selector": ["matchLabels": ["app": .string(name)]]])
  }

  private static func claim(_ cluster: Cluster, _ random: RandomStream) -> Command {
    create(
      .persistentVolumeClaim, "claim-\(random.below(4))",
      ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]])
  }

  private static func workload(_ cluster: Cluster, _ kinds: [Kind], _ random: RandomStream) -> (Kind, StoredObject)? {
    let all = kinds.flatMap { kind in cluster.client.list(kind, namespace: "default").map { (kind, $0) } }
    return all.isEmpty ? nil : pick(all, random)
  }

  private static func change(
    _ kind: Kind, _ stored: StoredObject, _ text: String, _ change: @escaping (inout Value) -> Void
  )
    -> Command
  {
    Command("\(text) \(kind.singular) \(stored.name)", target: stored.key) { cluster in
      guard var value = cluster.store[stored.key]?.value else { return }
      change(&value)
      _ = try? cluster.client.update(kind, value, cause: cause)
    }
  }

  private static func scale(_ cluster: Cluster, _ random: RandomStream) -> Command {
    guard let (kind, stored) = workload(cluster, [.deployment, .statefulSet], random) else {
      return deployment(cluster, random)
    }
    let replicas = Int64(random.below(8))
    return change(kind, stored, "scale to \(replicas)") { $0["spec", "replicas"] = .integer(replicas) }
  }

  private static func setImage(_ cluster: Cluster, _ random: RandomStream) -> Command {
    guard let (kind, stored) = workload(cluster, [.deployment, .statefulSet, .daemonSet], random) else {
      return deployment(cluster, random)
    }
    let next = template(stored.name, random)
    return change(kind, stored, "change the template of") { $0["spec", "template", "spec"] = next["spec"] }
  }

  private static func deleteWorkload(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let kinds: [Kind] = [.deployment, .statefulSet, .daemonSet, .job, .podDisruptionBudget, .persistentVolumeClaim]
    guard let (kind, stored) = workload(cluster, kinds, random) else { return deployment(cluster, random) }
    return Command("delete \(kind.singular) \(stored.name)", disturbance: .seconds(180), target: stored.key) {
      cluster in
      try? cluster.client.delete(
        kind, namespace: "default", name: stored.name, options: DeleteOptions(propagation: .background), cause: cause)
    }
  }

  // MARK: Disturbances

  private static func deletePod(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let pods = cluster.client.list(.pod, namespace: "default")
    guard !pods.isEmpty else { return deployment(cluster, random) }
    let pod = pick(pods, random)
    return Command("delete pod \(pod.name)", disturbance: .seconds(180)) { cluster in
      try? cluster.client.delete(.pod, namespace: "default", name: pod.name, cause: cause)
    }
  }

  private static func cordon(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let node = pick(cluster.client.list(.node), random)
    let isCordoned = Node(node.value).spec.isUnschedulable
    return Command((isCordoned ? "uncordon " : "cordon ") + node.name, disturbance: .seconds(180)) { cluster in
      guard var next = cluster.store[node.key]?.value else { return }
      next["spec", "unschedulable"] = isCordoned ? nil : true
      _ = try? cluster.client.update(.node, next, cause: cause)
    }
  }

  private static func fault(_ cluster: Cluster, _ random: RandomStream) -> Command {
    let node = pick(cluster.client.list(.node), random).name
    let seconds = Int64(10 + random.below(300))
    return Command("node \(node) is down for \(seconds) s", disturbance: .seconds(seconds + 400)) { cluster in
      let name = "down-\(cluster.store.revision)"
      _ = try? cluster.client.create(
        .fault, ["metadata": ["name": .string(name)], "spec": ["type": "NodeDown", "node": .string(node)]],
        cause: cause)
      cluster.loop.schedule(after: .seconds(seconds), as: "simulation") { [weak cluster] in
        try? cluster?.client.delete(.fault, name: name, cause: cause)
      }
    }
  }

  /// Ends all disturbances.
  static var heal: Command {
    Command("heal", disturbance: .seconds(180)) { cluster in
      for fault in cluster.client.list(.fault) {
        try? cluster.client.delete(.fault, name: fault.name, cause: cause)
      }
      for node in cluster.client.list(.node) where Node(node.value).spec.isUnschedulable {
        var next = node.value
        next["spec", "unschedulable"] = nil
        _ = try? cluster.client.update(.node, next, cause: cause)
      }
    }
  }
}
