import ClusterTesting
import Kinds
import Network
import Store
import Testing
import Tree

@Suite("Names")
struct NameTests {
  @Test func searchDomainsAreTriedBeforeTheNameItselfWhereItHasFewDots() {
    let pod = Pod(["metadata": ["namespace": "shop"], "spec": [:]])
    let resolver = ResolverConfiguration(pod: pod)
    #expect(
      resolver.candidates("web") == [
        "web.shop.svc.cluster.local", "web.svc.cluster.local", "web.cluster.local", "web",
      ])
    #expect(resolver.candidates("a.b.c.d.e.f").first == "a.b.c.d.e.f")
    #expect(resolver.candidates("web.") == ["web"])
    #expect(
      resolver.text
        == "search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n")
    #expect(ResolverConfiguration(text: resolver.text) == resolver)
  }

  @Test func dnsPolicyAndDnsConfigMakeTheResolver() {
    func resolver(_ spec: Value) -> ResolverConfiguration {
      ResolverConfiguration(pod: Pod(["metadata": ["namespace": "shop"], "spec": spec]))
    }
    #expect(resolver(["dnsPolicy": "Default"]) == .node)
    #expect(resolver(["hostNetwork": true]) == .node)
    #expect(resolver(["hostNetwork": true, "dnsPolicy": "ClusterFirstWithHostNet"]).servers == ["10.96.0.10"])
    let own = resolver([
      "dnsPolicy": "None",
      "dnsConfig": [
        "nameservers": ["10.96.0.10"], "searches": ["x.example"], "options": [["name": "ndots", "value": "2"]],
      ],
    ])
    #expect(own == ResolverConfiguration(servers: ["10.96.0.10"], searches: ["x.example"], options: ["ndots:2"]))
    let changed = resolver(["dnsConfig": ["options": [["name": "ndots", "value": "1"]]]])
    #expect(changed.ndots == 1)
    #expect(changed.options == ["ndots:1"])
  }

  @Test func aServiceOfAnotherNamespaceNeedsItsNamespace() throws {
    let town = try Town(web: false)
    town.lab.kubectl("create namespace shop")
    town.lab.kubectl("create deployment cart --image=hello:1.0 -n shop")
    town.lab.kubectl("expose deployment cart --port=80 --target-port=8080 -n shop")
    town.lab.advance(bySeconds: 20)
    #expect(town.run("wget -qO- cart").output == "wget: bad address 'cart'\n")
    #expect(town.run("wget -qO- cart.shop").output == "Hello from version 1.0\n")
  }

  @Test func aHeadlessServiceStandsForItsPods() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        serviceName: db
        replicas: 2
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: nginx, image: "nginx:1.27"}]}
      """)
    town.lab.advance(bySeconds: 40)
    let all = [town.address(ofPod: "db-0"), town.address(ofPod: "db-1")]
    #expect(Set(town.send(to: "db").steps.names.flatMap(\.addresses)) == Set(all))
    #expect(town.send(to: "db-1.db").steps.names.first?.addresses == [all[1]])
    #expect(town.run("wget -qO- db-1.db.default.svc.cluster.local").code == 0)
    #expect(town.send(to: "db-2.db").failure == .nameNotFound)
    #expect(
      town.run("cat /etc/hosts", in: "db-0").output.contains("\(all[0])\tdb-0.db.default.svc.cluster.local\tdb-0\n"))
    let dashed = all[0].replacing(".", with: "-")
    #expect(town.send(to: "\(dashed).default.pod.cluster.local").answer?.status == 200)
  }

  @Test func anExternalNameStandsForAnotherName() throws {
    let town = try Town()
    town.lab.kubectl("create service externalname alias --external-name web.default.svc.cluster.local")
    town.lab.kubectl("create service externalname outside --external-name example.com")
    town.lab.advance(bySeconds: 1)
    #expect(town.run("wget -qO- alias").code == 0)
    #expect(town.run("wget -qO- outside").output == "wget: bad address 'outside'\n")
  }

  @Test func nslookupPrintsAsBusyboxDoes() throws {
    let town = try Town()
    let address = town.address(ofService: "web")
    let found = town.run("nslookup web.default.svc.cluster.local")
    #expect(found.code == 0)
    #expect(
      found.output == """
        Server:\t\t10.96.0.10
        Address:\t10.96.0.10:53

        Name:\tweb.default.svc.cluster.local
        Address: \(address)



        """)
    let missing = town.run("nslookup nothing")
    #expect(missing.code == 1)
    #expect(missing.output.contains("** server can't find nothing.default.svc.cluster.local: NXDOMAIN"))
    town.lab.kubectl("run old --image=busybox:1.28 -- sleep 1000")
    town.lab.advance(bySeconds: 10)
    #expect(
      town.run("nslookup web.default", in: "old").output == """
        Server:    10.96.0.10
        Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

        Name:      web.default
        Address 1: \(address) web.default.svc.cluster.local

        """)
  }

  @Test func hostAliasesComeBeforeTheNameServer() throws {
    let town = try Town()
    town.lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: aliased}
      spec:
        hostAliases: [{ip: \(town.address(ofService: "web")), hostnames: [shop.example]}]
        containers: [{name: shell, image: busybox, command: [sleep, "1000"]}]
      """)
    town.lab.advance(bySeconds: 10)
    #expect(town.run("wget -qO- http://shop.example/", in: "aliased").code == 0)
  }
}

extension [Passage.Step] {
  var names: [NameStep] {
    compactMap { if case .name(let step) = $0 { step } else { nil } }
  }

  var verdicts: [PolicyVerdict] {
    compactMap { if case .policy(let verdict) = $0 { verdict } else { nil } }
  }
}
