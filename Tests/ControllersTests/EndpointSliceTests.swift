import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("EndpointSlice controller")
struct EndpointSliceTests {
  let world = World()

  init() throws {
    world.start { client in
      let controller = EndpointSliceController(client: client)
      controller.start()
      return controller
    }
    try world.addNode("node-1", zone: "a")
  }

  private var slices: [Value] { world.client.list(.endpointSlice).map(\.value) }

  private func service(targetPort: Value = 80, spec: Value = [:]) -> Value {
    var whole: Value = [
      "selector": ["app": "web"], "clusterIP": "10.96.0.7", "clusterIPs": ["10.96.0.7"],
      "ports": [["port": 80, "targetPort": targetPort, "protocol": "TCP"]],
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return ["metadata": ["name": "svc", "labels": ["team": "shop"]], "spec": whole]
  }

  @Test("A Service that selects nothing has one empty slice with labels and owner")
  func placeholder() throws {
    let service = try world.create(.service, service())
    world.settle()
    #expect(slices.count == 1)
    let slice = try #require(slices.first)
    #expect(
      slice["metadata", "labels"] == [
        "team": "shop", "kubernetes.io/service-name": "svc",
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
      ])
    #expect(
      slice["metadata", "ownerReferences"] == [
        [
          "apiVersion": "v1", "kind": "Service", "name": "svc", "uid": .string(service.uid), "controller": true,
          "blockOwnerDeletion": true,
        ]
      ])
    #expect(slice["addressType"] == "IPv4")
    #expect(slice["endpoints"]?.array?.isEmpty ?? true)
    #expect(slice["metadata", "name"]?.string?.hasPrefix("svc-") == true)
    let trigger = slice["metadata", "annotations", "endpoints.kubernetes.io/last-change-trigger-time"]
    #expect(trigger?.string == world.loop.now.timestamp)
  }

  @Test("Endpoints follow their pods: unready, ready, ending, gone")
  func follows() throws {
    try world.create(.service, service())
    try world.addPod("web-1", labels: ["app": "web"], node: "node-1")
    world.advance(.seconds(3))
    let uid = try #require(world.get(.pod, "web-1")?["metadata", "uid"])
    let address = try #require(world.get(.pod, "web-1")?["status", "podIP"])
    let endpoint: Value = [
      "addresses": [address], "conditions": ["ready": true, "serving": true, "terminating": false],
      "targetRef": ["kind": "Pod", "namespace": "default", "name": "web-1", "uid": uid], "nodeName": "node-1",
      "zone": "a",
    ]
    #expect(slices.count == 1)
    #expect(slices[0]["endpoints"] == [endpoint])
    #expect(slices[0]["ports"] == [["name": "", "protocol": "TCP", "port": 80]])
    world.setReady(Kind.pod.key(namespace: "default", name: "web-1"), false)
    world.settle()
    #expect(slices[0]["endpoints"]?.array?.first?["conditions", "ready"] == false)
    world.setReady(Kind.pod.key(namespace: "default", name: "web-1"), true)
    try world.client.delete(.pod, namespace: "default", name: "web-1", cause: world.user)
    world.settle()
    #expect(
      slices[0]["endpoints"]?.array?.first?["conditions"] == ["ready": false, "serving": true, "terminating": true])
    world.advance(.seconds(5))
    #expect(slices.count == 1)
    #expect(slices[0]["endpoints"]?.array?.isEmpty ?? true)
  }

  @Test("A target port's name is looked up in the pod; publishNotReadyAddresses makes all ready")
  func namedPorts() throws {
    world.startTime = nil
    try world.create(
      .service, service(targetPort: "http", spec: ["publishNotReadyAddresses": true]))
    var pod = World.pod("web-1", labels: ["app": "web"])
    pod["spec", "containers"] = [
      ["name": "web", "image": "nginx", "ports": [["name": "http", "containerPort": 8080, "protocol": "TCP"]]]
    ]
    try world.create(.pod, pod)
    try world.client.bind(namespace: "default", pod: "web-1", node: "node-1", cause: world.user)
    world.setReady(Kind.pod.key(namespace: "default", name: "web-1"), false)
    world.settle()
    #expect(slices[0]["ports"]?.array?.first?["port"] == 8080)
    #expect(slices[0]["endpoints"]?.array?.first?["conditions", "ready"] == true)
  }

  @Test("More than a hundred endpoints take another slice")
  func manySlices() throws {
    try world.create(.service, service())
    for number in 1...130 { try world.addPod("web-\(number)", labels: ["app": "web"], node: "node-1") }
    world.advance(.seconds(3))
    let counts = slices.map { $0["endpoints"]?.array?.count ?? 0 }
    #expect(counts.reduce(0, +) == 130)
    #expect(counts.allSatisfy { $0 <= 100 })
    #expect(counts.count == 2)
  }

  @Test("A Service without selector is left to its user")
  func withoutSelector() throws {
    try world.create(.service, ["metadata": ["name": "svc"], "spec": ["ports": [["port": 80]]]])
    world.settle()
    #expect(slices.isEmpty)
  }
}
