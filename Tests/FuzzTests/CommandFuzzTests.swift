import Cluster
import ClusterTesting
import Kinds
import Kubectl
import Loop
import Testing
import Tree

/// What learners type: kubectl's commands in the page's terminal, and shells' in containers. Both run inside the server.
@Suite("Commands under odd input", .serialized)
struct CommandFuzzTests {
  @Test("kubectl takes any line")
  func kubectl() throws {
    let lab = try Lab(seed: 5)
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=2")
    lab.advance(bySeconds: 5)
    try Rounds.run("kubectl", 250) { random in
      let words = (0..<random.below(7)).map { _ in
        random.oneIn(6) ? Texts(random: random).word() : random.pick(Self.words)
      }
      let line = "kubectl \(random.pick(Self.commands)) \(words.joined(separator: " "))"
      lab.kubectl(
        random.oneIn(8) ? line + random.pick([" | ", " && ", " <<E\n", " ; ", " 'x"]) + "kubectl get pods" : line)
    }
  }

  @Test("every table and description takes odd objects")
  func tables() throws {
    let lab = try Lab(seed: 6)
    try Rounds.run("tables", 120) { random in
      let (kind, seed) = random.pick(Seeds.objects)
      var value = ObjectMaker(random: random).mutated(seed, try #require(kind.shape), times: 1 + random.below(5))
      let name = "n\(random.below(1_000_000))"
      if kind.name != "CustomResourceDefinition" { value["metadata", "name"] = .string(name) }
      let target = kind.address(value["metadata", "name"]?.string ?? name)
      guard lab.request("POST", kind.address(), body: value).status == 201 else { return }
      _ = lab.request("PUT", target + "/status", body: value)
      let resource = kind.plural + (kind.group.isEmpty ? "" : "." + kind.group)
      for verb in ["get -o wide", "describe"] {
        let result = lab.kubectl("\(verb) \(resource) \(value["metadata", "name"]?.string ?? name)")
        #expect(result.status == 0 || result.errors.contains("not found"), "\(result.errors)")
      }
      _ = lab.request("DELETE", target + "?gracePeriodSeconds=0")
    }
  }

  @Test("a container's shell takes any script")
  func shell() throws {
    try Rounds.run("shell", 25) { random in
      let lab = try Lab(seed: random.next())
      for index in 0..<12 {
        let script = Texts(random: random).joined(Self.scriptPieces, upTo: random.oneIn(10) ? 300 : 14)
        let pod: Value = [
          "kind": "Pod", "apiVersion": "v1", "metadata": ["name": .string("p\(index)")],
          "spec": [
            "restartPolicy": "Never", "terminationGracePeriodSeconds": 1,
            "containers": [["name": "c", "image": "busybox:1.36", "command": ["sh", "-c", .string(script)]]],
          ],
        ]
        _ = lab.request("POST", "/api/v1/namespaces/default/pods", body: pod)
      }
      lab.cluster.loop.advance(to: lab.now + .seconds(30), limit: 5_000)
      lab.settle()
      #expect(lab.request("GET", "/api/v1/namespaces/default/pods").status == 200)
    }
  }

  @Test("arithmetic of the largest numbers and the deepest parentheses")
  func arithmetic() throws {
    let lab = try Lab(seed: 7)
    let scripts = [
      "echo $(( (0-9223372036854775807-1) / (0-1) ))", "echo $(( (0-9223372036854775807-1) % (0-1) ))",
      "echo $((\(String(repeating: "(", count: 50_000))1))", "echo $((\(String(repeating: "-", count: 50_000))1))",
      String(repeating: "(", count: 20_000), String(repeating: "if true; then ", count: 20_000),
      String(repeating: "$(", count: 20_000), String(repeating: "while :; do ", count: 5_000),
      "sleep 99999999999999999999d",
    ]
    for (index, script) in scripts.enumerated() {
      let made = lab.request(
        "POST", "/api/v1/namespaces/default/pods",
        body: [
          "kind": "Pod", "apiVersion": "v1", "metadata": ["name": .string("p\(index)")],
          "spec": [
            "restartPolicy": "Never",
            "containers": [["name": "c", "image": "busybox:1.36", "command": ["sh", "-c", .string(script)]]],
          ],
        ])
      #expect(made.status == 201)
    }
    lab.cluster.loop.advance(to: lab.now + .seconds(20), limit: 20_000)
    lab.settle()
    #expect(lab.table("pods").split(separator: "\n").count == scripts.count + 1)
  }

  private static let commands = [
    "get", "describe", "create", "apply -f -", "delete", "scale", "rollout status", "rollout undo", "set image",
    "label", "wait",
    "expose", "run", "logs", "exec", "patch", "explain", "top", "drain", "taint", "autoscale", "config view",
    "cluster-info", "",
    "auth can-i", "annotate", "edit", "get pods -o", "events", "api-resources", "diff -f -", "replace -f -",
    "rollout history",
  ]
  private static let words = [
    "pods", "deployment/web", "deployment", "web", "node-1", "nodes", "-A", "-n", "--all", "-o", "wide", "json", "yaml",
    "name",
    "jsonpath={.items[*]}", "custom-columns=A:.b", "go-template={{.x}}", "--replicas=2147483647", "--replicas=-1", "-f",
    "x",
    "--timeout=9999999h", "--timeout=99999999999999999999h", "--timeout=1ns", "--for=condition=Ready", "--for=delete",
    "--for=jsonpath={.a}=b", "--grace-period=-1", "--grace-period=0", "--grace-period=99999999999",
    "--image=nginx:1.27",
    "--port=0", "--port=99999999999", "--tail=-5", "--since=1h", "--since=9999999999h", "--selector=app in (", "-l",
    "app=web",
    "--field-selector=a=b", "--sort-by=.metadata.name", "--sort-by={[}", "--type=json", "-p", "[]", "{}", "--", "sh",
    "-c", "ls",
    "--dry-run=server", "--dry-run=x", "--overwrite", "app-", "key=value", "k=v:NoSchedule", "--min=1", "--max=0", "=",
    "-", "--x",
    "c=nginx:1.28", "--to-revision=99999999999999", "--limit=0", "--chunk-size=-1", "--recursive", "pod.spec.x", "'",
    "\\", "$(", "#",
  ]
  private static let scriptPieces = [
    "echo ", "hi ", "$HOME ", "${A:-b} ", "$(date) ", "`ls` ", "; ", "&& ", "|| ", "| ", "& ", "> /tmp/x ",
    ">> /tmp/x ", "< /tmp/x ",
    "2>&1 ", "\n", "if true; then ", "fi ", "else ", "while true; do ", "for i in 1 2 3; do ", "done ", "case x in ",
    "x) ", ";; ",
    "esac ", "sleep 1 ", "sleep 0.1 ", "exit 3 ", "exit 99999999999 ", "$((1/0)) ", "$((9223372036854775807+1)) ",
    "$((", "))", "( ",
    ") ", "{ ", "} ", "'", "\"", "\\", "$", "#", "*", "cat ", "/etc/hosts ", "wget -qO- http://127.0.0.1 ",
    "head -n -5 ", "tail -n 99 ",
    "seq 1 999999999 ", "printf '%d %s %5d\\n' a b ", "test -f x ", "[ 1 -lt ", "] ", "set -e ", "trap x EXIT ",
    "f() { f; }; f ",
    "read x ", "eval ", "kill 1 ", "cut -d: -f1 ", "grep -c a ", "sort ", "wc -l ", "tr a b ", "sed s/a/b/ ",
    "awk '{print $1}' ",
    "yes ", "dd ", "é ", "\u{0}", "-", "expr 1 + ", "date +%s ", "env ", "export A=b ", "unset A ", "shift 99 ", "$1 ",
    "$99999999999 ",
  ]
}
