/// What a client may send in a SPDY session.
package struct SPDYLimits: Sendable {
  /// Bytes of one frame.
  package var frame = 1 << 20
  /// Bytes of one header block, decompressed.
  package var headers = 64 << 10
  /// Streams at a time; a further one is refused.
  package var streams = 1_000
  /// Bytes that wait, over all streams, for a client that does not open its windows.
  package var backlog = 8 << 20
  /// Seconds that a write may wait for a slow reader.
  package var writeSeconds = 30.0

  /// The defaults.
  package init() {}
}

/// The server's side of a SPDY/3.1 session, without a socket: bytes in, events out, bytes to send.
///
/// Kubernetes' clients neither obey nor open flow-control windows, so a window bounds what is sent only once the client
/// has spoken of windows itself; what it sends is credited back as it is taken.
package final class SPDYSession {
  /// What a client did.
  package enum Event: Sendable, Equatable {
    /// A new stream, to be accepted or refused.
    case opened(UInt32, SPDYHeaders)
    case data(UInt32, [UInt8])
    /// The client will send no more on the stream.
    case finished(UInt32)
    /// The client wants no more of the stream.
    case reset(UInt32)
    /// The client will open no more streams.
    case goneAway
  }

  private struct Stream {
    var isFinishedHere = false
    var isFinishedThere = false
    var window: Window
    /// What the window keeps back, and whether the stream ends after it.
    var waiting: [UInt8] = []
    var endsAfterWaiting = false
    /// Bytes taken that the client was not credited yet.
    var uncredited = 0
  }

  private struct Window {
    static let initial = 64 << 10
    static let limit = 0x7FFF_FFFF
    var size = Window.initial
  }

  /// Bytes of one data frame.
  private static let pieceSize = 32 << 10

  private let limits: SPDYLimits
  private let decoder: SPDYHeaderDecoder
  private let encoder = SPDYHeaderEncoder()
  private var frames: SPDYFrameReader
  private var streams: [UInt32: Stream] = [:]
  private var lastStream: UInt32 = 0
  private var initialWindow = Window.initial
  private var sessionWindow = Window()
  private var obeysWindows = false
  private var uncredited = 0
  private var waitingSize = 0
  private var output: [UInt8] = []

  /// A session that has just begun.
  package init(limits: SPDYLimits = SPDYLimits()) {
    self.limits = limits
    decoder = SPDYHeaderDecoder(limit: limits.headers)
    frames = SPDYFrameReader(limit: limits.frame)
  }

  /// Streams that are open in some direction.
  package var openStreams: Int { streams.count }

  /// What is to be sent now.
  package func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }

  // MARK: What comes in

  /// Takes bytes as they came. After a failure the session is of no more use but for `goAway`.
  package func take(_ bytes: [UInt8]) throws(SPDYFailure) -> [Event] {
    frames.append(bytes)
    var events: [Event] = []
    while let frame = try frames.next() { try take(frame, &events) }
    return events
  }

  private func take(_ frame: SPDYFrame, _ events: inout [Event]) throws(SPDYFailure) {
    switch frame {
    case .opening(let stream, let block, let isLast, let isOneWay):
      let headers = try decoder.decode(block)
      try open(stream, isOneWay: isOneWay)
      guard streams[stream] != nil else { return }
      events.append(.opened(stream, headers))
      if isLast { finishThere(stream, &events) }
    case .headers(let stream, let block, let isLast):
      _ = try decoder.decode(block)
      if isLast { finishThere(stream, &events) }
    case .reply(_, let block, _): _ = try decoder.decode(block)
    case .data(let stream, let bytes, let isLast): try takeData(stream, bytes, isLast, &events)
    case .reset(let stream, _):
      guard forget(stream) else { return }
      events.append(.reset(stream))
    case .ping(let id): if id % 2 == 1 { output += frame.bytes }
    case .goAway: events.append(.goneAway)
    case .settings(let settings): try take(settings)
    case .windowUpdate(let stream, let growth): try widen(stream, Int(growth))
    case .other: break
    }
  }

  private func open(_ stream: UInt32, isOneWay: Bool) throws(SPDYFailure) {
    guard stream % 2 == 1, stream > lastStream else {
      throw .broken("stream \(stream) is opened after stream \(lastStream): a client's streams are odd and grow")
    }
    lastStream = stream
    guard streams.count < limits.streams else { return reset(stream, .refusedStream) }
    var opened = Stream(window: Window(size: initialWindow))
    opened.isFinishedHere = isOneWay
    streams[stream] = opened
  }

  private func takeData(
    _ stream: UInt32, _ bytes: [UInt8], _ isLast: Bool, _ events: inout [Event]
  ) throws(SPDYFailure) {
    credit(&uncredited, bytes.count, stream: 0)
    guard let known = streams[stream] else {
      // What was on its way when the stream was closed is nobody's fault.
      if stream > lastStream || stream % 2 == 0 { reset(stream, .invalidStream) }
      return
    }
    guard !known.isFinishedThere else { return reset(stream, .streamAlreadyClosed) }
    if !bytes.isEmpty { events.append(.data(stream, bytes)) }
    if isLast { return finishThere(stream, &events) }
    streams[stream].map { kept in
      var kept = kept
      credit(&kept.uncredited, bytes.count, stream: stream)
      streams[stream] = kept
    }
  }

  /// Credits bytes that were taken, half a window at a time.
  private func credit(_ uncredited: inout Int, _ count: Int, stream: UInt32) {
    uncredited += count
    guard uncredited >= Window.initial / 2 else { return }
    output += SPDYFrame.windowUpdate(stream: stream, growth: UInt32(uncredited)).bytes
    uncredited = 0
  }

  private func finishThere(_ stream: UInt32, _ events: inout [Event]) {
    guard let known = streams[stream], !known.isFinishedThere else { return }
    streams[stream]?.isFinishedThere = true
    events.append(.finished(stream))
    forgetIfOver(stream)
  }

  private func take(_ settings: [SPDYFrame.Setting]) throws(SPDYFailure) {
    guard let setting = settings.last(where: { $0.id == SPDYFrame.Setting.initialWindow }) else { return }
    guard setting.value <= Window.limit else {
      throw SPDYFailure(.flowControlError, "the initial window is larger than \(Window.limit) bytes")
    }
    obeysWindows = true
    let growth = Int(setting.value) - initialWindow
    initialWindow = Int(setting.value)
    for stream in streams.keys.sorted() {
      streams[stream]?.window.size += growth
      sendWaiting(stream)
    }
  }

  private func widen(_ stream: UInt32, _ growth: Int) throws(SPDYFailure) {
    obeysWindows = true
    guard stream > 0 else {
      sessionWindow.size += growth
      guard sessionWindow.size <= Window.limit else {
        throw SPDYFailure(.flowControlError, "the session's window is larger than \(Window.limit) bytes")
      }
      for stream in streams.keys.sorted() { sendWaiting(stream) }
      return
    }
    guard let known = streams[stream] else { return }
    guard known.window.size + growth <= Window.limit else { return reset(stream, .flowControlError) }
    streams[stream]?.window.size += growth
    sendWaiting(stream)
  }

  // MARK: What goes out

  /// Accepts a stream that was opened.
  package func accept(_ stream: UInt32) throws(SPDYFailure) {
    guard streams[stream] != nil else { return }
    output += SPDYFrame.reply(stream: stream, headers: try encoder.encode(SPDYHeaders()), isLast: false).bytes
  }

  /// Ends a stream in both directions at once.
  package func reset(_ stream: UInt32, _ code: SPDYFailure.Code = .cancel) {
    forget(stream)
    output += SPDYFrame.reset(stream: stream, status: code.rawValue).bytes
  }

  /// Sends bytes on a stream; what is sent on one that is closed is lost.
  package func send(_ bytes: [UInt8], on stream: UInt32) throws(SPDYFailure) {
    guard let known = streams[stream], !known.isFinishedHere, !known.endsAfterWaiting, !bytes.isEmpty else { return }
    waitingSize += bytes.count
    guard waitingSize <= limits.backlog else {
      throw SPDYFailure(
        .flowControlError, "the client has kept its windows shut for more than the limit of \(limits.backlog) bytes")
    }
    streams[stream]?.waiting += bytes
    sendWaiting(stream)
  }

  /// Sends no more on a stream, after what waits.
  package func finish(_ stream: UInt32) {
    guard let known = streams[stream], !known.isFinishedHere else { return }
    streams[stream]?.endsAfterWaiting = true
    sendWaiting(stream)
  }

  /// Says that no further stream is taken, and why.
  package func goAway(_ failure: SPDYFailure? = nil) {
    let status: UInt32 = failure == nil ? 0 : failure?.code == .internalError ? 2 : 1
    output += SPDYFrame.goAway(lastStream: lastStream, status: status).bytes
  }

  private func sendWaiting(_ stream: UInt32) {
    guard var known = streams[stream] else { return }
    var sent = 0
    while sent < known.waiting.count {
      let room = obeysWindows ? min(known.window.size, sessionWindow.size) : Int.max
      let count = min(known.waiting.count - sent, room, Self.pieceSize)
      guard count > 0 else { break }
      let piece = Array(known.waiting[sent..<sent + count])
      output += SPDYFrame.data(stream: stream, bytes: piece, isLast: false).bytes
      sent += count
      known.window.size -= count
      sessionWindow.size -= count
    }
    known.waiting.removeFirst(sent)
    waitingSize -= sent
    if known.endsAfterWaiting, known.waiting.isEmpty, !known.isFinishedHere {
      known.isFinishedHere = true
      output += SPDYFrame.data(stream: stream, bytes: [], isLast: true).bytes
    }
    streams[stream] = known
    forgetIfOver(stream)
  }

  private func forgetIfOver(_ stream: UInt32) {
    if let known = streams[stream], known.isFinishedHere, known.isFinishedThere { forget(stream) }
  }

  @discardableResult
  private func forget(_ stream: UInt32) -> Bool {
    guard let known = streams.removeValue(forKey: stream) else { return false }
    waitingSize -= known.waiting.count
    return true
  }
}
