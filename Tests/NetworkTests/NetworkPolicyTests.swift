import ClusterTesting
import Kinds
import Network
import Store
import Testing
import Tree

@Suite("NetworkPolicies")
struct NetworkPolicyTests {
  private func policy(_ name: String, _ spec: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: \(name)}
    spec: \(spec)
    """
  }

  private func town(_ policies: String...) throws -> Town {
    let town = try Town()
    for policy in policies { #expect(town.lab.apply(policy).status == 0) }
    town.lab.advance(bySeconds: 1)
    return town
  }

  @Test func withoutPoliciesEverythingIsAllowed() throws {
    let town = try town()
    #expect(town.send(to: "web").steps.verdicts == [])
    #expect(town.send(to: "web").answer?.status == 200)
  }

  @Test func aPolicyWithoutRulesDeniesWhatComesIn() throws {
    let town = try town(policy("deny", "{podSelector: {}, policyTypes: [Ingress]}"))
    let passage = town.send(to: "web")
    #expect(passage.failure == .deniedByPolicy)
    #expect(passage.steps.verdicts.map(\.direction) == [.ingress])
    #expect(passage.steps.verdicts.first?.isolatedBy.map(\.name) == ["deny"])
    #expect(town.run("wget -T 2 -qO- web").output == "wget: download timed out\n")
    // The kubelet's own probes come from the node.
    #expect(town.pods("web").allSatisfy { $0.isReady })
  }

  @Test func whatAPolicyAllowsComesIn() throws {
    let town = try town(
      policy("deny", "{podSelector: {}, policyTypes: [Ingress]}"),
      policy(
        "allow",
        "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {run: client}}}], ports: [{port: 80}]}]}"
      ))
    let passage = town.send(to: "web")
    #expect(passage.answer?.status == 200)
    #expect(passage.steps.verdicts.first?.allowedBy?.name == "allow")
    town.lab.kubectl("run stranger --image=busybox -- sleep 1000")
    town.lab.advance(bySeconds: 10)
    #expect(town.send(to: "web", from: "stranger").failure == .deniedByPolicy)
    town.lab.kubectl("label pod stranger run=client --overwrite")
    #expect(town.send(to: "web", from: "stranger").answer?.status == 200)
  }

  @Test func namespacesPortsAndBlocksAreTold() throws {
    let town = try town(
      policy(
        "mixed",
        """
        {podSelector: {matchLabels: {app: web}}, ingress: [
          {from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {run: client}}}]},
          {from: [{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.0.0/17, 10.244.128.0/17]}}]},
          {ports: [{port: 8000, endPort: 9000}]}]}
        """))
    #expect(town.send(to: "web").failure == .deniedByPolicy)
    town.lab.kubectl("label namespace default team=a")
    #expect(town.send(to: "web").answer?.status == 200)
    let address = town.pods("web").first?.status.podIP ?? ""
    town.lab.kubectl("label namespace default team-")
    #expect(town.send(to: address, port: 8080).failure == .nothingListens)
    #expect(town.send(to: address, port: 9001).failure == .deniedByPolicy)
  }

  @Test func denyingWhatGoesOutDeniesNamesToo() throws {
    let town = try town(policy("out", "{podSelector: {matchLabels: {run: client}}, policyTypes: [Egress]}"))
    let passage = town.send(to: "web")
    #expect(passage.failure == .nameServerSilent)
    #expect(town.run("wget -qO- web").output == "wget: bad address 'web'\n")
    #expect(town.send(to: town.address(ofService: "web")).failure == .deniedByPolicy)
    let allow = policy(
      "names",
      """
      {podSelector: {}, policyTypes: [Egress], egress: [
        {to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}],
         ports: [{port: 53, protocol: UDP}]},
        {to: [{podSelector: {matchLabels: {app: web}}}]}]}
      """)
    #expect(town.lab.apply(allow).status == 0)
    #expect(town.send(to: "web").answer?.status == 200)
  }

  @Test func namedPortsAreThoseOfTheReceivingPod() throws {
    let town = try Town(web: false)
    town.lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: hello, labels: {app: hello}}
      spec: {containers: [{name: hello, image: "hello:1.0", ports: [{name: http, containerPort: 8080}]}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: named}
      spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}
      """)
    town.lab.advance(bySeconds: 10)
    #expect(town.send(to: town.address(ofPod: "hello"), port: 8080).answer?.status == 200)
    #expect(town.send(to: town.address(ofPod: "hello"), port: 8081).failure == .deniedByPolicy)
  }
}
