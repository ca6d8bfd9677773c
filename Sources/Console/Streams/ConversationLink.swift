import API
import HTTP
import Kinds

/// How a client and a container's command talk: over channels of a WebSocket, or streams of a SPDY session.
protocol ConversationLink: AnyObject {
  /// What may be woken from other threads.
  var connection: UpgradedConnection { get }
  /// Makes the connection ready for what was asked. False when the client does not keep its part.
  func open() -> Bool
  /// Waits for what the client does next, for about so many seconds.
  func receive(seconds: Double) -> LinkEvent
  /// Sends what the command wrote. False when the client is gone or does not read.
  func send(_ bytes: [UInt8], isError: Bool) -> Bool
  /// Says how it ended, and closes.
  func finish(_ end: ConversationEnd)
  /// Closes without another word.
  func close(isStopping: Bool)
}

/// What a client does in a conversation.
enum LinkEvent: Equatable {
  case input([UInt8])
  case inputEnded
  case resized(TerminalSize)
  /// Nothing that matters.
  case nothing
  case closed
  case timedOut
  case woken
  case stopping
}

/// How a conversation ended.
enum ConversationEnd {
  case exited(code: Int, command: [String])
  case refused(Status)

  /// As the client is told it.
  func bytes(asStatus: Bool) -> [UInt8] {
    switch self {
    case .exited(let code, let command): ExitStatus.bytes(code: code, command: command, asStatus: asStatus)
    case .refused(let status): ExitStatus.bytes(status, asStatus: asStatus)
    }
  }
}
