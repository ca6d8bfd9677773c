/// Reads one HTTP/1.1 answer from the bytes of a connection (RFC 9112).
struct AnswerReader {
  private enum Length {
    case known(Int)
    case chunked
    case untilEnd
  }

  private var bytes: [UInt8] = []
  private var head: (status: Int, length: Length, end: Int)?

  /// Takes what has come.
  mutating func take(_ more: [UInt8]) throws(HTTPSClient.Failure) {
    bytes += more
    guard bytes.count <= HTTPSClient.answerLimit else {
      throw HTTPSClient.Failure(message: "the answer is larger than \(HTTPSClient.answerLimit) bytes")
    }
    while head == nil, let end = Self.find([13, 10, 13, 10], in: bytes[...]) {
      let (status, length) = try Self.read(bytes[..<end])
      // 100 Continue and the like are answers before the answer.
      if (100..<200).contains(status) {
        bytes.removeFirst(end + 4)
      } else {
        head = (status, length, end + 4)
      }
    }
  }

  /// Whether no more bytes are needed.
  var isComplete: Bool {
    guard let head else { return false }
    switch head.length {
    case .known(let count): return bytes.count - head.end >= count
    case .chunked: return (try? Self.chunks(bytes[head.end...]))?.isEnded ?? true
    case .untilEnd: return false
    }
  }

  /// The answer, now that the connection has ended or no more is needed.
  func end() throws(HTTPSClient.Failure) -> HTTPSClient.Answer {
    guard let head else { throw HTTPSClient.Failure(message: "EOF") }
    let rest = bytes[head.end...]
    switch head.length {
    case .untilEnd: return HTTPSClient.Answer(status: head.status, body: Array(rest))
    case .known(let count):
      guard rest.count >= count else { throw HTTPSClient.Failure(message: "unexpected EOF") }
      return HTTPSClient.Answer(status: head.status, body: Array(rest.prefix(count)))
    case .chunked:
      let (body, isEnded) = try Self.chunks(rest)
      guard isEnded else { throw HTTPSClient.Failure(message: "unexpected EOF") }
      return HTTPSClient.Answer(status: head.status, body: body)
    }
  }

  private static func read(_ head: ArraySlice<UInt8>) throws(HTTPSClient.Failure) -> (Int, Length) {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]), (100..<1000).contains(status)
    else {
      throw HTTPSClient.Failure(message: "malformed HTTP response \(String(lines.first ?? "").debugDescription)")
    }
    var length = Length.untilEnd
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { continue }
      let value = sides[1].drop { $0 == " " || $0 == "\t" }
      switch sides[0].lowercased() {
      case "transfer-encoding" where value.lowercased().contains("chunked"): length = .chunked
      case "content-length":
        guard let count = Int(value), count >= 0 else {
          throw HTTPSClient.Failure(message: "bad Content-Length \(String(value).debugDescription)")
        }
        if case .untilEnd = length { length = .known(count) }
      default: break
      }
    }
    return (status, length)
  }

  private static func chunks(_ bytes: ArraySlice<UInt8>) throws(HTTPSClient.Failure) -> (body: [UInt8], isEnded: Bool) {
    var body: [UInt8] = []
    var rest = bytes
    while let end = find([13, 10], in: rest) {
      let size = String(decoding: rest[..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
      guard let count = Int(size, radix: 16), count >= 0, count <= HTTPSClient.answerLimit else {
        throw HTTPSClient.Failure(message: "invalid byte in chunk length")
      }
      rest = rest[(end + 2)...]
      if count == 0 { return (body, true) }
      guard rest.count >= count + 2 else { break }
      body += rest.prefix(count)
      rest = rest.dropFirst(count + 2)
    }
    return (body, false)
  }

  private static func find(_ part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= part.count else { return nil }
    for start in bytes.startIndex...(bytes.endIndex - part.count)
    where bytes[start] == part[0] && bytes[start..<start + part.count].elementsEqual(part) {
      return start
    }
    return nil
  }
}
