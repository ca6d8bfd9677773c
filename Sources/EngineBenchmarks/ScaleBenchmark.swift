import API
import Cluster
import ClusterTesting
import Kinds
import Loop
import Store
import Tree

/// Line 11: one cluster of 1,000 nodes and 10,000 pods, and lines 9 and 10 without a server around them.
enum ScaleBenchmark {
  static func run() throws {
    try big()
    try rollout()
    try schedule(nodes: 100, constrained: false)
    try schedule(nodes: 1_000, constrained: true)
  }

  private static func big() throws {
    let before = Cost.residentMegabytes
    var lab = try Lab(nodes: 0)
    let nodes = try Cost.processorSeconds {
      lab = try Lab(nodes: 1_000)
      settle(lab)
    }
    let pods = Cost.processorSeconds {
      for number in 0..<10 { lab.kubectl("create deployment web\(number) --image=nginx:1.27 --replicas=1000") }
      settle(lab)
    }
    precondition(lab.objects(.pod).count == 10_000)
    precondition(lab.objects(.pod).allSatisfy { Pod($0).spec.nodeName != nil }, "a pod has no node")
    Measurement(name: "scale.nodes", value: nodes, unit: "s for 1,000 ready nodes").show()
    Measurement(name: "scale.pods", value: pods, unit: "s for 10,000 bound pods").show()
    let running = Cost.processorSeconds { for _ in 0..<30 { lab.advance(bySeconds: 1) } }
    Measurement(name: "scale.running", value: running, unit: "s until they run").show()
    lab.advance(bySeconds: 400)
    let idle = Cost.processorSeconds { for _ in 0..<300 { lab.advance(bySeconds: 1) } }
    Measurement(name: "scale.idle", value: idle / 300 * 100, unit: "% CPU idle").show()
    Measurement(name: "scale.memory", value: Cost.residentMegabytes - before, unit: "MB").show()
  }

  /// Runs all that is due, also where that is more than one turn's work.
  private static func settle(_ lab: Lab) {
    repeat { lab.settle() } while lab.cluster.loop.nextDeadline.map { $0 <= lab.now } == true
  }

  private static func rollout() throws {
    let lab = try Lab(nodes: 100)
    settle(lab)
    let seconds = Cost.processorSeconds {
      lab.kubectl("create deployment web --image=nginx:1.27 --replicas=500")
      settle(lab)
    }
    precondition(lab.objects(.pod).count == 500)
    Measurement(name: "scale.rollout", value: seconds * 1_000, unit: "ms for a Deployment of 500, bound").show()
  }

  private static func schedule(nodes: Int, constrained: Bool) throws {
    let lab = try Lab(nodes: nodes)
    settle(lab)
    for number in 0..<(constrained ? nodes : 0) {
      lab.kubectl("label node node-\(number + 1) topology.kubernetes.io/zone=z\(number % 3)")
    }
    settle(lab)
    let count = 2_000
    for index in 0..<count {
      try lab.cluster.client.create(.pod, pod(index, constrained: constrained), cause: Cause(actor: "benchmark"))
    }
    let seconds = Cost.processorSeconds { settle(lab) }
    precondition(lab.objects(.pod).allSatisfy { Pod($0).spec.nodeName != nil }, "a pod has no node")
    let name = constrained ? "schedule.constrained" : "schedule.plain"
    Measurement(name: name, value: Double(count) / seconds, unit: "pods/s on \(nodes) nodes").show()
  }

  private static func pod(_ index: Int, constrained: Bool) -> Value {
    let labels: Value = ["app": .string("g\(index % 20)")]
    var pod: Value = [
      "metadata": ["name": .string("p\(index)"), "namespace": "default", "labels": labels],
      "spec": [
        "containers": [
          ["name": "c", "image": "nginx:1.27", "resources": ["requests": ["cpu": "10m", "memory": "16Mi"]]]
        ]
      ],
    ]
    guard constrained else { return pod }
    pod["spec", "topologySpreadConstraints"] = [
      [
        "maxSkew": 5, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": ["matchLabels": labels],
      ]
    ]
    pod["spec", "affinity", "podAntiAffinity"] = [
      "requiredDuringSchedulingIgnoredDuringExecution": [
        ["topologyKey": "kubernetes.io/hostname", "labelSelector": ["matchLabels": labels]]
      ]
    ]
    return pod
  }
}
