package import Kinds
package import Tree

/// What a conversation's status channel says at the end (k8s.io/kubelet, cri/streaming/remotecommand).
package enum ExitStatus {
  /// The command has ended with that code.
  package static func value(code: Int, command: [String]) -> Value {
    guard code != 0 else { return ["metadata": [:], "status": "Success"] }
    return [
      "metadata": [:], "status": "Failure", "message": .string(text(code: code, command: command)),
      "reason": "NonZeroExitCode",
      "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
    ]
  }

  /// The same in words.
  package static func text(code: Int, command: [String]) -> String {
    "command terminated with non-zero exit code: error executing command "
      + "[\(command.joined(separator: " "))], exit code \(code)"
  }

  /// The bytes of the status channel when the command has ended: a Status, or words, which success needs none of.
  package static func bytes(code: Int, command: [String], asStatus: Bool) -> [UInt8] {
    if asStatus { return value(code: code, command: command).json }
    return code == 0 ? [] : Array(text(code: code, command: command).utf8)
  }

  /// The bytes of the status channel when the command could not be run.
  package static func bytes(_ status: Status, asStatus: Bool) -> [UInt8] {
    asStatus ? status.value.json : Array(status.message.utf8)
  }
}
