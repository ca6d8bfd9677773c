import API
import Testing
import Tree

@Suite("The channels of a conversation with a container")
struct ChannelProtocolTests {
  @Test(arguments: ChannelProtocol.allCases)
  func whatIsSentIsRead(_ channels: ChannelProtocol) throws {
    for bytes in [[], [0, 255, 65], Array("text".utf8)] as [[UInt8]] {
      let found = try #require(channels.decode(channels.encode(.output, bytes)))
      #expect(found.channel == .output && found.bytes == bytes)
    }
    #expect(channels.decode([]) == nil)
    #expect(channels.isText == channels.rawValue.contains("base64"))
  }

  @Test func theClientsFirstKnownWishCounts() {
    #expect(ChannelProtocol.choose(from: ["v9.channel.k8s.io", "v4.channel.k8s.io", "v5.channel.k8s.io"]) == .v4)
    #expect(ChannelProtocol.choose(from: ["x"]) == nil)
    #expect(StreamProtocol.choose(from: ["v4.channel.k8s.io", "v3.channel.k8s.io"]) == .v4)
  }

  @Test func onlyTheNewestClosesChannels() {
    #expect(ChannelProtocol.v5.decode([255, 0])?.channel == .close)
    #expect(ChannelProtocol.v4.decode([255, 0]) == nil)
    #expect(ChannelProtocol.v4.decode([9, 1]) == nil)
    #expect(ChannelProtocol.v4Base64.decode(Array("1!!".utf8)) == nil)
  }

  @Test func howItEndedIsAStatusOrWords() throws {
    let status = try JSON.parse(ExitStatus.bytes(code: 3, command: ["a", "b"], asStatus: true))
    #expect(status["reason"] == "NonZeroExitCode")
    #expect(status["details", "causes"]?.array?.first?["message"] == "3")
    let words = String(decoding: ExitStatus.bytes(code: 3, command: ["a", "b"], asStatus: false), as: UTF8.self)
    #expect(words == "command terminated with non-zero exit code: error executing command [a b], exit code 3")
    #expect(ExitStatus.bytes(code: 0, command: [], asStatus: false).isEmpty)
  }

  @Test func aTerminalsSizeIsReadOrNot() {
    #expect(TerminalSize(Array(#"{"Width":80,"Height":24}"#.utf8))?.columns == 80)
    for text in ["", "{}", #"{"Width":0,"Height":1}"#, #"{"Width":70000,"Height":1}"#, "[1]"] {
      #expect(TerminalSize(Array(text.utf8)) == nil)
    }
  }
}
