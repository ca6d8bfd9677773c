import API
import Cluster
import ClusterTesting
import Kinds
import Nodes
import Store
import Testing
import Tree

@Suite("The API from inside a pod")
struct PodAPITests {
  private static let authority = "-----BEGIN CERTIFICATE-----\nTGFi\n-----END CERTIFICATE-----\n"
  private static let login = """
    cd /var/run/secrets/kubernetes.io/serviceaccount; TOKEN=$(cat token)
    """

  private func lab() throws -> Lab {
    let options = ClusterOptions(nodes: 1, seed: 7, rootCertificate: Self.authority, identity: .paper)
    let lab = try Lab(options, journal: MemoryJournal())
    lab.advance(bySeconds: 5)
    lab.apply(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c, image: 'nginx:1.27'}]}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: box}, spec: {containers: [
        {name: c, image: 'busybox:1.36', command: [sleep, '10000']}]}}
      """)
    lab.advance(bySeconds: 20)
    return lab
  }

  private func run(_ script: String, in lab: Lab, pod: String = "web") -> (text: String, code: Int) {
    var (text, code) = ("", -1)
    let pod = Kind.pod.key(namespace: "default", name: pod)
    _ = lab.cluster.nodes.start(ExecRequest(pod: pod, container: "c", command: ["sh", "-c", script])) { event in
      switch event {
      case .output(let part), .error(let part): text += part
      case .exited(let status): code = status
      }
    }
    lab.advance(bySeconds: 1)
    return (text, code)
  }

  @Test("A pod's token is somebody who may nothing until a role says otherwise")
  func rights() throws {
    let lab = try lab()
    let ask =
      Self.login + """
        ; curl -s --cacert ca.crt -H "Authorization: Bearer $TOKEN" \
        https://kubernetes.default.svc/api/v1/namespaces/default/pods
        """
    let refused = try JSON.parse(run(ask, in: lab).text)
    #expect(refused["code"] == 403)
    #expect(
      refused["message"]
        == """
        pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" \
        in the namespace "default"
        """)
    lab.kubectl("create role reader --verb=get,list --resource=pods")
    lab.kubectl("create rolebinding reader --role=reader --serviceaccount=default:default")
    let list = try JSON.parse(run(ask, in: lab).text)
    #expect(list["kind"] == "PodList")
    #expect(list["items"]?.array?.compactMap { $0["metadata", "name"]?.string } == ["box", "web"])
  }

  @Test("What a pod writes is there at once, under its own name")
  func writing() throws {
    let lab = try lab()
    lab.kubectl("create clusterrolebinding all --clusterrole=edit --serviceaccount=default:default")
    let script =
      Self.login + """
        ; URL=https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/api/v1/namespaces/default/configmaps
        curl -s --cacert ca.crt -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -o /dev/null \
        -w '%{http_code}\\n' -d '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"made"},"data":{"a":"1"}}' $URL
        curl -s --cacert ca.crt -H "Authorization: Bearer $TOKEN" $URL/made | grep '"a"'
        """
    let result = run(script, in: lab)
    #expect(result.text == "201\n    \"a\": \"1\"\n")
    #expect(result.code == 0)
    #expect(lab.object(.configMap, "made")?["data"] == ["a": "1"])
    #expect(
      lab.object(.configMap, "made")?["metadata", "managedFields"]?.array?.first?["manager"]?.string == "curl")
  }

  @Test("Without the authority's file curl does not trust the server, and without a token it is nobody")
  func trust() throws {
    let lab = try lab()
    let version = run("curl -sk https://kubernetes/version", in: lab)
    #expect(version.text.contains("\"gitVersion\""))
    let distrust = run("curl -sS https://kubernetes.default.svc/version", in: lab)
    #expect(distrust.code == 60)
    #expect(
      distrust.text.hasPrefix("curl: (60) SSL certificate problem: unable to get local issuer certificate\n"))
    let wget = run("wget -qO- https://kubernetes/version", in: lab, pod: "box")
    #expect(wget.text.contains("note: TLS certificate validation not implemented\n"))
    #expect(wget.text.contains("\"gitVersion\""))
    let nobody = try JSON.parse(run("curl -sk https://kubernetes.default/api/v1/nodes", in: lab).text)
    #expect(nobody["code"] == 403)
    #expect(nobody["message"]?.string?.contains("User \"system:anonymous\"") == true)
    let wrong = run("curl -sk -H 'Authorization: Bearer no' https://kubernetes/api", in: lab)
    #expect(try JSON.parse(wrong.text)["code"] == 401)
    #expect(
      run("curl -s http://kubernetes:443/api", in: lab).text == "Client sent an HTTP request to an HTTPS server.\n")
  }

  @Test("Service kubernetes has endpoints where containers run")
  func endpoints() throws {
    let lab = try lab()
    #expect(lab.table("endpointslices").contains("kubernetes   IPv4          6443    172.18.0.254"))
    let bare = try Lab(seed: 7, nodes: 0)
    #expect(bare.objects(.endpointSlice).isEmpty)
  }
}
