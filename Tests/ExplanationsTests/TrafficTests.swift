import API
import ClusterTesting
import Kinds
import Loop
import Store
import Testing
import Tree

/// Why traffic does not arrive, why something does not go, why a set does not go on.
@Suite("Explanations of traffic, deletions and sets") struct TrafficTests {
  private func findings(_ lab: Lab, _ kind: String, _ name: String, language: String = "en") -> [(String, String)] {
    let spec: Value = ["object": ["kind": .string(kind), "name": .string(name)], "language": .string(language)]
    let reply = lab.request(
      "POST", "/apis/podium.dev/v1/explanations",
      body: ["kind": "Explanation", "apiVersion": "podium.dev/v1", "spec": spec])
    return (reply.value["status", "findings"]?.array ?? []).map {
      ($0["reason"]?.string ?? "", $0["text"]?.string ?? "")
    }
  }

  private func lab(service: String) throws -> Lab {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.apply(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [\(service)]}
      """)
    lab.advance(bySeconds: 15)
    return lab
  }

  @Test("a Service whose port leads where nothing listens names the address")
  func wrongPort() throws {
    let lab = try lab(service: "{port: 80, targetPort: 8080}")
    let found = findings(lab, "service", "web")
    #expect(found.map(\.0) == ["Exists", "Endpoints", "NothingListens"])
    #expect(found[2].1.contains(":8080 of pod web-"))
    #expect(findings(lab, "service", "web", language: "ko")[2].1.contains(":8080에서 듣는 것이 없어"))
  }

  @Test("a targetPort by a name that no container has leaves the port without endpoints")
  func wrongName() throws {
    let lab = try lab(service: "{port: 80, targetPort: http}")
    let found = findings(lab, "service", "web")
    #expect(found.map(\.0).contains("PortHasNoEndpoint"))
    #expect(found.last?.1 == "Port 80 leads nowhere: no ready pod has a port named \"http\".")
  }

  @Test("what works has nothing to say but how many are ready")
  func right() throws {
    let lab = try lab(service: "{port: 80}")
    #expect(findings(lab, "service", "web").map(\.0) == ["Exists", "Endpoints"])
  }

  @Test("a NetworkPolicy is named together with the pods that it keeps away")
  func policy() throws {
    let lab = try lab(service: "{port: 80}")
    lab.kubectl("run client --image=busybox:1.36 --command -- sleep 1000")
    lab.apply(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed}
      spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
      """)
    lab.advance(bySeconds: 10)
    let found = findings(lab, "service", "web").filter { $0.0 == "DeniedByPolicy" }
    #expect(found.count == 1)
    #expect(
      found.first?.1.hasPrefix("Pod client does not get through: NetworkPolicy closed isolates what enters") == true)
  }

  @Test("a pod that is not ready hears which Service leaves it out")
  func leftOut() throws {
    let lab = try lab(service: "{port: 80}")
    lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: slow, labels: {app: web}}
      spec:
        containers:
        - {name: c, image: 'nginx:1.27', readinessProbe: {httpGet: {path: /nothing, port: 80}}}
      """)
    lab.advance(bySeconds: 15)
    #expect(
      findings(lab, "pod", "slow").last ?? ("", "")
        == ("LeftOutOfService", "Service web sends it nothing until it is ready."))
  }

  @Test("a claim that is deleted names the pods that use it")
  func claim() throws {
    let lab = try Lab()
    lab.apply(
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: user}
      spec:
        containers: [{name: c, image: 'nginx:1.27', volumeMounts: [{name: d, mountPath: /d}]}]
        volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
      """)
    lab.advance(bySeconds: 15)
    lab.kubectl("delete pvc data --wait=false")
    let found = findings(lab, "pvc", "data")
    #expect(found.map(\.0).contains("UsedByPods"))
    #expect(found.first { $0.0 == "UsedByPods" }?.1.contains("pods/default/user") == true)
  }

  @Test("a pod that is deleted on a node which is cut off waits for the node")
  func silentNode() throws {
    let lab = try Lab(nodes: 1)
    lab.kubectl("run web --image=nginx:1.27")
    lab.advance(bySeconds: 10)
    lab.apply("{apiVersion: podium.dev/v1, kind: Fault, metadata: {name: f}, spec: {type: NodeDown, node: node-1}}")
    lab.advance(bySeconds: 60)
    lab.kubectl("delete pod web --wait=false")
    lab.advance(bySeconds: 60)
    #expect(findings(lab, "pod", "web").map(\.0).contains("NodeSilent"))
  }

  @Test("a StatefulSet names the pod that it waits for, and the partition that keeps old pods")
  func set() throws {
    let lab = try Lab()
    lab.apply(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        replicas: 3
        serviceName: db
        selector: {matchLabels: {app: db}}
        updateStrategy: {rollingUpdate: {partition: 2}}
        template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: 'nginx:1.27'}]}}
      """)
    lab.advance(bySeconds: 60)
    #expect(findings(lab, "statefulset", "db").map(\.0) == ["Exists", "AllReady"])
    lab.kubectl("set image statefulset/db c=nosuchimage:1")
    lab.advance(bySeconds: 60)
    let found = findings(lab, "statefulset", "db")
    #expect(found.map(\.0).contains("Partition"))
    #expect(found.first { $0.0 == "WaitsForOrdinal" }?.1.contains("until db-2 is ready") == true)
  }
}
