import Kubectl
import Testing
import Tree

@Suite("kubectl get")
struct GetTests {
  static let podColumns = ["Name", "Ready", "Status", "Restarts", "Age", "IP*", "Node*"]

  static func object(_ name: String, _ labels: Value = [:], namespace: String = "default") -> Value {
    ["metadata": ["name": .string(name), "namespace": .string(namespace), "labels": labels, "resourceVersion": "7"]]
  }

  static let pods = ScriptedTransport.table(
    podColumns,
    [
      (object("web-1", ["app": "web", "tier": "front"]), ["web-1", "1/1", "Running", 0, "5s", "10.0.0.1", "node-1"]),
      (object("a-longer-name"), ["a-longer-name", "0/1", "Pending", 12, "3m", .null, "node-2"]),
    ])

  private func terminal() -> Terminal {
    let terminal = Terminal()
    terminal.transport.answer("GET /api/v1/namespaces/default/pods?limit=500", Self.pods)
    return terminal
  }

  @Test("A list is the server's table in columns")
  func table() {
    let terminal = terminal()
    let result = terminal.run("kubectl get pods")
    #expect(
      result.out == """
        NAME            READY   STATUS    RESTARTS   AGE
        web-1           1/1     Running   0          5s
        a-longer-name   0/1     Pending   12         3m

        """)
    #expect(result.status == 0)
    #expect(terminal.transport.calls[0].accept == "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
  }

  @Test("-o wide, --show-labels, -L and --no-headers change the columns")
  func columns() {
    #expect(
      terminal().run("k get po -o wide").out == """
        NAME            READY   STATUS    RESTARTS   AGE   IP         NODE
        web-1           1/1     Running   0          5s    10.0.0.1   node-1
        a-longer-name   0/1     Pending   12         3m    <none>     node-2

        """)
    #expect(
      terminal().run("kubectl get pod --show-labels --no-headers -L tier").out == """
        web-1           1/1   Running   0     5s    front   app=web,tier=front
        a-longer-name   0/1   Pending   12    3m            <none>

        """)
  }

  @Test(
    "Options may stand anywhere and be joined to their values",
    arguments: ["-n kube-system", "-nkube-system", "--namespace=kube-system", "-n=kube-system"])
  func namespaces(option: String) {
    for line in ["kubectl get pods \(option)", "kubectl \(option) get pods"] {
      let terminal = Terminal()
      terminal.transport.answer(
        "GET /api/v1/namespaces/kube-system/pods?limit=500", ScriptedTransport.table(Self.podColumns, []))
      let result = terminal.run(line)
      #expect(result.error == "No resources found in kube-system namespace.\n")
      #expect(result.status == 0)
    }
  }

  @Test("All namespaces have a column of their own, and selectors go to the server")
  func allNamespaces() {
    let terminal = Terminal()
    let path = "/api/v1/pods?fieldSelector=status.phase%3DRunning&labelSelector=app+in+%28a%2Cb%29&limit=500"
    terminal.transport.answer("GET \(path)", Self.pods)
    let out = terminal.run("kubectl get pods -A -l 'app in (a,b)' --field-selector status.phase=Running").out
    #expect(out.hasPrefix("NAMESPACE   NAME            READY"))
    #expect(out.contains("default     web-1           1/1"))
  }

  @Test("Several kinds come one after the other, with their kinds before the names")
  func severalKinds() {
    let terminal = terminal()
    terminal.transport.answer(
      "GET /apis/apps/v1/namespaces/default/deployments?limit=500",
      ScriptedTransport.table(["Name", "Ready"], [(Self.object("web"), ["web", "1/1"])]))
    #expect(
      terminal.run("kubectl get deploy,pods").out == """
        NAME                  READY
        deployment.apps/web   1/1

        NAME                READY   STATUS    RESTARTS   AGE
        pod/web-1           1/1     Running   0          5s
        pod/a-longer-name   0/1     Pending   12         3m

        """)
  }

  @Test("What is not there is said for each name, in the server's words")
  func notFound() {
    let terminal = Terminal()
    for name in ["a", "b"] {
      terminal.transport.refuse(
        "GET /api/v1/namespaces/default/pods/\(name)", 404, "NotFound", "pods \"\(name)\" not found")
    }
    let result = terminal.run("kubectl get pods a b")
    #expect(
      result.error
        == "Error from server (NotFound): pods \"a\" not found\nError from server (NotFound): pods \"b\" not found\n")
    #expect(result.status == 1)
    #expect(terminal.run("kubectl get pod a --ignore-not-found").status == 0)
  }

  @Test(
    "Mistakes are said in kubectl's words",
    arguments: [
      ("kubectl get foos", "error: the server doesn't have a resource type \"foos\"\n"),
      ("kubectl get pods --foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"),
      ("kubectl get pods -Z", "error: unknown shorthand flag: 'Z' in -Z\nSee 'kubectl get --help' for usage.\n"),
      ("kubectl get pods -o", "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"),
      (
        "kubectl get pods/a pods",
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n"
      ),
      ("kubectl get pods a -A", "error: a resource cannot be retrieved by name across all namespaces\n"),
      ("kubectl get pods a -l x=y", "error: name cannot be provided when a selector is specified\n"),
      ("kubectl get pods -o jsonpath='{.a'", "error: error parsing jsonpath {.a, unclosed action\n"),
      ("kubectl gett pods", "error: unknown command \"gett\" for \"kubectl\"\n\nDid you mean this?\n\tset\n\tget\n"),
      ("kubectl get -f none.yaml", "error: the path \"none.yaml\" does not exist\n"),
      ("kubectl get pods,svc -w", "error: you may only specify a single resource type\n"),
    ])
  func mistakes(line: String, message: String) {
    let result = Terminal().run(line)
    #expect(result.error == message)
    #expect(result.out == "")
    #expect(result.status == 1)
  }

  @Test("Objects are printed as YAML, JSON, names, templates and columns of one's own")
  func objects() {
    let terminal = Terminal()
    let list: Value = [
      "kind": "PodList", "apiVersion": "v1", "metadata": ["resourceVersion": "9"],
      "items": [
        ["metadata": ["name": "b", "managedFields": [["manager": "x"]]], "spec": ["n": 2]],
        ["metadata": ["name": "a"], "spec": [:]],
      ],
    ]
    terminal.transport.answer("GET /api/v1/namespaces/default/pods?limit=500", list)
    #expect(terminal.run("kubectl get pods -o name").out == "pod/b\npod/a\n")
    #expect(terminal.run("kubectl get pods -o jsonpath='{.items[*].metadata.name}'").out == "b a")
    #expect(
      terminal.run("kubectl get pods -o custom-columns=NAME:.metadata.name,N:.spec.n --sort-by=.metadata.name").out
        == "NAME   N\na      <none>\nb      2\n")
    #expect(
      terminal.run("kubectl get pods -o yaml").out == """
        apiVersion: v1
        items:
        - apiVersion: v1
          kind: Pod
          metadata:
            name: b
          spec:
            "n": 2
        - apiVersion: v1
          kind: Pod
          metadata:
            name: a
          spec: {}
        kind: List
        metadata:
          resourceVersion: ""

        """)
  }

  @Test("A watch shows the list, then each change in the same columns")
  func watches() {
    let terminal = terminal()
    let row = { (status: String) -> Value in
      ScriptedTransport.table([], [(Self.object("web-1"), ["web-1", "0/1", .string(status), 0, "9s", .null, .null])])
    }
    terminal.transport.watch(
      "GET /api/v1/namespaces/default/pods?resourceVersion=100&watch=true",
      [("MODIFIED", row("Terminating")), ("BOOKMARK", [:]), ("DELETED", row("Terminating"))])
    let result = terminal.run("kubectl get pods -w --output-watch-events")
    #expect(
      result.out == """
        EVENT   NAME            READY   STATUS    RESTARTS   AGE
        ADDED   web-1           1/1     Running   0          5s
        ADDED   a-longer-name   0/1     Pending   12         3m
        MODIFIED   web-1           0/1     Terminating   0          9s
        DELETED    web-1           0/1     Terminating   0          9s

        """)
    #expect(result.status == 0)
  }
}
