import Testing

@testable import HTTP

@Suite("A SPDY/3.1 session, from the server's side")
struct SPDYSessionTests {
  /// The client's end: its compressor, and what it reads.
  private final class Peer {
    let session: SPDYSession
    private let encoder = SPDYHeaderEncoder()
    private var reader = SPDYFrameReader(limit: 1 << 20)

    init(_ limits: SPDYLimits = SPDYLimits()) { session = SPDYSession(limits: limits) }

    func send(_ frames: SPDYFrame...) throws(SPDYFailure) -> [SPDYSession.Event] {
      try session.take(frames.flatMap(\.bytes))
    }

    func open(_ stream: UInt32, _ headers: [String: String] = [:], isLast: Bool = false) throws(SPDYFailure)
      -> [SPDYSession.Event]
    {
      let block = try encoder.encode(SPDYHeaders(headers))
      return try send(.opening(stream: stream, headers: block, isLast: isLast, isOneWay: false))
    }

    /// What the session has sent.
    func received() throws(SPDYFailure) -> [SPDYFrame] {
      reader.append(session.takeOutput())
      var frames: [SPDYFrame] = []
      while let frame = try reader.next() { frames.append(frame) }
      return frames
    }

    func failure(_ work: () throws(SPDYFailure) -> Void) -> SPDYFailure? {
      do throws(SPDYFailure) {
        try work()
        return nil
      } catch {
        return error
      }
    }
  }

  @Test func aStreamIsOpenedTalkedOverAndClosedFromBothSides() throws {
    let peer = Peer()
    #expect(
      try peer.open(1, ["streamtype": "stdin"]) == [.opened(1, SPDYHeaders(["streamtype": "stdin"]))])
    try peer.session.accept(1)
    guard case .reply(1, _, false)? = try peer.received().first else {
      Issue.record("no reply")
      return
    }
    #expect(try peer.send(.data(stream: 1, bytes: [1, 2], isLast: false)) == [.data(1, [1, 2])])
    try peer.session.send([3], on: 1)
    peer.session.finish(1)
    #expect(
      try peer.received() == [.data(stream: 1, bytes: [3], isLast: false), .data(stream: 1, bytes: [], isLast: true)])
    #expect(peer.session.openStreams == 1)
    #expect(try peer.send(.data(stream: 1, bytes: [4], isLast: true)) == [.data(1, [4]), .finished(1)])
    #expect(peer.session.openStreams == 0)
  }

  @Test func nothingIsSentOnAClosedStream() throws {
    let peer = Peer()
    _ = try peer.open(1)
    peer.session.finish(1)
    try peer.session.send([1], on: 1)
    try peer.session.send([1], on: 9)
    #expect(try peer.received() == [.data(stream: 1, bytes: [], isLast: true)])
  }

  @Test func aResetEndsAStream() throws {
    let peer = Peer()
    _ = try peer.open(1)
    #expect(try peer.send(.reset(stream: 1, status: 5), .reset(stream: 1, status: 5)) == [.reset(1)])
    #expect(try peer.send(.data(stream: 1, bytes: [1], isLast: false)).isEmpty, "it was on its way")
    #expect(try peer.received().isEmpty)
    _ = try peer.open(3)
    peer.session.reset(3)
    #expect(try peer.received() == [.reset(stream: 3, status: 5)])
  }

  @Test func dataForNoStreamIsRefused() throws {
    let peer = Peer()
    #expect(try peer.send(.data(stream: 5, bytes: [1], isLast: false)).isEmpty)
    _ = try peer.open(7, isLast: true)
    _ = try peer.send(.data(stream: 7, bytes: [1], isLast: false))
    #expect(try peer.received() == [.reset(stream: 5, status: 2), .reset(stream: 7, status: 9)])
  }

  @Test func pingsOfTheClientAreAnswered() throws {
    let peer = Peer()
    _ = try peer.send(.ping(1), .ping(2), .other(type: 10))
    #expect(try peer.received() == [.ping(1)])
  }

  @Test func goodbyesAreHeardAndSaid() throws {
    let peer = Peer()
    _ = try peer.open(1)
    #expect(try peer.send(.goAway(lastStream: 0, status: 0)) == [.goneAway])
    peer.session.goAway()
    peer.session.goAway(.broken("so"))
    #expect(try peer.received() == [.goAway(lastStream: 1, status: 0), .goAway(lastStream: 1, status: 1)])
  }

  @Test(arguments: [(1, 1), (1, 2), (3, 1)] as [(UInt32, UInt32)])
  func aClientsStreamsAreOddAndGrow(_ first: UInt32, _ second: UInt32) throws {
    let peer = Peer()
    _ = try peer.open(first)
    let failure = peer.failure { () throws(SPDYFailure) in _ = try peer.open(second) }
    #expect(
      failure?.reason
        == "stream \(second) is opened after stream \(first): a client's streams are odd and grow")
  }

  @Test func oneStreamMoreThanTheLimitIsRefused() throws {
    var limits = SPDYLimits()
    limits.streams = 2
    let peer = Peer(limits)
    for stream in [1, 3, 5] as [UInt32] { _ = try peer.open(stream) }
    #expect(try peer.received() == [.reset(stream: 5, status: 3)])
    #expect(peer.session.openStreams == 2)
  }

  // MARK: Flow control

  @Test func aClientThatNeverSpeaksOfWindowsGetsAll() throws {
    let peer = Peer()
    _ = try peer.open(1)
    try peer.session.send([UInt8](repeating: 1, count: 200_000), on: 1)
    let count = try peer.received().reduce(0) { sum, frame in
      if case .data(1, let bytes, _) = frame { sum + bytes.count } else { sum }
    }
    #expect(count == 200_000)
  }

  @Test func aWindowKeepsBackWhatItDoesNotHold() throws {
    let peer = Peer()
    _ = try peer.open(1)
    _ = try peer.send(.settings([.init(id: SPDYFrame.Setting.initialWindow, value: 4)]))
    try peer.session.send([1, 2, 3, 4, 5, 6], on: 1)
    peer.session.finish(1)
    #expect(try peer.received() == [.data(stream: 1, bytes: [1, 2, 3, 4], isLast: false)])
    _ = try peer.send(.windowUpdate(stream: 1, growth: 1))
    #expect(try peer.received() == [.data(stream: 1, bytes: [5], isLast: false)])
    _ = try peer.send(.windowUpdate(stream: 1, growth: 9))
    #expect(
      try peer.received() == [.data(stream: 1, bytes: [6], isLast: false), .data(stream: 1, bytes: [], isLast: true)])
  }

  @Test func whatWaitsHasALimit() throws {
    var limits = SPDYLimits()
    limits.backlog = 10
    let peer = Peer(limits)
    _ = try peer.open(1)
    _ = try peer.send(.settings([.init(id: SPDYFrame.Setting.initialWindow, value: 0)]))
    try peer.session.send([UInt8](repeating: 0, count: 10), on: 1)
    let failure = peer.failure { () throws(SPDYFailure) in try peer.session.send([0], on: 1) }
    #expect(failure?.reason == "the client has kept its windows shut for more than the limit of 10 bytes")
  }

  @Test func windowsThatOverflowAreRefused() throws {
    let peer = Peer()
    _ = try peer.open(1)
    _ = try peer.send(.windowUpdate(stream: 1, growth: 0x7FFF_FFFF))
    #expect(try peer.received() == [.reset(stream: 1, status: 7)])
    let failure = peer.failure { () throws(SPDYFailure) in
      _ = try peer.send(.windowUpdate(stream: 0, growth: 0x7FFF_FFFF))
    }
    #expect(failure?.code == .flowControlError)
  }

  @Test func whatWasTakenIsCreditedToStreamAndSession() throws {
    let peer = Peer()
    _ = try peer.open(1)
    _ = try peer.send(.data(stream: 1, bytes: [UInt8](repeating: 0, count: 40_000), isLast: false))
    #expect(
      try peer.received() == [.windowUpdate(stream: 0, growth: 40_000), .windowUpdate(stream: 1, growth: 40_000)])
  }

  @Test func anyBytesEndInEventsOrAFailure() {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      let session = SPDYSession()
      var bytes: [UInt8] = []
      for index in 0..<64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(index % 8 == 0 ? 0x80 : index % 8 == 1 ? 3 : UInt8(truncatingIfNeeded: state >> 33) & 0x0F)
      }
      _ = try? session.take(bytes)
    }
  }
}
