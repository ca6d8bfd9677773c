package import Kinds
import Tree

/// Where commands run in containers: the simulated machines, as those see them who do not know machines. To be used on
/// the cluster's loop.
package protocol CommandRunner: AnyObject {
  /// Starts the plan's command, or attaches to the container's own program; `sink` hears what it writes, and last that
  /// it has exited. Answers what the other functions take.
  func start(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) throws(Status) -> Int
  /// Gives standard input to a command.
  func type(_ text: String, into id: Int)
  /// No more input comes for a command.
  func endInput(of id: Int)
  /// The command's terminal has that size now.
  func resize(_ id: Int, columns: Int, rows: Int)
  /// Ends a command as by SIGKILL, or only lets go of a container's own program.
  func stop(_ id: Int)
}

/// What is heard of a command that runs in a container.
package enum ExecEvent: Sendable, Equatable {
  /// Standard output.
  case output(String)
  /// Standard error.
  case error(String)
  case exited(code: Int)
}

/// A terminal's size, as a client tells it.
package struct TerminalSize: Sendable, Equatable {
  package var columns: Int
  package var rows: Int

  /// Reads `{"Width":80,"Height":24}`; nil where it is something else.
  package init?(_ bytes: [UInt8]) {
    guard let value = try? JSON.parse(bytes), let columns = value["Width"]?.integer,
      let rows = value["Height"]?.integer, (1...65_535).contains(columns), (1...65_535).contains(rows)
    else { return nil }
    self.columns = Int(columns)
    self.rows = Int(rows)
  }
}
