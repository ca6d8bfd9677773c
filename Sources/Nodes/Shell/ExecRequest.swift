package import API
package import Store

/// A command to run in a container.
package struct ExecRequest: Sendable {
  package var pod: ObjectKey
  package var container: String
  package var command: [String]
  /// Whether it talks with a terminal: echo, a prompt, both outputs in one.
  package var isTerminal: Bool
  /// Whether it is given standard input.
  package var hasInput: Bool

  package init(pod: ObjectKey, container: String, command: [String], isTerminal: Bool = false, hasInput: Bool = false) {
    self.pod = pod
    self.container = container
    self.command = command
    self.isTerminal = isTerminal
    self.hasInput = hasInput
  }
}

extension NodePool: CommandRunner {
  package func start(_ plan: ConnectionPlan, sink: @escaping (ExecEvent) -> Void) -> Int? {
    start(
      ExecRequest(
        pod: plan.pod, container: plan.container, command: plan.command, isTerminal: plan.isTerminal,
        hasInput: plan.hasInput), sink: sink)
  }
}
