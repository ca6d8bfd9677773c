import Testing

@testable import HTTP

@Suite("SPDY/3.1 frames and header blocks")
struct SPDYFrameTests {
  static let frames: [SPDYFrame] = [
    .data(stream: 1, bytes: [], isLast: true), .data(stream: 0x7FFF_FFFF, bytes: [1, 2, 3], isLast: false),
    .opening(stream: 3, headers: [9, 8], isLast: false, isOneWay: true),
    .opening(stream: 5, headers: [], isLast: true, isOneWay: false), .reply(stream: 3, headers: [1], isLast: true),
    .reset(stream: 7, status: 5), .settings([]), .settings([.init(id: 7, value: 1_000), .init(id: 4, value: 9)]),
    .ping(11), .goAway(lastStream: 9, status: 1), .headers(stream: 1, headers: [4, 5, 6], isLast: false),
    .windowUpdate(stream: 0, growth: 65_536), .other(type: 11),
  ]

  private func failure(_ bytes: [UInt8], limit: Int = 1_000) -> SPDYFailure? {
    var reader = SPDYFrameReader(limit: limit)
    reader.append(bytes)
    do throws(SPDYFailure) {
      _ = try reader.next()
      return nil
    } catch {
      return error
    }
  }

  @Test("what is written is read", arguments: frames)
  func roundTrip(_ frame: SPDYFrame) throws {
    var reader = SPDYFrameReader(limit: 1_000)
    reader.append(frame.bytes + SPDYFrame.ping(1).bytes)
    #expect(try reader.next() == frame)
    #expect(try reader.next() == .ping(1))
    #expect(try reader.next() == nil)
  }

  @Test("a frame is not read before its last byte", arguments: frames)
  func truncated(_ frame: SPDYFrame) throws {
    var reader = SPDYFrameReader(limit: 1_000)
    for byte in frame.bytes.dropLast() {
      reader.append([byte])
      #expect(try reader.next() == nil)
    }
    reader.append([frame.bytes.last ?? 0])
    #expect(try reader.next() == frame)
  }

  @Test func aFrameOverTheLimitIsRefusedBeforeItHasCome() {
    let failure = failure([0, 0, 0, 1, 0, 0, 4, 0], limit: 1_023)
    #expect(failure?.code == .frameTooLarge)
    #expect(failure?.reason == "a frame of 1024 bytes is larger than the limit of 1023 bytes")
  }

  @Test(
    "broken frames are refused with a reason",
    arguments: [
      ([0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1], "a control frame is of version 2, not 3"),
      ([0, 0, 0, 0, 0, 0, 0, 0], "a data frame is for stream 0"),
      ([0x80, 3, 0, 1, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0], "a control frame is too short"),
      ([0x80, 3, 0, 2, 0, 0, 0, 3, 0, 0, 1], "a control frame is too short"),
      ([0x80, 3, 0, 3, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1], "a frame is for stream 0"),
      ([0x80, 3, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1], "a SETTINGS frame's length does not fit its number of entries"),
      (
        [0x80, 3, 0, 4, 0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF],
        "a SETTINGS frame's length does not fit its number of entries"
      ),
      ([0x80, 3, 0, 6, 0, 0, 0, 5, 0, 0, 0, 1, 0], "a control frame has 5 bytes where its type has 4"),
      ([0x80, 3, 0, 7, 0, 0, 0, 4, 0, 0, 0, 1], "a control frame has 4 bytes where its type has 8"),
      ([0x80, 3, 0, 9, 0, 0, 0, 0], "a control frame has 0 bytes where its type has 8"),
    ] as [([UInt8], String)])
  func broken(_ bytes: [UInt8], _ reason: String) {
    #expect(failure(bytes)?.reason == reason)
  }

  // MARK: Header blocks

  /// The dictionary's checksum is what zlib asks for it by.
  @Test func theDictionaryIsThatOfTheProtocol() {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in SPDYDictionary.bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    #expect(high << 16 | low == 0xE3C6_A7C2)
  }

  @Test func blocksOfOneDirectionAreOneStream() throws {
    let (encoder, decoder) = (SPDYHeaderEncoder(), SPDYHeaderDecoder(limit: 1_000))
    for headers in [SPDYHeaders(["streamtype": "stdin", "port": "80"]), SPDYHeaders(), SPDYHeaders(["a": "ä"])] {
      #expect(try decoder.decode(encoder.encode(headers)) == headers)
    }
    let both = try SPDYHeaders([0, 0, 0, 1, 0, 0, 0, 1, 0x41, 0, 0, 0, 3, 0x78, 0, 0x79])
    #expect(both["a"] == "x", "names are read in lower case, and of several values the first counts")
  }

  @Test func aBlockThatGrowsTooLargeIsRefused() throws {
    let bomb = try SPDYHeaderEncoder().encode(SPDYHeaders(["a": String(repeating: "b", count: 1 << 20)]))
    #expect(bomb.count < 4_096)
    #expect(throws: SPDYFailure(.frameTooLarge, "a header block is larger than the limit of 65536 bytes")) {
      try SPDYHeaderDecoder(limit: 64 << 10).decode(bomb)
    }
  }

  @Test func whatIsNotCompressedIsRefused() {
    #expect(throws: SPDYFailure.broken("a header block cannot be decompressed")) {
      try SPDYHeaderDecoder(limit: 1_000).decode([1, 2, 3, 4, 5, 6, 7, 8])
    }
  }

  @Test(
    "broken blocks are refused",
    arguments: [
      [0, 0], [0, 0, 0, 1], [0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 0, 0, 0, 0],
      [0, 0, 0, 2, 0, 0, 0, 1, 0x61, 0, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]])
  func brokenBlocks(_ bytes: [UInt8]) {
    #expect(throws: SPDYFailure.self) { try SPDYHeaders(bytes) }
  }
}
