/// One frame of SPDY/3.1 (SPDY Protocol, Draft 3.1, section 2.2). Header blocks are still compressed.
enum SPDYFrame: Equatable {
  case data(stream: UInt32, bytes: [UInt8], isLast: Bool)
  case opening(stream: UInt32, headers: [UInt8], isLast: Bool, isOneWay: Bool)
  case reply(stream: UInt32, headers: [UInt8], isLast: Bool)
  case reset(stream: UInt32, status: UInt32)
  case settings([Setting])
  case ping(UInt32)
  case goAway(lastStream: UInt32, status: UInt32)
  case headers(stream: UInt32, headers: [UInt8], isLast: Bool)
  /// Stream 0 is the whole session.
  case windowUpdate(stream: UInt32, growth: UInt32)
  /// A control frame of a type that nobody has to know.
  case other(type: UInt16)

  struct Setting: Equatable {
    /// `SETTINGS_INITIAL_WINDOW_SIZE`
    static let initialWindow: UInt32 = 7

    var id: UInt32
    var value: UInt32
  }

  /// The protocol's version in control frames.
  static let version: UInt16 = 3
  private static let last: UInt8 = 1
  private static let oneWay: UInt8 = 2

  // MARK: To bytes

  var bytes: [UInt8] {
    switch self {
    case .data(let stream, let bytes, let isLast):
      return Self.word(stream & 0x7FFF_FFFF) + Self.word(UInt32(isLast ? Self.last : 0) << 24 | UInt32(bytes.count))
        + bytes
    case .opening(let stream, let headers, let isLast, let isOneWay):
      let flags = (isLast ? Self.last : 0) | (isOneWay ? Self.oneWay : 0)
      return Self.control(1, flags, Self.word(stream) + Self.word(0) + [0, 0] + headers)
    case .reply(let stream, let headers, let isLast):
      return Self.control(2, isLast ? Self.last : 0, Self.word(stream) + headers)
    case .reset(let stream, let status): return Self.control(3, 0, Self.word(stream) + Self.word(status))
    case .settings(let settings):
      let entries = settings.flatMap { Self.word($0.id & 0xFF_FFFF) + Self.word($0.value) }
      return Self.control(4, 0, Self.word(settings.count) + entries)
    case .ping(let id): return Self.control(6, 0, Self.word(id))
    case .goAway(let stream, let status): return Self.control(7, 0, Self.word(stream) + Self.word(status))
    case .headers(let stream, let headers, let isLast):
      return Self.control(8, isLast ? Self.last : 0, Self.word(stream) + headers)
    case .windowUpdate(let stream, let growth): return Self.control(9, 0, Self.word(stream) + Self.word(growth))
    case .other(let type): return Self.control(type, 0, [])
    }
  }

  private static func control(_ type: UInt16, _ flags: UInt8, _ payload: [UInt8]) -> [UInt8] {
    word(0x8000_0000 | UInt32(version) << 16 | UInt32(type)) + word(UInt32(flags) << 24 | UInt32(payload.count))
      + payload
  }

  static func word(_ number: some BinaryInteger) -> [UInt8] {
    let number = UInt32(truncatingIfNeeded: number)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  // MARK: From bytes

  /// A control frame by its type, flags and payload.
  init(type: UInt16, flags: UInt8, payload: ArraySlice<UInt8>) throws(SPDYFailure) {
    let isLast = flags & Self.last != 0
    switch type {
    case 1:
      let headers = try Self.rest(payload, after: 10)
      self = .opening(
        stream: try Self.stream(payload), headers: headers, isLast: isLast, isOneWay: flags & Self.oneWay != 0)
    case 2:
      self = .reply(stream: try Self.stream(payload), headers: try Self.rest(payload, after: 4), isLast: isLast)
    case 3:
      try Self.check(payload, count: 8)
      self = .reset(stream: try Self.stream(payload), status: Self.number(payload.dropFirst(4)))
    case 4: self = .settings(try Self.settings(payload))
    case 6:
      try Self.check(payload, count: 4)
      self = .ping(Self.number(payload))
    case 7:
      try Self.check(payload, count: 8)
      self = .goAway(lastStream: Self.number(payload) & 0x7FFF_FFFF, status: Self.number(payload.dropFirst(4)))
    case 8:
      self = .headers(stream: try Self.stream(payload), headers: try Self.rest(payload, after: 4), isLast: isLast)
    case 9:
      try Self.check(payload, count: 8)
      self = .windowUpdate(
        stream: Self.number(payload) & 0x7FFF_FFFF, growth: Self.number(payload.dropFirst(4)) & 0x7FFF_FFFF)
    default: self = .other(type: type)
    }
  }

  static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func stream(_ payload: ArraySlice<UInt8>) throws(SPDYFailure) -> UInt32 {
    guard payload.count >= 4 else { throw .broken("a control frame is too short") }
    let stream = number(payload) & 0x7FFF_FFFF
    guard stream > 0 else { throw .broken("a frame is for stream 0") }
    return stream
  }

  private static func rest(_ payload: ArraySlice<UInt8>, after count: Int) throws(SPDYFailure) -> [UInt8] {
    guard payload.count >= count else { throw .broken("a control frame is too short") }
    return Array(payload.dropFirst(count))
  }

  private static func check(_ payload: ArraySlice<UInt8>, count: Int) throws(SPDYFailure) {
    guard payload.count == count else {
      throw .broken("a control frame has \(payload.count) bytes where its type has \(count)")
    }
  }

  private static func settings(_ payload: ArraySlice<UInt8>) throws(SPDYFailure) -> [Setting] {
    guard payload.count >= 4, payload.count - 4 == Int(number(payload)) * 8 else {
      throw .broken("a SETTINGS frame's length does not fit its number of entries")
    }
    return stride(from: payload.startIndex + 4, to: payload.endIndex, by: 8).map { start in
      Setting(id: number(payload[start...]) & 0xFF_FFFF, value: number(payload[(start + 4)...]))
    }
  }
}

/// Cuts a client's bytes into frames.
struct SPDYFrameReader {
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0

  /// A reader of frames of at most so many bytes.
  init(limit: Int) {
    self.limit = limit
  }

  mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next frame; nil while it is not there whole.
  mutating func next() throws(SPDYFailure) -> SPDYFrame? {
    let rest = buffer[start...]
    guard rest.count >= 8 else { return nil }
    let first = SPDYFrame.number(rest)
    let second = SPDYFrame.number(rest.dropFirst(4))
    let count = Int(second & 0xFF_FFFF)
    guard count <= limit else {
      throw SPDYFailure(.frameTooLarge, "a frame of \(count) bytes is larger than the limit of \(limit) bytes")
    }
    let isControl = first & 0x8000_0000 != 0
    let version = UInt16(first >> 16 & 0x7FFF)
    guard !isControl || version == SPDYFrame.version else {
      throw SPDYFailure(.unsupportedVersion, "a control frame is of version \(version), not \(SPDYFrame.version)")
    }
    guard rest.count >= 8 + count else { return nil }
    let payload = rest.dropFirst(8).prefix(count)
    start += 8 + count
    let flags = UInt8(second >> 24)
    if isControl { return try SPDYFrame(type: UInt16(first & 0xFFFF), flags: flags, payload: payload) }
    guard first > 0 else { throw .broken("a data frame is for stream 0") }
    return .data(stream: first, bytes: Array(payload), isLast: flags & 1 != 0)
  }
}

/// What a client did wrong, with the code it is told (Draft 3.1, section 2.6.3).
package struct SPDYFailure: Error, Equatable {
  package enum Code: UInt32, Sendable {
    case protocolError = 1
    case invalidStream = 2
    case refusedStream = 3
    case unsupportedVersion = 4
    case cancel = 5
    case internalError = 6
    case flowControlError = 7
    case streamAlreadyClosed = 9
    case frameTooLarge = 11
  }

  package let code: Code
  package let reason: String

  init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  static func broken(_ reason: String) -> SPDYFailure { SPDYFailure(.protocolError, reason) }
}
