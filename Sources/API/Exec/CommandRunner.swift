/// Where commands run in containers: the simulated machines, as those see them who do not know machines. To be used on
/// the cluster's loop.
package protocol CommandRunner: AnyObject {
  /// Starts the plan's command; `sink` hears what it writes, and last that it has exited. Answers what the other
  /// functions take; nil where the container does not run.
  func start(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) -> Int?
  /// Gives standard input to a command.
  func type(_ text: String, into id: Int)
  /// No more input comes for a command.
  func endInput(of id: Int)
  /// Ends a command as by SIGKILL.
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
