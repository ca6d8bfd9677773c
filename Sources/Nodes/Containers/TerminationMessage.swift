import Kinds
import Tree

/// What a container says of its end: the file at its `terminationMessagePath`, or the end of its log.
struct TerminationMessage {
  /// Bytes of the file, and bytes and lines of the log, that are kept (kubernetes/pkg/kubelet/container).
  static let fileLimit = 4_096
  static let logLimit = 2_048
  static let lineLimit = 80

  private let path: String
  private let fallsBackToLog: Bool

  init(_ container: Container) {
    path = container.value["terminationMessagePath"]?.string ?? "/dev/termination-log"
    fallsBackToLog = container.value["terminationMessagePolicy"]?.string == "FallbackToLogsOnError"
  }

  /// Nil where there is nothing to say.
  func text(files: FileSystem?, log: ContainerLog, exitCode: Int) -> String? {
    if let text = files?[path], !text.isEmpty { return Self.beginning(of: text, bytes: Self.fileLimit) }
    guard fallsBackToLog, exitCode != 0, !log.lines.isEmpty else { return nil }
    let lines = log.lines.suffix(Self.lineLimit).map { $0.text + "\n" }.joined()
    return String(decoding: lines.utf8.suffix(Self.logLimit), as: UTF8.self)
  }

  private static func beginning(of text: String, bytes: Int) -> String {
    text.utf8.count <= bytes ? text : String(decoding: text.utf8.prefix(bytes), as: UTF8.self)
  }
}
