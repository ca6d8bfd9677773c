/// How a conversation with a container shares one WebSocket: each message begins with its channel's number
/// (k8s.io/apimachinery, util/remotecommand; k8s.io/apiserver, util/wsstream).
package enum ChannelProtocol: String, Sendable, CaseIterable {
  /// With a signal that a channel is closed.
  case v5 = "v5.channel.k8s.io"
  case v4 = "v4.channel.k8s.io"
  /// As text: a digit, then base64.
  case v4Base64 = "v4.base64.channel.k8s.io"
  /// How it ended is told in words. Spoken where the client names no protocol.
  case v1 = "channel.k8s.io"
  case v1Base64 = "base64.channel.k8s.io"

  package enum Channel: UInt8, Sendable {
    case input = 0
    case output = 1
    case error = 2
    /// How it ended.
    case status = 3
    /// The terminal's size.
    case resize = 4
    /// The other end closes the channel whose number follows (v5).
    case close = 255
  }

  /// Whether messages are sent as text.
  package var isText: Bool { self == .v4Base64 || self == .v1Base64 }

  /// Whether how it ended is told as a Status, else in words.
  package var tellsStatus: Bool { self != .v1 && self != .v1Base64 }

  /// The client's first wish that is known here.
  package static func choose(from offered: [String]) -> ChannelProtocol? {
    offered.lazy.compactMap { ChannelProtocol(rawValue: $0) }.first
  }

  /// A message on a channel.
  package func encode(_ channel: Channel, _ bytes: [UInt8]) -> [UInt8] { encode(channel.rawValue, bytes) }

  /// A message on a channel by its number.
  package func encode(_ channel: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    guard isText else { return [channel] + bytes }
    return [UInt8(ascii: "0") + channel] + Array(Base64.encode(bytes, alphabet: .standard).utf8)
  }

  /// Nil for a message on no known channel, or of broken base64.
  package func decode(_ message: [UInt8]) -> (channel: Channel, bytes: [UInt8])? {
    guard let (number, bytes) = decodeNumbered(message), let channel = Channel(rawValue: number),
      channel != .close || self == .v5
    else { return nil }
    return (channel, bytes)
  }

  /// A message and its channel's number; nil for an empty one, or of broken base64.
  package func decodeNumbered(_ message: [UInt8]) -> (channel: UInt8, bytes: [UInt8])? {
    guard let first = message.first else { return nil }
    guard isText else { return (first, Array(message.dropFirst())) }
    guard first >= UInt8(ascii: "0"),
      let bytes = Base64.decode(String(decoding: message.dropFirst(), as: UTF8.self), alphabet: .standard)
    else { return nil }
    return (first - UInt8(ascii: "0"), bytes)
  }
}

/// How a conversation with a container is spread over the streams of a SPDY session (k8s.io/apimachinery,
/// util/remotecommand).
package enum StreamProtocol: String, Sendable, CaseIterable {
  /// On streams the same as v4.
  case v5 = "v5.channel.k8s.io"
  case v4 = "v4.channel.k8s.io"
  case v3 = "v3.channel.k8s.io"
  case v2 = "v2.channel.k8s.io"
  case v1 = "channel.k8s.io"

  /// What is forwarded from a pod's ports.
  package static let portForward = "portforward.k8s.io"
  /// What a WebSocket's subprotocol begins with that carries a SPDY session (KEP-4006).
  package static let tunnelPrefix = "SPDY/3.1+"

  /// Whether how it ended is told as a Status, else in words.
  package var tellsStatus: Bool { self == .v5 || self == .v4 }

  /// Whether a terminal's size has a stream.
  package var hasResize: Bool { self != .v1 && self != .v2 }

  /// The client's first wish that is known here.
  package static func choose(from offered: [String]) -> StreamProtocol? {
    offered.lazy.compactMap { StreamProtocol(rawValue: $0) }.first
  }
}
