/// A request body as it comes in, up to a limit.
struct RequestBody {
  /// What to do with a declared length, before the first byte.
  enum Plan: Equatable {
    case none
    case read
    /// Too large, but small enough to be read and dropped, so that the client gets to read the refusal.
    case discard
    /// Too large: answer now and close.
    case refuse
  }

  private(set) var bytes: [UInt8] = []
  private(set) var isOverLimit = false
  private var received = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// What a body may come to need, by its declared length.
  static func demand(headers: HTTPHeaders, limit: Int) -> Int {
    min(limit, headers["Content-Length"].flatMap { Int(ASCII.trimmed($0)) } ?? limit)
  }

  static func plan(headers: HTTPHeaders, limit: Int) -> Plan {
    if headers["Transfer-Encoding"] != nil { return .read }
    guard let field = headers["Content-Length"] else { return .none }
    guard let length = Int(ASCII.trimmed(field)) else { return .refuse }
    if length <= limit { return length == 0 ? .none : .read }
    return length <= 2 * limit && headers["Expect"] == nil ? .discard : .refuse
  }

  /// Takes bytes in. False when so many have come that there is no use in reading on.
  mutating func append(_ chunk: UnsafeRawBufferPointer) -> Bool {
    received += chunk.count
    isOverLimit = isOverLimit || received > limit
    if isOverLimit {
      bytes = []
    } else {
      bytes.append(contentsOf: chunk)
    }
    return received <= 2 * limit
  }
}
