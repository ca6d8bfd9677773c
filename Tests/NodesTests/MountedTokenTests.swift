import API
import Cluster
import ClusterTesting
import Kinds
import Nodes
import Testing

@Suite("Tokens in containers") struct MountedTokenTests {
  @Test("A program in a container finds its token in the usual place, and a new one in time")
  func mountedToken() throws {
    let lab = try Lab(seed: 7, nodes: 1)
    lab.advance(bySeconds: 5)
    lab.apply(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c, image: 'nginx:1.27'}]}}
      """)
    lab.advance(bySeconds: 10)
    func read() -> String {
      var text = ""
      let command = ["cat", "/var/run/secrets/kubernetes.io/serviceaccount/token"]
      let request = ExecRequest(pod: Kind.pod.key(namespace: "default", name: "web"), container: "c", command: command)
      _ = lab.cluster.nodes.start(request) { event in
        if case .output(let part) = event { text += part }
      }
      lab.advance(bySeconds: 1)
      return text
    }
    let token = read()
    let caller = try lab.api.authenticate(Credentials(bearerToken: token), headers: [])
    #expect(caller.name == "system:serviceaccount:default:default")
    #expect(caller.extra.contains { $0.key.hasSuffix("pod-name") && $0.values == ["web"] })
    #expect(read() == token)
    lab.advance(bySeconds: 3_000)
    #expect(read() != token)
  }
}
