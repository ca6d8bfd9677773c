import API
import ClusterTesting
import Kinds
import Store
import Testing
import Tree

/// What the cluster says when somebody asks why.
@Suite("Explanations") struct ExplanationTests {
  private func why(_ lab: Lab, _ spec: Value, as user: String = "admin") -> (status: Int, answer: Value) {
    let reply = lab.request(
      "POST", "/apis/podium.dev/v1/explanations",
      body: ["kind": "Explanation", "apiVersion": "podium.dev/v1", "spec": spec], as: user)
    return (reply.status, reply.status == 201 ? reply.value["status"] ?? .null : reply.value)
  }

  private func pod(_ name: String, language: String = "en") -> Value {
    ["object": ["kind": "Pod", "name": .string(name)], "language": .string(language)]
  }

  private func reasons(_ answer: Value) -> [String] {
    (answer["findings"]?.array ?? []).compactMap { $0["reason"]?.string }
  }

  private func texts(_ answer: Value) -> [String] {
    (answer["findings"]?.array ?? []).compactMap { $0["text"]?.string }
  }

  @Test("a pod's chain of causes goes back over its ReplicaSet and Deployment to the user who asked")
  func chain() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.advance(bySeconds: 10)
    let name = try #require(lab.objects(.pod).first?["metadata", "name"]?.string)
    let answer = why(lab, pod(name)).answer
    let actors = (answer["causes"]?.array ?? []).compactMap { $0["actor"]?.string }
    #expect(actors == ["replicaset-controller", "deployment-controller", "admin"])
    let objects = (answer["causes"]?.array ?? []).compactMap { $0["object"]?.string }
    #expect(objects.last == "deployments.apps/default/web")
    #expect(reasons(answer) == ["Exists", "Scheduled"])
  }

  @Test("a pod that asks for too much hears by how much on every node")
  func shortfall() throws {
    let lab = try Lab()
    let allocatable = lab.objects(.node).first?["status", "allocatable", "cpu"]?.string
    let cores = try #require(allocatable.flatMap { Quantity($0) }).milliValue
    lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: big}
      spec:
        containers: [{name: c, image: nginx:1.27, resources: {requests: {cpu: \(cores + 200)m}}}]
      """)
    lab.advance(bySeconds: 2)
    let answer = why(lab, pod("big")).answer
    #expect(reasons(answer) == ["Exists", "Unschedulable", "WouldHelp", "WouldHelp", "WouldHelp"])
    #expect(texts(answer).contains("200m less cpu requested, or as much freed, and node-1 would take it."))
    let node = answer["nodes"]?.array?.first
    #expect(node?["plugin"] == "NodeResourcesFit")
    #expect(node?["reasons"] == ["Insufficient cpu"])
  }

  @Test("remedies name the taint, the label and the cordon")
  func remedies() throws {
    let lab = try Lab()
    lab.kubectl("taint nodes node-1 gpu=yes:NoSchedule")
    lab.kubectl("cordon node-2")
    lab.apply(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: picky}
      spec:
        nodeSelector: {disk: ssd}
        containers: [{name: c, image: nginx:1.27}]
      """)
    lab.advance(bySeconds: 2)
    let text = texts(why(lab, pod("picky")).answer).joined(separator: "\n")
    #expect(text.contains("toleration for gpu=yes:NoSchedule"))
    #expect(text.contains("kubectl uncordon node-2"))
    #expect(text.contains("kubectl label node node-3 disk=ssd"))
  }

  @Test("the same in Korean")
  func korean() throws {
    let lab = try Lab()
    lab.kubectl("cordon node-1 node-2 node-3")
    lab.kubectl("run web --image=nginx:1.27")
    lab.advance(bySeconds: 2)
    let text = texts(why(lab, pod("web", language: "ko")).answer).joined(separator: "\n")
    #expect(text.contains("kubectl uncordon node-1 하면 받습니다"))
  }

  @Test("an object that is held by a finalizer names it and who asked for its deletion")
  func finalizers() throws {
    let lab = try Lab()
    lab.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/keep]}}")
    lab.kubectl("delete configmap held --wait=false")
    let answer = why(lab, ["object": ["kind": "configmaps", "name": "held"]]).answer
    #expect(reasons(answer) == ["Exists", "DeletionRequested", "FinalizersRemain"])
    #expect(texts(answer)[1] == "admin asked for its deletion.")
    #expect(texts(answer)[2].hasSuffix("example.com/keep."))
  }

  @Test("of what is gone, who deleted it")
  func deleted() throws {
    let lab = try Lab()
    lab.kubectl("create configmap settings --from-literal=a=1")
    lab.kubectl("delete configmap settings")
    let answer = why(lab, ["object": ["kind": "ConfigMap", "name": "settings"]]).answer
    #expect(reasons(answer) == ["Deleted"])
    #expect(answer["causes"]?.array?.first?["actor"] == "admin")
  }

  @Test("a Service whose selector has a typing error hears which pods are near")
  func traffic() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.apply(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: wep}, ports: [{port: 80}]}
      """)
    lab.advance(bySeconds: 10)
    let answer = why(lab, ["object": ["kind": "svc", "name": "web"]]).answer
    #expect(reasons(answer) == ["Exists", "NoPodMatches"])
    #expect(texts(answer)[1].contains("(app=web)"))
  }

  @Test("a rollout that is stuck says what its pods wait for")
  func stuckRollout() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:no-such-tag")
    lab.advance(bySeconds: 700)
    let answer = why(lab, ["object": ["kind": "deployment", "name": "web"]]).answer
    #expect(reasons(answer).contains("ProgressDeadlineExceeded"))
    #expect(reasons(answer).contains { ["ErrImagePull", "ImagePullBackOff"].contains($0) })
  }

  @Test("what is forbidden comes with the smallest rule that would allow it")
  func access() throws {
    let lab = try Lab()
    let spec: Value = [
      "access": [
        "user": "jane", "verb": "delete", "resource": "pods", "namespace": "default", "name": "web",
      ]
    ]
    let answer = why(lab, spec).answer
    #expect(reasons(answer) == ["Forbidden"])
    #expect(
      answer["rule"] == ["verbs": ["delete"], "apiGroups": [""], "resources": ["pods"], "resourceNames": ["web"]])
    lab.apply(
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: deleter}
      rules: [{verbs: [delete], apiGroups: [""], resources: [pods], resourceNames: [web]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: deleter}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deleter}
      subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}]
      """)
    #expect(reasons(why(lab, spec).answer) == ["Allowed"])
  }

  @Test("one who may not see an object hears nothing about it")
  func secrecy() throws {
    let lab = try Lab()
    lab.kubectl("create secret generic key -n kube-system --from-literal=a=1")
    let spec: Value = ["object": ["kind": "Secret", "namespace": "kube-system", "name": "key"]]
    #expect(why(lab, spec, as: "learner").status == 403)
    #expect(why(lab, spec, as: "nobody").status == 403)
    #expect(why(lab, ["access": ["user": "admin", "verb": "get", "resource": "pods"]], as: "learner").status == 403)
  }

  @Test("wrong questions are refused with what is missing")
  func wrongQuestions() throws {
    let lab = try Lab()
    #expect(why(lab, [:]).status == 400)
    #expect(why(lab, ["object": ["kind": "Pod"]]).answer["message"]?.string?.contains("spec.object.name") == true)
    #expect(why(lab, ["object": ["kind": "Pod", "name": "nobody"]]).status == 404)
    #expect(why(lab, ["access": ["resource": "pods"]]).status == 400)
    #expect(why(lab, ["object": ["kind": "Pod", "name": "x"], "language": "tlh"]).status == 422)
  }

  @Test("podium why writes it out in the terminal")
  func terminal() throws {
    let lab = try Lab()
    lab.kubectl("run web --image=nginx:1.27")
    lab.advance(bySeconds: 10)
    let said = lab.terminal("podium why pod web")
    #expect(said.status == 0)
    #expect(said.output.contains("The scheduler chose node-"))
    #expect(said.output.contains("admin created pods/default/web"))
    #expect(lab.terminal("why can-i delete nodes --as jane").output.contains("- nodes"))
  }
}
