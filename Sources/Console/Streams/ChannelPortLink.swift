import API
import HTTP

/// Connections to ports over a WebSocket, one for each port that the query names: channel 2n carries its data, channel
/// 2n + 1 its errors, and the first message of each is the port (k8s.io/kubelet, cri/streaming/portforward).
final class ChannelPortLink: PortLink {
  private let socket: WebSocket
  private let channels: ChannelProtocol
  private let ports: [Int]
  private var openings: [PortEvent] = []
  private var open: Set<Int> = []

  init(_ socket: WebSocket, channels: ChannelProtocol, ports: [Int]) {
    self.socket = socket
    self.channels = channels
    self.ports = ports
    for (number, port) in ports.enumerated() {
      let bytes = [UInt8(port & 255), UInt8(port >> 8)]
      guard send(bytes, on: 2 * number), send(bytes, on: 2 * number + 1) else { break }
      openings.append(.opened(number, port: port))
      open.insert(number)
    }
  }

  var connection: UpgradedConnection { socket.connection }

  func receive(seconds: Double) -> PortEvent {
    if !openings.isEmpty { return openings.removeFirst() }
    switch socket.receive(seconds: seconds) {
    case .message(let message):
      guard let (channel, bytes) = channels.decodeNumbered(message.payload), channel % 2 == 0,
        Int(channel) / 2 < ports.count, !bytes.isEmpty
      else { return .nothing }
      return .data(Int(channel) / 2, bytes)
    case .woken: return .woken
    case .closed: return .closed
    case .timedOut: return .timedOut
    case .stopping: return .stopping
    }
  }

  func send(_ bytes: [UInt8], to id: Int) -> Bool { send(bytes, on: 2 * id) }

  func fail(_ id: Int, _ message: String) -> Bool {
    send(Array(message.utf8), on: 2 * id + 1) && finish(id)
  }

  /// A channel cannot be closed by itself: when the last connection has ended, the WebSocket is.
  func finish(_ id: Int) -> Bool {
    open.remove(id)
    if open.isEmpty { socket.close() }
    return !open.isEmpty
  }

  func close(isStopping: Bool) {
    socket.close(code: isStopping ? WebSocket.CloseCode.goingAway : WebSocket.CloseCode.normal)
  }

  private func send(_ bytes: [UInt8], on channel: Int) -> Bool {
    socket.send(channels.encode(UInt8(channel), bytes), isText: channels.isText)
  }
}
