import Kinds
import Loop
import Store
import Testing
import Tree

@testable import API

@Suite("Admission")
struct AdmissionTests {
  private let world = World()

  private func pod(_ name: String, _ resources: String = "{}", spec: String = "") -> String {
    """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)"},
    "spec":{"containers":[{"name":"c","image":"nginx:1.27","resources":\(resources)}]\(spec)}}
    """
  }

  private func post(_ body: String, _ resource: String = "pods", query: String = "") -> Answer {
    world.send("POST", "/api/v1/namespaces/default/\(resource)\(query)", body)
  }

  private func limit(_ limits: String) {
    _ = post(
      """
      {"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"lr"},"spec":{"limits":[\(limits)]}}
      """, "limitranges")
  }

  private func quota(_ spec: String) {
    _ = post(
      """
      {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":\(spec)}
      """, "resourcequotas")
  }

  // MARK: LimitRanger

  @Test("A LimitRange gives containers requests and limits, and says so in an annotation")
  func limitDefaults() {
    limit(#"{"type":"Container","default":{"cpu":"500m"},"defaultRequest":{"cpu":"100m"}}"#)
    let answer = post(pod("a"))
    #expect(answer.status == 201)
    let resources = answer.value["spec", "containers"]?.array?[0]["resources"]
    #expect(resources?["limits", "cpu"] == "500m")
    #expect(resources?["requests", "cpu"] == "100m")
    #expect(
      answer.value["metadata", "annotations", "kubernetes.io/limit-ranger"]
        == "LimitRanger plugin set: cpu request for container c; cpu limit for container c")
  }

  @Test(
    "A LimitRange's bounds refuse a pod in Kubernetes' words",
    arguments: [
      (
        #"{"limits":{"cpu":"3"},"requests":{"cpu":"1"}}"#,
        "pods \"b\" is forbidden: [maximum cpu usage per Container is 1, but limit is 3, "
          + "maximum cpu usage per Pod is 2, but limit is 3]"
      ),
      (
        #"{"requests":{"cpu":"10m"},"limits":{"cpu":"20m"}}"#,
        "pods \"b\" is forbidden: minimum cpu usage per Container is 50m, but request is 10m"
      ),
      (
        #"{"requests":{"cpu":"100m"},"limits":{"cpu":"1"}}"#,
        "pods \"b\" is forbidden: cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000"
      ),
    ])
  func limitBounds(resources: String, message: String) {
    limit(
      #"{"type":"Container","max":{"cpu":"1"},"min":{"cpu":"50m"},"maxLimitRequestRatio":{"cpu":"4"}},"#
        + #"{"type":"Pod","max":{"cpu":"2"}}"#)
    let answer = post(pod("b", resources))
    #expect(answer.status == 403)
    #expect(answer.message == message)
  }

  @Test("A LimitRange bounds the storage of claims")
  func claimBounds() {
    limit(#"{"type":"PersistentVolumeClaim","max":{"storage":"1Gi"}}"#)
    let claim = """
      {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"],
      "resources":{"requests":{"storage":"2Gi"}}}}
      """
    #expect(
      post(claim, "persistentvolumeclaims").message == "persistentvolumeclaims \"d\" is forbidden: "
        + "maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi")
  }

  // MARK: Quotas

  @Test("A quota refuses what goes beyond it, and counts dry runs as nothing")
  func quotas() {
    quota(#"{"hard":{"pods":"1","count/configmaps":"1"}}"#)
    #expect(post(pod("a"), query: "?dryRun=All").status == 201)
    #expect(post(pod("a")).status == 201)
    #expect(
      post(pod("b")).message
        == "pods \"b\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1")
    #expect(post(World.configMap("a"), "configmaps").status == 201)
    #expect(
      post(World.configMap("b"), "configmaps").message == "configmaps \"b\" is forbidden: exceeded quota: q, "
        + "requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1")
  }

  @Test("A quota's status grows with each object that counts")
  func quotaStatus() {
    quota(#"{"hard":{"requests.cpu":"300m"}}"#)
    let path = "/api/v1/namespaces/default/resourcequotas/q"
    let status = #"{"status":{"hard":{"requests.cpu":"300m"},"used":{"requests.cpu":"0"}}}"#
    world.send("PATCH", path + "/status", status, type: "application/merge-patch+json")
    #expect(post(pod("a", #"{"requests":{"cpu":"200m"}}"#)).status == 201)
    #expect(world.send("GET", path).value["status", "used", "requests.cpu"] == "200m")
    #expect(post(pod("b", #"{"requests":{"cpu":"200m"}}"#)).message.contains("used: requests.cpu=200m"))
    #expect(post(pod("b")).message == "pods \"b\" is forbidden: failed quota: q: must specify requests.cpu for: c")
  }

  @Test("A quota with a scope counts only the pods in it")
  func quotaScopes() {
    quota(#"{"hard":{"pods":"0"},"scopes":["BestEffort"]}"#)
    #expect(post(pod("a", #"{"requests":{"cpu":"1m"}}"#)).status == 201)
    #expect(post(pod("b")).status == 403)
  }

  @Test("Making a Service a NodePort takes of the quota's node ports")
  func nodePortQuota() {
    quota(#"{"hard":{"services.nodeports":"0"}}"#)
    let service = #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80}]}}"#
    #expect(post(service, "services").status == 201)
    let answer = world.send(
      "PATCH", "/api/v1/namespaces/default/services/s", #"{"spec":{"type":"NodePort"}}"#,
      type: "application/merge-patch+json")
    #expect(
      answer.message == "services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, "
        + "used: services.nodeports=0, limited: services.nodeports=0")
  }

  // MARK: PodSecurity

  private func secure(_ labels: String) -> Answer {
    world.send(
      "PATCH", "/api/v1/namespaces/default", #"{"metadata":{"labels":{\#(labels)}}}"#,
      type: "application/merge-patch+json")
  }

  @Test("A restricted namespace names all that is missing")
  func restricted() {
    _ = secure(#""pod-security.kubernetes.io/enforce":"restricted""#)
    #expect(
      post(pod("a")).message == "pods \"a\" is forbidden: violates PodSecurity \"restricted:latest\": "
        + "allowPrivilegeEscalation != false (container \"c\" must set "
        + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\" must set "
        + "securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or container \"c\" must set "
        + "securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must set "
        + "securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")")
  }

  @Test("A baseline namespace refuses the host's things and takes a plain pod")
  func baseline() {
    _ = secure(#""pod-security.kubernetes.io/enforce":"baseline""#)
    #expect(post(pod("a")).status == 201)
    #expect(
      post(pod("b", spec: #","hostNetwork":true,"volumes":[{"name":"v","hostPath":{"path":"/"}}]"#)).message
        == "pods \"b\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true), "
        + "hostPath volumes (volume \"v\")")
  }

  @Test("A pod with user IDs of its own may be root in them, but restricted still wants its /proc covered")
  func ownUsers() {
    _ = secure(#""pod-security.kubernetes.io/enforce":"restricted""#)
    let pod =
      #"{"metadata":{"name":"u"},"spec":{"hostUsers":false,"#
      + #""securityContext":{"runAsUser":0,"seccompProfile":{"type":"RuntimeDefault"}},"#
      + #""containers":[{"name":"c","image":"nginx:1.27","securityContext":{"allowPrivilegeEscalation":false,"#
      + #""procMount":"Unmasked","capabilities":{"drop":["ALL"]}}}]}}"#
    #expect(
      post(pod).message == "pods \"u\" is forbidden: violates PodSecurity \"restricted:latest\": "
        + "procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")")
    _ = secure(#""pod-security.kubernetes.io/enforce-version":"v1.34""#)
    #expect(
      post(pod).message == "pods \"u\" is forbidden: violates PodSecurity \"restricted:v1.34\": "
        + "procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\"), "
        + "runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true), "
        + "runAsUser=0 (pod must not set runAsUser=0)")
    _ = secure(
      #""pod-security.kubernetes.io/enforce":"baseline","pod-security.kubernetes.io/enforce-version":"latest""#)
    #expect(post(pod).status == 201)
  }

  @Test("A workload is warned of, not refused")
  func workloadWarning() {
    _ = secure(#""pod-security.kubernetes.io/enforce":"restricted""#)
    let answer = world.send(
      "POST", "/apis/apps/v1/namespaces/default/deployments",
      """
      {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
      "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx:1.27"}]}}}}
      """)
    #expect(answer.status == 201)
    let warnings = answer.response.headers.filter { $0.name == "Warning" }.map(\.value)
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasPrefix("299 - \"would violate PodSecurity \\\"restricted:latest\\\": ") == true)
  }

  @Test("A namespace's level must be one; a stricter one warns of the pods that are there")
  func namespaceLabels() {
    #expect(
      secure(#""pod-security.kubernetes.io/enforce":"strict""#).message
        .contains("Invalid value: \"strict\": must be one of privileged, baseline, restricted"))
    _ = post(pod("a", spec: #","hostPID":true"#))
    let warnings = secure(#""pod-security.kubernetes.io/enforce":"baseline""#).response.headers
      .filter { $0.name == "Warning" }.map(\.value)
    #expect(
      warnings == [
        "299 - \"existing pods in namespace \\\"default\\\" violate the new PodSecurity enforce level "
          + "\\\"baseline:latest\\\"\"", "299 - \"a: host namespaces\"",
      ])
  }

  // MARK: Priorities, storage, service accounts

  @Test("A pod has its class's priority; the default class is for those that name none")
  func priorities() {
    for body in [
      #"{"metadata":{"name":"high"},"value":1000,"preemptionPolicy":"Never"}"#,
      #"{"metadata":{"name":"usual"},"value":7,"globalDefault":true}"#,
    ] { world.send("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", body) }
    let high = post(pod("a", spec: #","priorityClassName":"high""#)).value
    #expect(high["spec", "priority"] == 1000)
    #expect(high["spec", "preemptionPolicy"] == "Never")
    let usual = post(pod("b")).value
    #expect(usual["spec", "priority"] == 7)
    #expect(usual["spec", "priorityClassName"] == "usual")
    #expect(
      post(pod("c", spec: #","priorityClassName":"nope""#)).message
        == "pods \"c\" is forbidden: no PriorityClass with name nope was found")
    #expect(
      post(pod("d", spec: #","priority":5"#)).message.hasPrefix(
        "pods \"d\" is forbidden: the integer value of priority (5) must not be provided in pod spec"))
    #expect(
      world.send(
        "POST", "/apis/scheduling.k8s.io/v1/priorityclasses",
        #"{"metadata":{"name":"second"},"value":8,"globalDefault":true}"#
      ).message.hasSuffix("PriorityClass usual is already marked as default. Only one default can exist"))
  }

  @Test("A claim gets the default class, and is held until nobody uses it")
  func claims() {
    world.send(
      "POST", "/apis/storage.k8s.io/v1/storageclasses",
      """
      {"metadata":{"name":"fast","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},
      "provisioner":"example.com/disk"}
      """)
    let claim = post(
      """
      {"metadata":{"name":"d"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}
      """, "persistentvolumeclaims"
    ).value
    #expect(claim["spec", "storageClassName"] == "fast")
    #expect(claim["metadata", "finalizers"] == ["kubernetes.io/pvc-protection"])
  }

  @Test("A pod gets its service account's secrets for images")
  func imagePullSecrets() {
    world.create(.serviceAccount, ["metadata": ["name": "default"], "imagePullSecrets": [["name": "registry"]]])
    #expect(post(pod("a")).value["spec", "imagePullSecrets"] == [["name": "registry"]])
  }

  @Test("An Ingress gets the default class")
  func ingressClass() {
    world.send(
      "POST", "/apis/networking.k8s.io/v1/ingressclasses",
      """
      {"metadata":{"name":"front","annotations":{"ingressclass.kubernetes.io/is-default-class":"true"}},
      "spec":{"controller":"example.com/front"}}
      """)
    let answer = world.send(
      "POST", "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
      #"{"metadata":{"name":"i"},"spec":{"defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}"#)
    #expect(answer.value["spec", "ingressClassName"] == "front")
  }

  @Test("A RuntimeClass adds its overhead and its nodes' labels; one that is not there refuses the pod")
  func runtimeClass() {
    world.send(
      "POST", "/apis/node.k8s.io/v1/runtimeclasses",
      """
      {"metadata":{"name":"box"},"handler":"box","overhead":{"podFixed":{"memory":"64Mi"}},
      "scheduling":{"nodeSelector":{"box":"yes"}}}
      """)
    let boxed = post(pod("a", spec: #","runtimeClassName":"box""#)).value
    #expect(boxed["spec", "overhead", "memory"] == "64Mi")
    #expect(boxed["spec", "nodeSelector", "box"] == "yes")
    #expect(
      post(pod("b", spec: #","runtimeClassName":"nope""#)).message
        == "pods \"b\" is forbidden: pod rejected: RuntimeClass \"nope\" not found")
  }

  // MARK: Names

  @Test("A name that is taken is made anew, eight times at most")
  func generatedNames() {
    let body = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"g-"}}"#
    let names = Loop(now: world.loop.now, seed: 7).random("names")
    func take() { _ = post(World.configMap("g-" + names.suffix()), "configmaps") }
    for _ in 0..<7 { take() }
    #expect(post(body, "configmaps").value["metadata", "name"]?.string == "g-" + names.suffix())
    for _ in 0..<8 { take() }
    let answer = post(body, "configmaps")
    #expect(answer.status == 409)
    #expect(answer.reason == "AlreadyExists")
    #expect(
      answer.message.hasSuffix("already exists, the server was not able to generate a unique name for the object"))
  }
}
