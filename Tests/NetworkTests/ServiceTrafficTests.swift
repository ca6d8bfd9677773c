import ClusterTesting
import Kinds
import Network
import Store
import Testing
import Tree

@Suite("Traffic through Services")
struct ServiceTrafficTests {
  @Test func aPodReachesAServiceByNameAndByAddress() throws {
    let town = try Town()
    let address = town.address(ofService: "web")
    for host in ["web", "web.default", "web.default.svc", "web.default.svc.cluster.local", address] {
      let answer = town.run("wget -qO- \(host)")
      #expect(answer.code == 0, "\(host): \(answer.output)")
      #expect(answer.output.contains("Welcome to nginx!"))
    }
  }

  @Test func requestsAreSpreadOverAllReadyPods() throws {
    let town = try Town()
    var addresses: [String: Int] = [:]
    for _ in 0..<300 {
      for case .endpoint(let step) in town.send(to: "web").steps { addresses[step.address, default: 0] += 1 }
    }
    #expect(addresses.count == 3)
    #expect(addresses.values.allSatisfy { $0 > 60 })
  }

  @Test func aPassageTellsEveryStep() throws {
    let town = try Town()
    let passage = town.send(to: "web")
    #expect(passage.answer?.status == 200)
    guard case .name(let name) = passage.steps[0], case .service(let service) = passage.steps[1],
      case .endpoint(let endpoint) = passage.steps[2], case .listener(let listener) = passage.steps[3]
    else {
      Issue.record("\(passage.steps)")
      return
    }
    #expect(name.asked == ["web.default.svc.cluster.local"])
    #expect(name.server == "10.96.0.10")
    #expect(service.service.path == "default/web")
    #expect(service.usable == 3)
    #expect(endpoint.pod == listener.peer.pod)
    #expect(listener.container == "nginx")
  }

  @Test func aServiceWithoutEndpointsRefuses() throws {
    let town = try Town()
    town.lab.kubectl("scale deployment web --replicas=0")
    town.lab.advance(bySeconds: 60)
    #expect(town.send(to: "web").failure == .noEndpoints)
    let address = town.address(ofService: "web")
    #expect(town.run("wget -qO- web").output == "wget: can't connect to remote host (\(address)): Connection refused\n")
  }

  @Test func aPodThatIsNotReadyGetsNoTraffic() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: slow, labels: {app: slow}}
      spec:
        containers:
        - name: hello
          image: hello:1.0
          readinessProbe: {httpGet: {path: /nothing, port: 8080}, periodSeconds: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: slow}
      spec: {selector: {app: slow}, ports: [{port: 80, targetPort: 8080}]}
      """)
    town.lab.advance(bySeconds: 20)
    #expect(town.send(to: "slow").failure == .noEndpoints)
    #expect(town.send(to: town.address(ofPod: "slow"), port: 8080).answer?.body == "Hello from version 1.0\n")
  }

  @Test func aWrongTargetPortIsRefusedByThePod() throws {
    let town = try Town()
    town.lab.kubectl("expose deployment web --name=wrong --port=80 --target-port=8080")
    town.lab.advance(bySeconds: 2)
    #expect(town.send(to: "wrong").failure == .nothingListens)
  }

  @Test func aPortThatTheServiceHasNotIsSilence() throws {
    let town = try Town()
    let before = town.lab.now
    #expect(town.send(to: "web", port: 81).failure == .noSuchServicePort)
    #expect(town.run("wget -T 3 -qO- web:81").output == "wget: download timed out\n")
    #expect(town.lab.now == before)
  }

  @Test func aClientStaysWithItsPodWhereTheServiceWantsIt() throws {
    let town = try Town()
    town.lab.kubectl(#"patch service web -p '{"spec":{"sessionAffinity":"ClientIP"}}'"#)
    town.lab.advance(bySeconds: 1)
    var addresses: Set<String> = []
    for _ in 0..<50 {
      for case .endpoint(let step) in town.send(to: "web").steps { addresses.insert(step.address) }
    }
    #expect(addresses.count == 1)
    town.lab.advance(bySeconds: 10_801)
    for case .endpoint(let step) in town.send(to: "web").steps { #expect(!step.isSticky) }
  }

  @Test func aNodePortIsReachedOnEveryNode() throws {
    let town = try Town()
    town.lab.kubectl("expose deployment web --name=outer --port=80 --type=NodePort")
    town.lab.advance(bySeconds: 2)
    let port = Int(town.lab.object(.service, "outer")?["spec"]?["ports"]?.array?.first?["nodePort"]?.integer ?? 0)
    let nodes = town.lab.objects(.node).compactMap { $0["status"]?["addresses"]?.array?.first?["address"]?.string }
    #expect(nodes.count == 3)
    for node in nodes { #expect(town.send(to: node, port: port).answer?.status == 200) }
    #expect(town.send(to: nodes[0], port: 12_345).failure == .nothingListens)
  }

  @Test func localTrafficPoliciesKeepToTheNode() throws {
    let town = try Town(web: false)
    town.lab.kubectl("run one --image=nginx:1.27 --labels=app=one --port=80")
    town.lab.kubectl("expose pod one --port=80 --type=NodePort")
    town.lab.kubectl(
      #"patch service one -p '{"spec":{"internalTrafficPolicy":"Local","externalTrafficPolicy":"Local"}}'"#)
    town.lab.advance(bySeconds: 20)
    let home = town.lab.object(.pod, "one")?["spec"]?["nodeName"]?.string
    let own = town.lab.object(.pod, "client")?["spec"]?["nodeName"]?.string
    let passage = town.send(to: "one")
    if home == own { #expect(passage.answer != nil) } else { #expect(passage.failure == .noLocalEndpoints) }
    let port = Int(town.lab.object(.service, "one")?["spec"]?["ports"]?.array?.first?["nodePort"]?.integer ?? 0)
    for node in town.lab.objects(.node) {
      let name = node["metadata"]?["name"]?.string
      let address = node["status"]?["addresses"]?.array?.first?["address"]?.string ?? ""
      let passage = town.send(to: address, port: port)
      let arrives = name == home || name == own
      #expect((passage.answer != nil) == arrives, "\(name ?? "")")
      if !arrives { #expect(passage.failure == .noLocalEndpoints) }
    }
  }

  @Test func aPodOfTheHostNetworkIsReachedAtItsNode() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: host}
      spec:
        hostNetwork: true
        containers: [{name: nginx, image: "nginx:1.27"}]
      """)
    town.lab.advance(bySeconds: 20)
    let pod = town.lab.object(.pod, "host")
    #expect(pod?["status"]?["podIP"] == pod?["status"]?["hostIP"])
    #expect(town.send(to: town.address(ofPod: "host")).answer?.status == 200)
    #expect(town.run("hostname", in: "host").output == (pod?["spec"]?["nodeName"]?.string ?? "") + "\n")
  }

  @Test func containersOfAPodShareLocalhostAndPorts() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: two}
      spec:
        containers:
        - {name: shell, image: busybox, command: [sleep, "1000"]}
        - {name: web, image: "nginx:1.27"}
        - {name: again, image: "nginx:1.27"}
      """)
    town.lab.advance(bySeconds: 12)
    #expect(town.run("wget -qO- localhost", in: "two").output.contains("Welcome to nginx!"))
    #expect(town.run("wget -qO- localhost:81", in: "two").output.contains("Connection refused"))
    let statuses = town.lab.object(.pod, "two")?["status"]?["containerStatuses"]?.array ?? []
    #expect(statuses[1]["state"]?["running"] != nil)
    #expect(statuses[2]["lastState"]?["terminated"]?["exitCode"] == 1 || statuses[2]["state"]?["terminated"] != nil)
    let log = town.lab.kubectl("logs two -c again").output
    #expect(log.contains("bind() to 0.0.0.0:80 failed (98: Address already in use)"))
  }

  @Test func whatIsServedComesFromTheContainersFiles() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: page}
      data: {index.html: "hello from a ConfigMap\\n"}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: page, labels: {app: page}}
      spec:
        containers:
        - name: nginx
          image: nginx:1.27
          volumeMounts: [{name: page, mountPath: /usr/share/nginx/html}]
        volumes: [{name: page, configMap: {name: page}}]
      """)
    town.lab.kubectl("expose pod page --port=80")
    town.lab.advance(bySeconds: 20)
    #expect(town.run("wget -qO- page").output == "hello from a ConfigMap\n")
    #expect(town.run("wget -qO- page/nothing").output == "wget: server returned error: HTTP/1.1 404 Not Found\n")
    #expect(town.run("echo x > /usr/share/nginx/html/index.html", in: "page").output.contains("Read-only file system"))
    #expect(town.lab.kubectl("logs page").output.contains("\"GET /nothing HTTP/1.1\" 404"))
  }

  @Test func sameSeedSameChoices() throws {
    func run() throws -> [String] {
      let town = try Town(seed: 11)
      return (0..<20).map { _ in "\(town.send(to: "web"))" }
    }
    let first = try run()
    let second = try run()
    #expect(first == second)
  }
}
