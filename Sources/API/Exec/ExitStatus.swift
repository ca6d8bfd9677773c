package import Tree

/// What a conversation's status channel says at the end (k8s.io/kubelet, cri/streaming/remotecommand).
package enum ExitStatus {
  /// The command has ended with that code.
  package static func value(code: Int, command: [String]) -> Value {
    guard code != 0 else { return ["metadata": [:], "status": "Success"] }
    return [
      "metadata": [:], "status": "Failure",
      "message": .string(
        "command terminated with non-zero exit code: error executing command "
          + "[\(command.joined(separator: " "))], exit code \(code)"),
      "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
    ]
  }
}
