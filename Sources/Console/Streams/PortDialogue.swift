import API
import Kinds
import Loop
import Nodes

/// One connection's bytes, read as HTTP/1.1 requests (RFC 9112).
struct PortDialogue {
  /// What follows an answer.
  enum Ending: Sendable, Equatable {
    case keepAlive
    case close
  }

  enum Step: Equatable {
    case request(PortRequest, Ending)
    /// The client waits to be told before it sends a body.
    case goOn
    /// What came is no HTTP: nothing more is read.
    case broken(String)
  }

  private enum Body {
    case bytes(Int)
    /// The next chunk's size comes.
    case chunks
    /// So much of a chunk, and its line's end.
    case chunk(Int)
  }

  /// Bytes of request line and header fields, and of a chunk's size line.
  private static let headLimit = 32 << 10
  /// What a client is told that waits before its body.
  static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  private var buffer: [UInt8] = []
  private var body: Body?
  private var isBroken = false

  /// Takes bytes as they came; answers what they complete. Bodies are read and dropped.
  mutating func take(_ bytes: [UInt8]) -> [Step] {
    guard !isBroken else { return [] }
    buffer += bytes
    var steps: [Step] = []
    while !isBroken {
      if body != nil {
        guard dropBody(&steps) else { break }
      } else {
        guard let head = takeLines() else { break }
        read(head, &steps)
      }
    }
    if buffer.count > Self.headLimit { fail("the header is larger than the limit of \(Self.headLimit) bytes", &steps) }
    return steps
  }

  private mutating func fail(_ reason: String, _ steps: inout [Step]) {
    guard !isBroken else { return }
    isBroken = true
    buffer = []
    steps.append(.broken(reason))
  }

  /// The lines up to an empty one; nil while they have not come whole.
  private mutating func takeLines() -> [String]? {
    while buffer.starts(with: Array("\r\n".utf8)) { buffer.removeFirst(2) }
    let end = Array("\r\n\r\n".utf8)
    guard let start = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) else { return nil }
    defer { buffer.removeFirst(start + end.count) }
    return String(decoding: buffer[..<start], as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  private mutating func read(_ head: [String], _ steps: inout [Step]) {
    let words = head.first?.split(separator: " ") ?? []
    guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      return fail("this port speaks HTTP/1.1", &steps)
    }
    var fields: [String: String] = [:]
    for line in head.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return fail("a header field has no colon", &steps) }
      let value = String(parts[1].drop { $0 == " " || $0 == "\t" })
      fields[parts[0].lowercased()] = value
    }
    let wish = fields["connection"]?.lowercased() ?? ""
    let isOld = words[2] == "HTTP/1.0"
    let ending: Ending = wish.contains("close") || (isOld && !wish.contains("keep-alive")) ? .close : .keepAlive
    if fields["expect"]?.lowercased() == "100-continue" { steps.append(.goOn) }
    if fields["transfer-encoding"]?.lowercased() == "chunked" {
      body = .chunks
    } else if let text = fields["content-length"] {
      guard let count = Int(text), count >= 0 else { return fail("the length of the body is no number", &steps) }
      if count > 0 { body = .bytes(count) }
    }
    let request = PortRequest(
      method: String(words[0]), path: Self.path(words[1]), host: fields["host"] ?? "",
      userAgent: fields["user-agent"])
    steps.append(.request(request, ending))
  }

  /// A proxy's clients write the whole address.
  private static func path(_ target: Substring) -> String {
    guard target.hasPrefix("http://") else { return String(target) }
    let path = target.dropFirst(7).drop { $0 != "/" }
    return path.isEmpty ? "/" : String(path)
  }

  /// Drops what has come of a body. False while more has to come.
  private mutating func dropBody(_ steps: inout [Step]) -> Bool {
    switch body {
    case .bytes(let count):
      let dropped = min(count, buffer.count)
      buffer.removeFirst(dropped)
      body = dropped == count ? nil : .bytes(count - dropped)
      return body == nil
    case .chunk(let count):
      let dropped = min(count, buffer.count)
      buffer.removeFirst(dropped)
      body = dropped == count ? .chunks : .chunk(count - dropped)
      return dropped == count
    case .chunks: return dropChunk(&steps)
    case nil: return true
    }
  }

  private mutating func dropChunk(_ steps: inout [Step]) -> Bool {
    guard let end = buffer.indices.first(where: { buffer[$0...].starts(with: Array("\r\n".utf8)) }) else {
      return false
    }
    let line = String(decoding: buffer[..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
    guard let count = Int(line, radix: 16), count >= 0, count <= Self.chunkLimit else {
      fail("a chunk's size is no number", &steps)
      return true
    }
    guard count > 0 else {
      // Trailers are not read: an empty line ends the body.
      guard buffer.count >= end + 4 else { return false }
      buffer.removeFirst(end + 4)
      body = nil
      return true
    }
    buffer.removeFirst(end + 2)
    body = .chunk(count + 2)
    return true
  }

  /// Bytes of one chunk.
  private static let chunkLimit = 1 << 30
}

/// Answers.
extension PortDialogue {
  /// An answer as it is sent.
  static func encode(_ answer: PortAnswer, to request: PortRequest, _ ending: Ending, at now: Time) -> [UInt8] {
    var head = "HTTP/1.1 \(answer.status) \(phrases[answer.status] ?? "Unknown")\r\n"
    if !answer.server.isEmpty { head += "Server: \(answer.server)\r\n" }
    head += "Date: \(HTTPDate.text(now))\r\n"
    head += "Content-Type: \(answer.contentType)\r\n"
    head += "Content-Length: \(answer.body.count)\r\n"
    head += "Connection: \(ending == .close ? "close" : "keep-alive")\r\n\r\n"
    return Array(head.utf8) + (request.method == "HEAD" ? [] : answer.body)
  }

  /// What is answered to something that is no HTTP.
  static func badRequest(_ reason: String) -> [UInt8] {
    let body = "400 Bad Request: \(reason)\n"
    return Array(
      ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Connection: close\r\n\r\n" + body).utf8)
  }

  private static let phrases = [
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
    304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 418: "I'm a teapot", 429: "Too Many Requests", 500: "Internal Server Error",
    502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
  ]
}
