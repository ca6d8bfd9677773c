import API
import HTTP

/// A conversation over the channels of a WebSocket.
final class ChannelLink: ConversationLink {
  private let socket: WebSocket
  private let channels: ChannelProtocol
  private let plan: ConnectionPlan

  init(_ socket: WebSocket, channels: ChannelProtocol, plan: ConnectionPlan) {
    self.socket = socket
    self.channels = channels
    self.plan = plan
  }

  var connection: UpgradedConnection { socket.connection }

  /// Kubernetes says with an empty message that the connection stands.
  func open() -> Bool { !plan.hasOutput || send(.output, []) }

  func receive(seconds: Double) -> LinkEvent {
    switch socket.receive(seconds: seconds) {
    case .message(let message): event(message.payload)
    case .woken: .woken
    case .closed: .closed
    case .timedOut: .timedOut
    case .stopping: .stopping
    }
  }

  private func event(_ message: [UInt8]) -> LinkEvent {
    guard let (channel, bytes) = channels.decode(message) else { return .nothing }
    switch channel {
    case .input: return bytes.isEmpty ? .nothing : .input(bytes)
    case .resize: return TerminalSize(bytes).map { .resized($0) } ?? .nothing
    case .close where bytes.first == ChannelProtocol.Channel.input.rawValue: return .inputEnded
    case .close, .output, .error, .status: return .nothing
    }
  }

  func send(_ bytes: [UInt8], isError: Bool) -> Bool {
    guard isError ? plan.hasError : plan.hasOutput else { return true }
    return send(isError ? .error : .output, bytes)
  }

  func finish(_ end: ConversationEnd) {
    _ = send(.status, end.bytes(asStatus: channels.tellsStatus))
    socket.close()
  }

  func close(isStopping: Bool) {
    socket.close(code: isStopping ? WebSocket.CloseCode.goingAway : WebSocket.CloseCode.normal)
  }

  private func send(_ channel: ChannelProtocol.Channel, _ bytes: [UInt8]) -> Bool {
    socket.send(channels.encode(channel, bytes), isText: channels.isText)
  }
}
