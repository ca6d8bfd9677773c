import Kinds
import Loop
import Testing
import Tree

@testable import API
@testable import Nodes

@Suite("Commands one talks with, and programs one is attached to")
struct ConversationTests {
  private final class Heard {
    var output = ""
    var errors = ""
    var code: Int?

    func take(_ event: ExecEvent) {
      switch event {
      case .output(let text): output += text
      case .error(let text): errors += text
      case .exited(let code): self.code = code
      }
    }

    /// What was written since the last call.
    func new() -> String {
      defer { output = "" }
      return output
    }
  }

  private func plan(
    _ purpose: ConnectionPlan.Purpose, _ command: [String] = [], hasInput: Bool = false, isTerminal: Bool = false
  ) -> ConnectionPlan {
    ConnectionPlan(
      purpose: purpose, pod: Kind.pod.key(namespace: "default", name: "web"), container: "web", command: command,
      hasInput: hasInput, hasOutput: true, hasError: !isTerminal, isTerminal: isTerminal)
  }

  private func started(_ image: String, container: Value = [:]) throws -> World {
    let world = World()
    try world.run("web", image: image, container: container, spec: ["restartPolicy": "Never"])
    world.advance(.seconds(20))
    #expect(world.state("web") == "running")
    return world
  }

  // MARK: Exec

  @Test func outputErrorsAndTheExitCodeComeInTheClustersTime() throws {
    let world = try started("nginx")
    let heard = Heard()
    let script = "echo one; echo wrong >&2; sleep 5; exit 3"
    _ = try world.nodes.start(plan(.exec, ["sh", "-c", script]), sink: heard.take)
    #expect((heard.output, heard.errors, heard.code) == ("one\n", "wrong\n", nil))
    world.advance(.seconds(4))
    #expect(heard.code == nil)
    world.advance(.seconds(1))
    #expect(heard.code == 3)
  }

  @Test func inputIsReadToItsEnd() throws {
    let world = try started("nginx")
    let heard = Heard()
    let id = try world.nodes.start(plan(.exec, ["wc", "-l"], hasInput: true), sink: heard.take)
    world.nodes.type("1\r\n2\n", into: id)
    #expect(heard.output.isEmpty)
    world.nodes.endInput(of: id)
    #expect((heard.output, heard.code) == ("2\n", 0))
  }

  @Test func inputOverTheLimitEndsTheCommand() throws {
    let world = try started("nginx")
    let heard = Heard()
    let id = try world.nodes.start(plan(.exec, ["wc", "-c"], hasInput: true), sink: heard.take)
    world.nodes.type(String(repeating: "x", count: ShellSession.inputLimit + 1), into: id)
    #expect(heard.code == 137)
  }

  @Test func aTerminalEchoesErasesAndInterrupts() throws {
    let world = try started("nginx")
    let heard = Heard()
    let id = try world.nodes.start(plan(.exec, ["sh"], hasInput: true, isTerminal: true), sink: heard.take)
    #expect(heard.new() == "# ")
    world.nodes.resize(id, columns: 100, rows: 40)
    world.nodes.type("echo $COLUMNS\u{7F}S\r", into: id)
    #expect(heard.new() == "echo $COLUMNS\u{8} \u{8}S\r\n100\r\n# ")
    world.nodes.type("sleep 1000\recho late\r\u{3}", into: id)
    #expect(heard.new() == "sleep 1000\r\necho late\r\n^C\r\n# ", "what was typed ahead is gone with Ctrl-C")
    world.nodes.type("if true\r", into: id)
    world.nodes.type("then echo yes; fi\r", into: id)
    #expect(heard.new() == "if true\r\n> then echo yes; fi\r\nyes\r\n# ")
    world.nodes.type("exit 4\r", into: id)
    #expect(heard.code == 4)
  }

  @Test func ctrlCEndsACommandAndCtrlDItsInput() throws {
    let world = try started("nginx")
    let (sleeper, reader) = (Heard(), Heard())
    let first = try world.nodes.start(
      plan(.exec, ["sleep", "100"], hasInput: true, isTerminal: true), sink: sleeper.take)
    world.nodes.type("\u{3}", into: first)
    #expect(sleeper.code == 130)
    let second = try world.nodes.start(plan(.exec, ["cat"], hasInput: true, isTerminal: true), sink: reader.take)
    world.nodes.type("a\r\u{4}", into: second)
    #expect((reader.output, reader.code) == ("a\r\na\r\n", 0))
  }

  @Test func aCommandEndsWithItsContainer() throws {
    let world = try started("nginx")
    let heard = Heard()
    _ = try world.nodes.start(plan(.exec, ["sleep", "infinity"]), sink: heard.take)
    try world.delete("web")
    world.advance(.seconds(10))
    #expect(heard.code == 137)
  }

  @Test func onANodeThatIsDownNothingIsReached() throws {
    let world = try started("nginx")
    world.nodes.setDown(["node-1"])
    #expect(throws: Status.self) { try world.nodes.start(plan(.exec, ["ls"])) { _ in } }
    #expect(throws: Status.self) {
      try world.nodes.connect(pod: Kind.pod.key(namespace: "default", name: "web"), port: 80) {}
    }
  }

  // MARK: Attach

  @Test func whoeverIsAttachedHearsTheProgramFromNowOn() throws {
    let script: Value = ["sh", "-c", "while true; do printf tick; sleep 1; echo; done"]
    let world = try started("busybox", container: ["command": script])
    let heard = Heard()
    let id = try world.nodes.start(plan(.attach), sink: heard.take)
    world.advance(.seconds(2))
    #expect(heard.new() == "\ntick\ntick")
    world.nodes.stop(id)
    world.advance(.seconds(2))
    #expect((heard.output, heard.code) == ("", nil))
    #expect(world.state("web") == "running")
  }

  @Test func aShellWithAnOpenInputWaitsAndIsTalkedWith() throws {
    let world = try started(
      "busybox", container: ["args": ["sh"], "stdin": true, "stdinOnce": true, "tty": true])
    let heard = Heard()
    let id = try world.nodes.start(plan(.attach, hasInput: true, isTerminal: true), sink: heard.take)
    world.nodes.resize(id, columns: 80, rows: 24)
    #expect(heard.new() == "\r# ")
    world.nodes.type("echo hi\r", into: id)
    world.advance(.seconds(1))
    #expect(heard.new() == "echo hi\r\nhi\r\n# ")
    world.nodes.type("exit 3\r", into: id)
    world.advance(.seconds(1))
    #expect(heard.code == 0, "how the program ended is the pod's to tell")
    let status = world.pod("web")?.value["status", "containerStatuses"]?.array?.first
    #expect(status?["state", "terminated", "exitCode"] == 3)
  }

  @Test func aProgramReadsWhatIsPipedAndEndsWithIt() throws {
    let world = World()
    try world.run(
      "web", image: "busybox", container: ["command": ["cat"], "stdin": true, "stdinOnce": true],
      spec: ["restartPolicy": "Never"])
    world.advance(.seconds(20))
    let heard = Heard()
    let id = try world.nodes.start(plan(.attach, hasInput: true), sink: heard.take)
    world.nodes.type("one\ntwo", into: id)
    world.nodes.endInput(of: id)
    world.advance(.seconds(3))
    #expect((heard.output, heard.code) == ("one\ntwo", 0))
    #expect(world.pod("web")?.status.phase == "Succeeded")
  }

  @Test func aShellWithoutAnInputEndsAtOnce() throws {
    let world = World()
    try world.run("web", image: "busybox", container: ["command": ["sh"]], spec: ["restartPolicy": "Never"])
    world.advance(.seconds(20))
    #expect(world.pod("web")?.status.phase == "Succeeded")
  }

  // MARK: Ports

  @Test func aPortIsAskedUntilItsProgramEnds() throws {
    let world = try started("nginx")
    let key = Kind.pod.key(namespace: "default", name: "web")
    var hasEnded = false
    let id = try #require(try world.nodes.connect(pod: key, port: 80) { hasEnded = true })
    let answer = try #require(world.nodes.ask(PortRequest(), over: id))
    #expect(answer.status == 200 && answer.contentType == "text/html")
    let none = try world.nodes.connect(pod: key, port: 81) {}
    #expect(none == nil)
    try world.delete("web")
    world.advance(.seconds(10))
    #expect(hasEnded)
    #expect(world.nodes.ask(PortRequest(), over: id) == nil)
  }

  @Test func anAddressIsAskedAsFromTheControlPlane() throws {
    let world = try started("nginx")
    let address = try #require(world.pod("web")?.status.podIP)
    guard case .answered(let answer) = world.nodes.ask(PortRequest(path: "/none"), address: address, port: 80) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.status == 404)
    #expect(world.nodes.ask(PortRequest(), address: address, port: 81) == .refused)
    #expect(world.nodes.ask(PortRequest(), address: "10.1.2.3", port: 80) == .noRoute)
  }
}
