/// How a conversation with a container shares one WebSocket: each message begins with its channel's number
/// (k8s.io/apimachinery, util/remotecommand; k8s.io/apiserver, util/wsstream).
package enum ChannelProtocol: String, Sendable, CaseIterable {
  /// With a signal that a channel is closed.
  case v5 = "v5.channel.k8s.io"
  case v4 = "v4.channel.k8s.io"
  /// As text: a digit, then base64.
  case v4Base64 = "v4.base64.channel.k8s.io"

  package enum Channel: UInt8, Sendable {
    case input = 0
    case output = 1
    case error = 2
    /// How it ended, as a Status.
    case status = 3
    /// The terminal's size.
    case resize = 4
    /// The other end closes the channel whose number follows (v5).
    case close = 255
  }

  /// Whether messages are sent as text.
  package var isText: Bool { self == .v4Base64 }

  /// The client's first wish that is known here.
  package static func choose(from offered: [String]) -> ChannelProtocol? {
    offered.lazy.compactMap { ChannelProtocol(rawValue: $0) }.first
  }

  package func encode(_ channel: Channel, _ bytes: [UInt8]) -> [UInt8] {
    guard isText else { return [channel.rawValue] + bytes }
    return [UInt8(ascii: "0") + channel.rawValue] + Array(Base64.encode(bytes, alphabet: .standard).utf8)
  }

  /// Nil for a message on no known channel, or of broken base64.
  package func decode(_ message: [UInt8]) -> (channel: Channel, bytes: [UInt8])? {
    guard let first = message.first else { return nil }
    guard isText else {
      guard let channel = Channel(rawValue: first), channel != .close || self == .v5 else { return nil }
      return (channel, Array(message.dropFirst()))
    }
    guard first >= UInt8(ascii: "0"), let channel = Channel(rawValue: first - UInt8(ascii: "0")),
      let bytes = Base64.decode(String(decoding: message.dropFirst(), as: UTF8.self), alphabet: .standard)
    else { return nil }
    return (channel, bytes)
  }
}
