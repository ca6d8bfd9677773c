import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("The shell in a container")
struct ShellTests {
  /// What a script writes, its end as `exit N` or `running`.
  private func output(_ script: String, image: String = "busybox", advance: Duration = .seconds(30)) throws -> [String]
  {
    let world = World()
    try world.run(
      "web", image: image, container: ["command": ["sh", "-c", .string(script)]], spec: ["restartPolicy": "Never"])
    world.advance(advance)
    let lines = world.nodes.log(pod: Kind.pod.key(namespace: "default", name: "web"), container: "web") ?? []
    let end = world.pod("web")?.status.containerStatuses.first?.state?["terminated"]?["exitCode"]?.integer
    return lines.map(\.text) + [end.map { "exit \($0)" } ?? "running"]
  }

  @Test(arguments: [
    ("echo hello world", ["hello world", "exit 0"]),
    ("echo 'a  b' \"c  d\"", ["a  b c  d", "exit 0"]),
    ("x=5; echo $((x * 2 + 1))", ["11", "exit 0"]),
    ("for i in 1 2 3; do echo $i; done", ["1", "2", "3", "exit 0"]),
    ("i=0; while [ $i -lt 3 ]; do echo n$i; i=$((i+1)); done; exit 4", ["n0", "n1", "n2", "exit 4"]),
    ("false && echo no || echo yes", ["yes", "exit 0"]),
    ("if [ -f /nope ]; then echo there; else echo absent; fi", ["absent", "exit 0"]),
    ("echo one > /tmp/a; echo two >> /tmp/a; cat /tmp/a | wc -l", ["2", "exit 0"]),
    ("echo \"host is $(hostname)\"", ["host is web", "exit 0"]),
    ("nosuch", ["sh: nosuch: not found", "exit 127"]),
    ("echo ${NAME:-nobody}", ["nobody", "exit 0"]),
    ("case abc in a*) echo match;; *) echo no;; esac", ["match", "exit 0"]),
    ("set -e; false; echo never", ["exit 1"]),
    ("echo a; sleep 1000", ["a", "running"]),
    ("for i in 1 2 3; do if [ $i = 2 ]; then break; fi; echo $i; done; echo after", ["1", "after", "exit 0"]),
    ("for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", ["1", "3", "exit 0"]),
    ("cat <<EOF\nline $((1+1))\nEOF", ["line 2", "exit 0"]),
    ("date -u +%Y-%m-%d", ["2026-11-21", "exit 0"]),
    ("echo 'oops", ["sh: syntax error: unterminated quoted string", "exit 2"]),
    ("seq 3 | sort -r | head -n 1", ["3", "exit 0"]),
    ("echo err >&2; echo out", ["err", "out", "exit 0"]),
  ])
  func aScriptRuns(_ script: String, _ expected: [String]) throws {
    #expect(try output(script) == expected)
  }

  @Test func aLoopWithoutSleepDoesNotHangTheWorld() throws {
    #expect(try output("while true; do :; done", advance: .seconds(60)) == ["running"])
  }

  @Test func sleepTakesTheClustersTime() throws {
    let world = World()
    try world.run(
      "web", image: "busybox", container: ["command": ["sh", "-c", "echo a; sleep 10; echo b"]],
      spec: ["restartPolicy": "Never"])
    world.advance(.seconds(60))
    let lines = world.nodes.log(pod: Kind.pod.key(namespace: "default", name: "web"), container: "web") ?? []
    #expect(lines.map(\.text) == ["a", "b"])
    #expect(lines.count == 2 && lines[1].time - lines[0].time == .seconds(10))
  }

  @Test func theJobThatPrintsPi() throws {
    let world = World()
    try world.run(
      "pi", image: "perl:5.34.0", container: ["command": ["perl", "-Mbignum=bpi", "-wle", "print bpi(2000)"]],
      spec: ["restartPolicy": "Never"])
    world.advance(.seconds(60))
    #expect(world.pod("pi")?.status.phase == "Succeeded")
    let line = world.nodes.log(pod: Kind.pod.key(namespace: "default", name: "pi"), container: "web")?.first?.text ?? ""
    #expect(line.hasPrefix("3.14159265358979323846264338327950288419716939937510582097494459"))
    #expect(line.count == 2_001)
  }

  @Test func aCommandRunsBesideTheProgram() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    let key = Kind.pod.key(namespace: "default", name: "web")
    #expect(world.nodes.execute(["ls"], pod: key, container: "web") == nil)
    world.advance(.seconds(10))
    let page = world.nodes.execute(["curl", "-s", "localhost"], pod: key, container: "web")
    #expect(page?.output.contains("Welcome to nginx!") == true)
    _ = world.nodes.execute(["sh", "-c", "echo note > /tmp/note"], pod: key, container: "web")
    #expect(world.nodes.execute(["cat", "/tmp/note"], pod: key, container: "web")?.output == "note\n")
    #expect(world.nodes.execute(["nosuch"], pod: key, container: "web")?.exitCode == 127)
  }

  @Test func bashIsNotInBusybox() throws {
    let world = World()
    try world.run("web", image: "busybox", container: ["command": ["bash", "-c", "true"]])
    world.advance(.seconds(3))
    let status = world.pod("web")?.status.containerStatuses.first
    let message = (status?.lastState?["terminated"] ?? status?.state?["terminated"])?["message"]?.string ?? ""
    #expect(message.contains("exec: \"bash\": executable file not found in $PATH"))
  }
}
