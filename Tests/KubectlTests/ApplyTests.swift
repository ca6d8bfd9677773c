import Kubectl
import Testing
import Tree

@Suite("kubectl apply, create, delete, patch")
struct ApplyTests {
  static let path = "/apis/apps/v1/namespaces/default/deployments"
  static let query = "fieldManager=kubectl-client-side-apply&fieldValidation=Strict"

  static func manifest(image: String, args: Bool = true) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - name: web
            image: \(image)\(args ? "\n        args: [\"-v\"]" : "")

    """
  }

  private func lastApplied(_ manifest: String) throws -> Value {
    var value = try YAML.parse(manifest)[0]
    value["metadata", "annotations"] = [:]
    value["metadata", "namespace"] = "default"
    return .string(value.sortedByKeys.jsonText + "\n")
  }

  private func live(_ manifest: String) throws -> Value {
    var value = try YAML.parse(manifest)[0]
    value["metadata", "namespace"] = "default"
    value["metadata", "resourceVersion"] = "5"
    value["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"] = try lastApplied(manifest)
    value["spec", "strategy"] = ["type": "RollingUpdate"]
    let container: Value = ["name": "web", "image": "nginx:1", "args": ["-v"], "imagePullPolicy": "Always"]
    value["spec", "template", "spec", "containers"] = [container, ["name": "sidecar", "image": "x"]]
    return value
  }

  static let schema: Value = [
    "components": [
      "schemas": [
        "Deployment": [
          "x-kubernetes-group-version-kind": [["group": "apps", "version": "v1", "kind": "Deployment"]],
          "properties": [
            "spec": [
              "allOf": [["$ref": "#/components/schemas/Spec"]]
            ]
          ],
        ],
        "Spec": [
          "properties": [
            "template": [
              "properties": [
                "spec": [
                  "properties": [
                    "containers": [
                      "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge", "type": "array",
                    ]
                  ]
                ]
              ]
            ]
          ]
        ],
      ]
    ]
  ]

  @Test("What is not there is created, with the annotation that the next apply needs")
  func creates() throws {
    var terminal = Terminal()
    terminal.files = ["web.yaml": Self.manifest(image: "nginx:1")]
    terminal.transport.refuse(
      "GET \(Self.path)/web", 404, "NotFound", "deployments.apps \"web\" not found", details: ["name": "web"])
    terminal.transport.answer("POST \(Self.path)?\(Self.query)", status: 201, try live(Self.manifest(image: "nginx:1")))
    let result = terminal.run("kubectl apply -f web.yaml")
    #expect(result.out == "deployment.apps/web created\n")
    #expect(result.error == "")
    let sent = try JSON.parse(terminal.transport.calls[1].body)
    #expect(
      sent["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"]
        == (try lastApplied(Self.manifest(image: "nginx:1"))))
  }

  @Test("What is the same is left alone")
  func unchanged() throws {
    var terminal = Terminal()
    terminal.files = ["web.yaml": Self.manifest(image: "nginx:1")]
    terminal.transport.answer("GET \(Self.path)/web", try live(Self.manifest(image: "nginx:1")))
    terminal.transport.answer("GET /openapi/v3/apis/apps/v1", Self.schema)
    #expect(terminal.run("kubectl apply -f web.yaml").out == "deployment.apps/web unchanged\n")
    #expect(terminal.transport.calls.count == 1)
  }

  @Test("Changes go as a strategic merge patch that leaves others' work alone")
  func patches() throws {
    var terminal = Terminal()
    let new = Self.manifest(image: "nginx:2", args: false)
    terminal.files = ["web.yaml": new]
    terminal.transport.answer("GET \(Self.path)/web", try live(Self.manifest(image: "nginx:1")))
    terminal.transport.answer("GET /openapi/v3/apis/apps/v1", Self.schema)
    var changed = try live(new)
    changed["metadata", "resourceVersion"] = "6"
    terminal.transport.answer("PATCH \(Self.path)/web?\(Self.query)", changed)
    #expect(terminal.run("kubectl apply -f web.yaml").out == "deployment.apps/web configured\n")
    let call = terminal.transport.calls[1]
    #expect(call.contentType == "application/strategic-merge-patch+json")
    let patch = try JSON.parse(call.body)
    #expect(
      patch["spec"] == [
        "template": [
          "spec": [
            "$setElementOrder/containers": [["name": "web"]],
            "containers": [["image": "nginx:2", "name": "web", "args": .null]],
          ]
        ]
      ])
    #expect(
      patch["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"] == (try lastApplied(new)))
  }

  @Test("Without the schema a merge patch sends whole lists")
  func withoutSchema() throws {
    var terminal = Terminal()
    terminal.files = ["web.yaml": Self.manifest(image: "nginx:2")]
    terminal.transport.answer("GET \(Self.path)/web", try live(Self.manifest(image: "nginx:1")))
    terminal.transport.refuse("PATCH \(Self.path)/web?\(Self.query)", 403, "Forbidden", "no")
    let result = terminal.run("kubectl apply -f web.yaml")
    #expect(terminal.transport.calls[1].contentType == "application/merge-patch+json")
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("Error from server (Forbidden): error when applying patch:\n{"))
    #expect(
      result.error.hasSuffix(
        "to:\nResource: \"apps/v1, Resource=deployments\", GroupVersionKind: \"apps/v1, Kind=Deployment\"\n"
          + "Name: \"web\", Namespace: \"default\"\nfor: \"web.yaml\": error when patching \"web.yaml\": no\n"))
  }

  @Test(
    "Files that cannot be used are refused in kubectl's words",
    arguments: [
      (
        "a: b: c",
        "error: error parsing x.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context\n"
      ),
      (
        "a:\n\tb: 1",
        "error: error parsing x.yaml: error converting YAML to JSON: yaml: line 2: found character that cannot start any token\n"
      ),
      (
        "kind: Pod\n",
        "error: error validating \"x.yaml\": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false\n"
      ),
      (
        "a: 1\n",
        "error: error validating \"x.yaml\": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false\n"
      ),
      ("# nothing\n", "error: no objects passed to apply\n"),
      (
        "{\"a\" 1}",
        "error: error parsing x.yaml: json: offset 5: invalid character '1' after object key\n"
      ),
      (
        "apiVersion: v9\nkind: Foo\nmetadata: {name: x}\n",
        "error: resource mapping not found for name: \"x\" namespace: \"\" from \"x.yaml\": no matches for kind \"Foo\" in version \"v9\"\nensure CRDs are installed first\n"
      ),
      (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: other}\n",
        "error: the namespace from the provided object \"other\" does not match the namespace \"default\". You must pass '--namespace=other' to perform this operation.\n"
      ),
    ])
  func badFiles(text: String, message: String) {
    var terminal = Terminal()
    terminal.files = ["x.yaml": text]
    let result = terminal.run("kubectl apply -n default -f x.yaml")
    #expect(result.error == message)
    #expect(result.status == 1)
  }

  @Test("A refusal's causes are listed")
  func invalid() {
    var terminal = Terminal()
    terminal.files = ["x.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n"]
    let causes: Value = [
      ["field": "spec.containers", "message": "Required value", "reason": "FieldValueRequired"],
      ["field": "spec.x", "message": "Invalid value: 1", "reason": "FieldValueInvalid"],
    ]
    let request = "POST /api/v1/namespaces/default/pods?fieldManager=kubectl-create&fieldValidation=Strict"
    terminal.transport.refuse(
      request, 422, "Invalid", "long text", details: ["kind": "Pod", "name": "x", "causes": causes])
    #expect(
      terminal.run("kubectl create -f x.yaml").error
        == "The Pod \"x\" is invalid: \n* spec.containers: Required value\n* spec.x: Invalid value: 1\n")
    let other = Terminal()
    other.transport.refuse(
      request, 409, "AlreadyExists", "pods \"x\" already exists", details: ["kind": "pods", "name": "x"])
    let line = "kubectl create -f - <<EOF\napiVersion: v1\nkind: Pod\nmetadata: {name: x}\nEOF"
    #expect(
      other.run(line).error
        == "Error from server (AlreadyExists): error when creating \"STDIN\": pods \"x\" already exists\n")
  }

  @Test(
    "Generators make the objects that kubectl makes",
    arguments: [
      (
        "deployment web --image=nginx:1.27 --replicas=3 --port=80",
        #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"app":"web"},"name":"web"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"strategy":{},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"nginx:1.27","name":"nginx","ports":[{"containerPort":80}],"resources":{}}]}}},"status":{}}"#
      ),
      (
        "configmap c --from-literal=a=1 --from-literal=b=x=y,z --from-file=f.txt",
        #"{"apiVersion":"v1","data":{"a":"1","b":"x=y,z","f.txt":"text"},"kind":"ConfigMap","metadata":{"name":"c"}}"#
      ),
      (
        "secret generic s --from-literal=password=s3cr3t",
        #"{"apiVersion":"v1","data":{"password":"czNjcjN0"},"kind":"Secret","metadata":{"name":"s"}}"#
      ),
      ("namespace n", #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"n"},"spec":{},"status":{}}"#),
      (
        "service clusterip web --tcp=80:8080",
        #"{"apiVersion":"v1","kind":"Service","metadata":{"labels":{"app":"web"},"name":"web"},"spec":{"ports":[{"name":"80-8080","port":80,"protocol":"TCP","targetPort":8080}],"selector":{"app":"web"},"type":"ClusterIP"},"status":{"loadBalancer":{}}}"#
      ),
    ])
  func generators(arguments: String, expected: String) throws {
    var terminal = Terminal()
    terminal.files = ["f.txt": "text"]
    let result = terminal.run("kubectl create \(arguments) --dry-run=client -o json")
    #expect(result.error == "")
    #expect(try JSON.parse(result.out).sortedByKeys.jsonText == expected)
    #expect(terminal.transport.calls.isEmpty)
  }

  @Test("A pod of kubectl run is piped into apply")
  func piped() {
    let terminal = Terminal()
    terminal.transport.refuse(
      "GET /api/v1/namespaces/default/pods/web", 404, "NotFound", "no", details: ["name": "web"])
    terminal.transport.answer(
      "POST /api/v1/namespaces/default/pods?\(Self.query)", status: 201, ["metadata": ["name": "web"]])
    let result = terminal.run("kubectl run web --image=nginx --dry-run=client -o yaml | kubectl apply -f -")
    #expect(result.out == "pod/web created\n")
  }

  @Test("Deletion waits until the object is gone")
  func deletes() throws {
    let terminal = Terminal()
    let pods = "/api/v1/namespaces/default/pods"
    let pod: Value = ["metadata": ["name": "web", "uid": "u1", "resourceVersion": "5"]]
    terminal.transport.answer("DELETE \(pods)/web", pod)
    terminal.transport.answer(
      "GET \(pods)?fieldSelector=metadata.name%3Dweb", ["metadata": ["resourceVersion": "8"], "items": [pod]])
    terminal.transport.watch(
      "GET \(pods)?fieldSelector=metadata.name%3Dweb&resourceVersion=8&watch=true",
      [("MODIFIED", pod), ("DELETED", pod), ("ADDED", pod)])
    let result = terminal.run("kubectl delete pod web --grace-period=5")
    #expect(result.out == "pod \"web\" deleted from default namespace\n")
    #expect(result.status == 0)
    #expect(
      terminal.transport.log[0]
        == "DELETE \(pods)/web {\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"gracePeriodSeconds\":5,\"propagationPolicy\":\"Background\"}"
    )
    #expect(terminal.transport.calls.count == 3)
  }

  @Test(
    "Deletion's mistakes are said in kubectl's words",
    arguments: [
      ("kubectl delete pods", "error: resource(s) were provided, but no name was specified\n"),
      (
        "kubectl delete pods web --now --grace-period=3",
        "error: --now and --grace-period cannot be specified together\n"
      ),
      (
        "kubectl delete pods web --cascade=foo",
        "error: invalid cascade value (foo). Must be \"background\", \"foreground\", or \"orphan\"\n"
      ),
      ("kubectl delete pod x", "Error from server (NotFound): pods \"x\" not found\n"),
    ])
  func deletionMistakes(line: String, message: String) {
    let terminal = Terminal()
    terminal.transport.refuse("DELETE /api/v1/namespaces/default/pods/x", 404, "NotFound", "pods \"x\" not found")
    let result = terminal.run(line)
    #expect(result.error == message)
    #expect(result.status == 1)
  }
}
