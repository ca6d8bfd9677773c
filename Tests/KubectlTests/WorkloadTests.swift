import Kubectl
import Testing
import Tree

@Suite("kubectl scale, set, rollout, logs, label")
struct WorkloadTests {
  static let path = "/apis/apps/v1/namespaces/default/deployments"

  static func deployment(updated: Int64 = 3, available: Int64 = 3, paused: Bool = false, image: String = "nginx:1")
    -> Value
  {
    var value: Value = [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": [
        "name": "web", "namespace": "default", "uid": "u", "generation": 2, "labels": ["app": "web"],
        "resourceVersion": "5",
      ],
      "spec": [
        "replicas": 3, "selector": ["matchLabels": ["app": "web"]],
        "template": [
          "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "nginx", "image": .string(image)]]],
        ],
      ],
      "status": [
        "observedGeneration": 2, "replicas": 3, "updatedReplicas": .integer(updated),
        "availableReplicas": .integer(available),
      ],
    ]
    if paused { value["spec", "paused"] = true }
    return value
  }

  private func terminal(_ deployment: Value = Self.deployment()) -> Terminal {
    let terminal = Terminal()
    terminal.transport.answer("GET \(Self.path)/web", deployment)
    return terminal
  }

  private func set(_ revision: Int, image: String) -> Value {
    [
      "metadata": [
        "name": .string("web-\(revision)"),
        "annotations": ["deployment.kubernetes.io/revision": Value.string("\(revision)")],
        "ownerReferences": [["uid": "u", "controller": true]],
      ],
      "spec": [
        "template": [
          "metadata": ["labels": ["app": "web", "pod-template-hash": .string("h\(revision)")]],
          "spec": ["containers": [["name": "nginx", "image": .string(image)]]],
        ]
      ],
    ]
  }

  private func addHistory(to terminal: Terminal) {
    terminal.transport.answer(
      "GET /apis/apps/v1/namespaces/default/replicasets?labelSelector=app%3Dweb&limit=500",
      ["items": [set(2, image: "nginx:1"), set(1, image: "nginx:0"), ["metadata": ["name": "stray"]]]])
  }

  @Test("Scaling patches the scale subresource")
  func scale() {
    let terminal = terminal()
    terminal.transport.answer("PATCH \(Self.path)/web/scale", ["kind": "Scale"])
    #expect(terminal.run("kubectl scale deploy/web --replicas=5").out == "deployment.apps/web scaled\n")
    #expect(terminal.transport.log[1] == "PATCH \(Self.path)/web/scale {\"spec\":{\"replicas\":5}}")
    #expect(terminal.run("kubectl scale deploy web").error == "error: required flag(s) \"replicas\" not set\n")
    #expect(
      terminal.run("kubectl scale deploy web --replicas=5 --current-replicas=2").error
        == "error: Expected replicas to be 2, was 3\n")
  }

  @Test("An image is set by a strategic merge patch; the same image sends nothing")
  func setImage() {
    let terminal = terminal()
    terminal.transport.answer("PATCH \(Self.path)/web?fieldManager=kubectl-set", Self.deployment(image: "nginx:2"))
    #expect(terminal.run("kubectl set image deploy/web nginx=nginx:2").out == "deployment.apps/web image updated\n")
    #expect(terminal.transport.calls[1].contentType == "application/strategic-merge-patch+json")
    #expect(
      terminal.transport.log[1].hasSuffix(
        #"{"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"nginx"}],"containers":[{"image":"nginx:2","name":"nginx"}]}}}}"#
      ))
    #expect(terminal.run("kubectl set image deploy/web '*=nginx:1'").out == "")
    #expect(terminal.run("kubectl set image deploy/web x=y").error == "error: unable to find container named \"x\"\n")
    #expect(terminal.transport.calls.count == 4)
  }

  @Test("A rollout's status is said at each change until it is done")
  func status() {
    let terminal = terminal()
    let list = "\(Self.path)?fieldSelector=metadata.name%3Dweb"
    terminal.transport.answer(
      "GET \(list)", ["metadata": ["resourceVersion": "9"], "items": [Self.deployment(updated: 1)]])
    terminal.transport.watch(
      "GET \(list)&resourceVersion=9&watch=true",
      [("MODIFIED", Self.deployment(available: 2)), ("MODIFIED", Self.deployment()), ("MODIFIED", Self.deployment())])
    let result = terminal.run("kubectl rollout status deployment/web")
    #expect(
      result.out == """
        Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...
        Waiting for deployment "web" rollout to finish: 2 of 3 updated replicas are available...
        deployment "web" successfully rolled out

        """)
    #expect(result.status == 0)
  }

  @Test("A rollout that misses its deadline, and a wait that ends, are errors")
  func deadlines() {
    let terminal = terminal()
    var late = Self.deployment(updated: 1)
    late["status", "conditions"] = [["type": "Progressing", "reason": "ProgressDeadlineExceeded"]]
    let list = "\(Self.path)?fieldSelector=metadata.name%3Dweb"
    terminal.transport.answer("GET \(list)", ["metadata": ["resourceVersion": "9"], "items": [late]])
    #expect(
      terminal.run("kubectl rollout status deploy/web").error
        == "error: deployment \"web\" exceeded its progress deadline\n")
    let other = self.terminal()
    other.transport.answer(
      "GET \(list)", ["metadata": ["resourceVersion": "9"], "items": [Self.deployment(available: 1)]])
    for seconds in [3, 2, 1] {
      other.transport.watch("GET \(list)&resourceVersion=9&timeoutSeconds=\(seconds)&watch=true", [])
    }
    let result = other.run("kubectl rollout status deploy/web --timeout=3s")
    #expect(result.error == "error: timed out waiting for the condition\n")
    #expect(result.status == 1)
    #expect(
      other.run("kubectl wait --for=condition=Available deploy/web --timeout=0s").error
        == "error: timed out waiting for the condition on deployments/web\n")
  }

  @Test("History lists revisions, and undo goes back to the one before")
  func undo() throws {
    let terminal = terminal()
    addHistory(to: terminal)
    #expect(
      terminal.run("kubectl rollout history deploy/web").out
        == "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n")
    terminal.transport.answer("PATCH \(Self.path)/web", Self.deployment(image: "nginx:0"))
    #expect(terminal.run("kubectl rollout undo deploy/web").out == "deployment.apps/web rolled back\n")
    let call = try #require(terminal.transport.calls.last)
    #expect(call.contentType == "application/json-patch+json")
    let patch = try JSON.parse(call.body)
    #expect(
      patch.array?.first == [
        "op": "replace", "path": "/spec/template",
        "value": [
          "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "nginx", "image": "nginx:0"]]],
        ],
      ])
    #expect(
      terminal.run("kubectl rollout undo deploy/web --to-revision=2").out
        == "deployment.apps/web skipped rollback (current template already matches revision 2)\n")
    #expect(
      terminal.run("kubectl rollout undo deploy/web --to-revision=7").error
        == "error: unable to find specified revision 7 in history\n")
  }

  @Test("Pausing, resuming and restarting say what they find")
  func pause() {
    let terminal = terminal()
    terminal.transport.answer("PATCH \(Self.path)/web?fieldManager=kubectl-rollout", Self.deployment())
    #expect(terminal.run("kubectl rollout pause deploy/web").out == "deployment.apps/web paused\n")
    #expect(
      terminal.run("kubectl rollout resume deploy/web").error == "error: deployments.apps \"web\" is not paused\n")
    #expect(terminal.run("kubectl rollout restart deploy/web").out == "deployment.apps/web restarted\n")
    #expect(
      terminal.transport.log.last?.contains(#""kubectl.kubernetes.io/restartedAt":"2027-01-15T08:00:00Z""#) == true)
    let paused = self.terminal(Self.deployment(paused: true))
    #expect(
      paused.run("kubectl rollout pause deploy/web").error == "error: deployments.apps \"web\" is already paused\n")
    #expect(paused.run("kubectl rollout undo deploy/web").status == 1)
  }

  @Test("Logs come from the first container, of a deployment's first ready pod")
  func logs() {
    let terminal = terminal()
    let pod = { (name: String, ready: String) -> Value in
      [
        "metadata": ["name": .string(name), "namespace": "default"],
        "spec": ["containers": [["name": "a"], ["name": "b"]]],
        "status": ["conditions": [["type": "Ready", "status": .string(ready)]]],
      ]
    }
    let pods = "/api/v1/namespaces/default/pods"
    terminal.transport.answer(
      "GET \(pods)?labelSelector=app%3Dweb&limit=500", ["items": [pod("p1", "False"), pod("p2", "True")]])
    terminal.transport.answer("GET \(pods)/p2/log?container=a&tailLines=2", text: "one\ntwo")
    let result = terminal.run("kubectl logs deploy/web --tail 2 --prefix")
    #expect(result.out == "[pod/p2/a] one\n[pod/p2/a] two")
    #expect(result.error == "Found 2 pods, using pod/p2\nDefaulted container \"a\" out of: a, b\n")
    #expect(
      terminal.run("kubectl logs deploy/web -c z").error.hasSuffix("error: container z is not valid for pod p2\n"))
  }

  @Test("Labels are set, changed only with leave, and removed")
  func label() {
    let terminal = terminal()
    terminal.transport.answer("PATCH \(Self.path)/web?fieldManager=kubectl-label", Self.deployment())
    #expect(terminal.run("kubectl label deploy web tier=front").out == "deployment.apps/web labeled\n")
    #expect(terminal.transport.log.last?.hasSuffix(#"{"metadata":{"labels":{"tier":"front"}}}"#) == true)
    #expect(terminal.run("kubectl label deploy web app-").out == "deployment.apps/web unlabeled\n")
    #expect(terminal.transport.log.last?.hasSuffix(#"{"metadata":{"labels":{"app":null}}}"#) == true)
    #expect(terminal.run("kubectl label deploy web app=web").out == "deployment.apps/web not labeled\n")
    #expect(
      terminal.run("kubectl label deploy web x-").out == "label \"x\" not found.\ndeployment.apps/web not labeled\n")
    #expect(
      terminal.run("kubectl label deploy web app=x").error
        == "error: 'app' already has a value (web), and --overwrite is false\n")
  }
}
