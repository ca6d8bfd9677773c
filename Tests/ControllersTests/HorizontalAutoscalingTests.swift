import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Horizontal autoscaling")
struct HorizontalAutoscalingTests {
  /// Every pod uses so much, where it runs.
  final class Meter: UsageSource {
    let world: World
    /// Thousandths of a core.
    var cpu: Int64 = 100

    init(_ world: World) { self.world = world }

    func measure(pod: ObjectKey) -> [ContainerUsage]? {
      guard let stored = world.store[pod], Pod(stored.value).status.phase == "Running" else { return nil }
      return [ContainerUsage(container: "web", cpu: cpu * 1_000_000, memory: 64 << 20)]
    }

    func measure(node name: String) -> (cpu: Int64, memory: Int64)? { nil }
  }

  let world = World()
  let meter: Meter

  init() throws {
    let meter = Meter(world)
    self.meter = meter
    world.start { client in
      let manager = ControllerManager(client: client, rootCertificate: "certificate", usage: meter)
      manager.start()
      return manager
    }
  }

  private func setUp(replicas: Int = 2, requests: Value = ["cpu": "200m"], measured: Bool = true, spec: Value = [:])
    throws
  {
    if measured {
      try world.create(
        .apiService,
        [
          "metadata": ["name": "v1beta1.metrics.k8s.io"],
          "spec": [
            "group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
          ],
        ])
    }
    var deployment = World.deployment(replicas: replicas)
    deployment["spec", "template", "spec", "containers"] = [
      ["name": "web", "image": "nginx:1.27", "resources": ["requests": requests]]
    ]
    try world.create(.deployment, deployment)
    var whole: Value = [
      "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"], "minReplicas": 1,
      "maxReplicas": 10,
      "metrics": [
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 50]],
        ]
      ],
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    try world.create(.horizontalPodAutoscaler, ["metadata": ["name": "web"], "spec": whole])
  }

  private var replicas: Int64? { world.get(.deployment, "web")?["spec", "replicas"]?.integer }

  private func condition(_ type: String) -> Value? {
    world.get(.horizontalPodAutoscaler, "web")?["status", "conditions"]?.array?.first { $0["type"]?.string == type }
  }

  private var scalings: [String] {
    world.takeEvents().filter { $0.hasPrefix("SuccessfulRescale") || $0.hasPrefix("Failed") }
  }

  /// Until pods count whose start is over.
  private func warmUp() { world.advance(.seconds(120)) }

  @Test("Nothing is done while the use is near its aim")
  func tolerance() throws {
    meter.cpu = 105
    try setUp()
    warmUp()
    #expect(replicas == 2)
    #expect(condition("AbleToScale")?["reason"] == "ReadyForNewScale")
    #expect(condition("ScalingActive")?["reason"] == "ValidMetricFound")
    #expect(
      condition("ScalingActive")?["message"]
        == "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)"
    )
    #expect(condition("ScalingLimited")?["reason"] == "DesiredWithinRange")
    let current = world.get(.horizontalPodAutoscaler, "web")?["status", "currentMetrics"]?.array?.first
    #expect(current?["resource", "current"]?["averageUtilization"] == 52)
    #expect(current?["resource", "current"]?["averageValue"] == "105m")
  }

  @Test("More load brings more pods, at most doubled at a time and never beyond the maximum")
  func scaleUp() throws {
    try setUp()
    warmUp()
    _ = world.takeEvents()
    meter.cpu = 1_000
    world.advance(.seconds(15))
    #expect(replicas == 4)
    #expect(condition("ScalingLimited")?["reason"] == "ScaleUpLimit")
    world.advance(.seconds(600))
    #expect(replicas == 10)
    #expect(condition("ScalingLimited")?["reason"] == "TooManyReplicas")
    #expect(
      scalings == [
        "SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target",
        "SuccessfulRescale: New size: 8; reason: cpu resource utilization (percentage of request) above target",
        "SuccessfulRescale: New size: 10; reason: cpu resource utilization (percentage of request) above target",
      ])
  }

  @Test("Less load takes pods away only after the stabilisation window")
  func scaleDown() throws {
    try setUp(replicas: 4)
    warmUp()
    meter.cpu = 20
    world.advance(.seconds(120))
    #expect(replicas == 4 && condition("AbleToScale")?["reason"] == "ScaleDownStabilized")
    _ = world.takeEvents()
    world.advance(.seconds(300))
    #expect(replicas == 1)
    #expect(scalings == ["SuccessfulRescale: New size: 1; reason: All metrics below target"])
  }

  @Test("A behaviour's policies limit each step, and its window may be none")
  func behaviour() throws {
    try setUp(
      replicas: 6,
      spec: [
        "behavior": [
          "scaleDown": [
            "stabilizationWindowSeconds": 0, "policies": [["type": "Pods", "value": 1, "periodSeconds": 60]],
          ]
        ]
      ])
    warmUp()
    meter.cpu = 20
    world.advance(.seconds(15))
    #expect(replicas == 5 && condition("ScalingLimited")?["reason"] == "ScaleDownLimit")
    world.advance(.seconds(30))
    #expect(replicas == 5)
    world.advance(.seconds(30))
    #expect(replicas == 4)
  }

  @Test("A target outside its bounds is brought within them whatever the load is")
  func bounds() throws {
    try setUp(replicas: 2, spec: ["minReplicas": 3])
    world.advance(.seconds(20))
    #expect(replicas == 3)
    #expect(scalings == ["SuccessfulRescale: New size: 3; reason: Current number of replicas below Spec.MinReplicas"])
  }

  @Test("Without requests or measurements it says what is missing")
  func missing() throws {
    try setUp(requests: ["memory": "64Mi"])
    warmUp()
    #expect(condition("ScalingActive")?["reason"] == "FailedGetResourceMetric")
    #expect(
      condition("ScalingActive")?["message"]?.string?.hasPrefix(
        "the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in "
          + "container web of Pod web-") == true)
    #expect(replicas == 2)
  }

  @Test("A cluster that measures nothing says so")
  func unmeasured() throws {
    try setUp(measured: false)
    warmUp()
    #expect(
      condition("ScalingActive")?["message"]?.string
        == "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for "
        + "resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested "
        + "resource (get pods.metrics.k8s.io)")
  }

  @Test("Metrics of pods, objects and the outside have no API, and say so in Kubernetes' words")
  func otherMetrics() throws {
    let metrics: Value = [
      [
        "type": "Pods",
        "pods": ["metric": ["name": "packets"], "target": ["type": "AverageValue", "averageValue": "1k"]],
      ],
      [
        "type": "Object",
        "object": [
          "metric": ["name": "requests"], "target": ["type": "Value", "value": "2k"],
          "describedObject": ["apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "name": "main"],
        ],
      ],
      [
        "type": "External",
        "external": [
          "metric": ["name": "queue", "selector": ["matchLabels": ["queue": "work"]]],
          "target": ["type": "AverageValue", "averageValue": "30"],
        ],
      ],
    ]
    try setUp(spec: ["metrics": metrics])
    world.advance(.seconds(20))
    let custom =
      "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered"
    let external =
      "unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered"
    let selector =
      "&LabelSelector{MatchLabels:map[string]string{queue: work,},MatchExpressions:[]LabelSelectorRequirement{},}"
    let told = world.takeEvents().filter { $0.hasPrefix("Failed") }
    #expect(
      told == [
        "FailedGetPodsMetric: unable to get metric packets: " + custom,
        "FailedGetObjectMetric: unable to get metric requests: Ingress on default main/" + custom,
        "FailedGetExternalMetric: unable to get external metric default/queue/\(selector): " + external,
        "FailedComputeMetricsReplicas: invalid metrics (3 invalid out of 3), first error is: failed to get pods metric "
          + "value: unable to get metric packets: " + custom,
      ])
    #expect(condition("ScalingActive")?["reason"] == "FailedGetPodsMetric")
    #expect(
      condition("ScalingActive")?["message"]?.string
        == "the HPA was unable to compute the replica count: unable to get metric packets: " + custom)
  }

  @Test("A target that is not there is named")
  func noTarget() throws {
    try setUp(spec: ["scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "none"]])
    world.advance(.seconds(20))
    #expect(condition("AbleToScale")?["reason"] == "FailedGetScale")
    #expect(
      condition("AbleToScale")?["message"]
        == "the HPA controller was unable to get the target's current scale: deployments.apps \"none\" not found")
  }

  @Test("A target with no pods wished is left alone")
  func disabled() throws {
    try setUp(replicas: 0)
    warmUp()
    #expect(replicas == 0 && condition("ScalingActive")?["reason"] == "ScalingDisabled")
  }
}
