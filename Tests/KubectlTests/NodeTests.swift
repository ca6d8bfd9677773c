import Kubectl
import Testing
import Tree

@Suite("kubectl cordon, drain, taint, auth, completion")
struct NodeTests {
  private func terminal(unschedulable: Bool = false, pods: [Value]) -> Terminal {
    let terminal = Terminal()
    var node: Value = ["kind": "Node", "metadata": ["name": "node-1"], "spec": [:]]
    if unschedulable { node["spec", "unschedulable"] = true }
    terminal.transport.answer("GET /api/v1/nodes/node-1", node)
    terminal.transport.answer("PATCH /api/v1/nodes/node-1", node)
    terminal.transport.answer(
      "GET /api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1&limit=500", ["items": .array(pods)])
    return terminal
  }

  private func pod(_ name: String, owner: String? = nil, volumes: Value? = nil) -> Value {
    var pod: Value = [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": .string(name), "namespace": "default", "uid": .string(name)],
      "spec": [:], "status": ["phase": "Running"],
    ]
    if let owner { pod["metadata", "ownerReferences"] = [["kind": .string(owner), "name": "o", "controller": true]] }
    pod["spec", "volumes"] = volumes
    return pod
  }

  @Test("Draining cordons, evicts and waits")
  func drains() {
    let terminal = terminal(pods: [pod("web", owner: "ReplicaSet"), pod("agent", owner: "DaemonSet")])
    let pods = "/api/v1/namespaces/default/pods"
    terminal.transport.answer("POST \(pods)/web/eviction", status: 201, ["kind": "Status"])
    terminal.transport.answer(
      "GET \(pods)?fieldSelector=metadata.name%3Dweb", ["metadata": ["resourceVersion": "1"], "items": []])
    let result = terminal.run("kubectl drain node-1 --ignore-daemonsets")
    #expect(result.out == "node/node-1 cordoned\nevicting pod default/web\npod/web evicted\nnode/node-1 drained\n")
    #expect(result.error == "Warning: ignoring DaemonSet-managed Pods: default/agent\n")
    #expect(result.status == 0)
  }

  @Test("What a disruption budget refuses is tried again after five seconds")
  func retries() {
    let terminal = terminal(pods: [pod("web", owner: "ReplicaSet")])
    let pods = "/api/v1/namespaces/default/pods"
    terminal.transport.refuse(
      "POST \(pods)/web/eviction", 429, "TooManyRequests",
      "Cannot evict pod as it would violate the pod's disruption budget.")
    terminal.transport.answer("POST \(pods)/web/eviction", status: 201, ["kind": "Status"])
    terminal.transport.answer(
      "GET \(pods)?fieldSelector=metadata.name%3Dweb", ["metadata": ["resourceVersion": "1"], "items": []])
    let before = terminal.transport.now
    let result = terminal.run("kubectl drain node-1")
    #expect(
      result.error
        == "error when evicting pods/\"web\" -n \"default\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n"
    )
    #expect(terminal.transport.now - before == 5_000_000_000)
    #expect(result.status == 0)
  }

  @Test("Pods that would be lost need leave to go")
  func refuses() {
    let terminal = terminal(pods: [
      pod("alone"), pod("data", owner: "ReplicaSet", volumes: [["name": "v", "emptyDir": [:]]]),
    ])
    let result = terminal.run("kubectl drain node-1")
    let first = "cannot delete Pods that declare no controller (use --force to override): default/alone"
    let second = "cannot delete Pods with local storage (use --delete-emptydir-data to override): default/data"
    #expect(
      result.error
        == "error: unable to drain node \"node-1\" due to error: [\(first), \(second)], continuing command...\n"
        + "There are pending nodes to be drained:\n node-1\n\(first)\n\(second)\n")
    #expect(result.out == "node/node-1 cordoned\n")
    #expect(result.status == 1)
  }

  @Test("Cordoning says when there is nothing to do")
  func cordons() {
    #expect(
      terminal(unschedulable: true, pods: []).run("kubectl cordon node-1").out == "node/node-1 already cordoned\n")
    let terminal = terminal(unschedulable: true, pods: [])
    #expect(terminal.run("kubectl uncordon node-1").out == "node/node-1 uncordoned\n")
    #expect(terminal.transport.log.last == #"PATCH /api/v1/nodes/node-1 {"spec":{"unschedulable":null}}"#)
    #expect(
      terminal.run("kubectl cordon").error
        == "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n")
  }

  @Test("Taints are set and removed")
  func taints() {
    let terminal = terminal(pods: [])
    terminal.transport.answer("PATCH /api/v1/nodes/node-1?fieldManager=kubectl-taint", ["metadata": ["name": "node-1"]])
    #expect(terminal.run("kubectl taint nodes node-1 a=b:NoSchedule").out == "node/node-1 tainted\n")
    #expect(
      terminal.transport.log.last?.hasSuffix(#"{"spec":{"taints":[{"effect":"NoSchedule","key":"a","value":"b"}]}}"#)
        == true)
    #expect(terminal.run("kubectl taint nodes node-1 a-").error == "error: taint \"a\" not found\n")
  }

  @Test("auth can-i answers yes or no, and its exit status too")
  func canI() {
    let terminal = Terminal()
    let review = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    terminal.transport.answer(review, status: 201, ["status": ["allowed": true, "reason": "because"]])
    terminal.transport.answer(review, status: 201, ["status": ["allowed": false]])
    #expect(terminal.run("kubectl auth can-i create deploy --as learner").out == "yes\n")
    #expect(terminal.transport.calls[0].impersonatedUser == "learner")
    let result = terminal.run("kubectl auth can-i delete nodes")
    #expect(result.out == "no\n")
    #expect(result.error == "Warning: resource 'nodes' is not namespace scoped\n\n")
    #expect(result.status == 1)
  }

  @Test(
    "Completion knows commands, options, kinds, names and files",
    arguments: [
      ("kube", 0, ["kubectl"]), ("kubectl ge", 8, ["get"]), ("k rollout re", 10, ["restart", "resume"]),
      ("kubectl get depl", 12, ["deployments"]), ("kubectl get po", 12, ["pods"]),
      ("kubectl get pods w", 17, ["web-1", "web-2"]),
      ("kubectl describe pod/web", 21, ["web-1", "web-2"]), ("kubectl get pods -o ya", 20, ["yaml"]),
      ("kubectl get pods --output=js", 26, ["json", "jsonpath="]), ("kubectl apply -f we", 17, ["web.yaml"]),
      ("kubectl get pods --show-l", 17, ["--show-labels"]), ("echo a && kubectl cor", 18, ["cordon"]),
      ("kubectl get svc,de", 16, ["deployments"]), ("kubectl nothing x", 16, []),
    ])
  func completes(line: String, from: Int, candidates: [String]) {
    let transport = ScriptedTransport()
    transport.answer(
      "GET /api/v1/namespaces/default/pods?limit=500",
      ["items": [["metadata": ["name": "web-2"]], ["metadata": ["name": "web-1"]], ["metadata": ["name": "other"]]]])
    let kubectl = Kubectl(transport: transport, files: ["web.yaml": ""])
    #expect(kubectl.complete(line, cursor: line.utf16.count) == Completion(from: from, candidates: candidates))
  }

  @Test("Every command has help, and its options are told apart")
  func help() {
    for name in ["get", "apply", "rollout", "rollout status", "create deployment", "auth can-i", "drain"] {
      let result = Terminal().run("kubectl \(name) --help")
      #expect(result.out.contains("Usage:\n  kubectl \(name)"))
      #expect(result.status == 0)
      #expect(Terminal().run("kubectl help \(name)").out == result.out)
    }
    #expect(Terminal().run("kubectl").out.hasPrefix("kubectl controls the Kubernetes cluster manager."))
    #expect(Terminal().run("kubectl top pods").error == "error: Metrics API not available\n")
  }
}
