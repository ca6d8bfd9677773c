import ArgumentParser
import Cluster
import Console
import Glibc
import Scheduler
import Tree

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run a recorded session again in virtual time, and compare every write.",
    discussion: """
      The file is what `podium serve --record FILE` wrote. The exit status is 0 when all writes are the same, byte for
      byte; 1 when one is another, which is then named; 2 when the record goes on with something that cannot be run
      again, such as a command in a container.
      """)

  @Argument(help: "The record.")
  var file: String

  @Option(help: ArgumentHelp("The recorded server's --scheduler-config.", valueName: "file"))
  var schedulerConfig: String?

  func run() throws {
    guard let bytes = FileContents.read(file) else {
      throw Refusal("the record \(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    var lines: [Value] = []
    let texts = bytes.split(separator: UInt8(ascii: "\n"))
    for (index, text) in texts.enumerated() {
      if let line = try? JSON.parse(Array(text)) {
        lines.append(line)
      } else if index == texts.count - 1 {
        Terminal.show("The last line is cut off: the server was killed while it wrote. It is left out.")
      } else {
        throw Refusal("\(file):\(index + 1) is no JSON: the record is damaged")
      }
    }
    try tell(try Replay(lines, scheduler: try SchedulerFile.configuration(schedulerConfig)).run())
  }

  private func tell(_ outcome: Replay.Outcome) throws {
    if let difference = outcome.difference {
      Terminal.show("\(outcome.writes) writes are the same; revision \(difference.revision) is not:")
      Terminal.show("  recorded: \(difference.recorded)")
      Terminal.show("  replayed: \(difference.replayed)")
      throw ExitCode(1)
    }
    Terminal.show("\(outcome.writes) writes, all the same")
    if outcome.isUnrecorded {
      Terminal.show("Then came what no record holds, such as a command in a container: the rest was not compared.")
      throw ExitCode(2)
    }
  }
}
