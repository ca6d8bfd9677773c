/// An answer after everything the request asks for: validators, compression.
struct PreparedResponse {
  enum Payload {
    case bytes([UInt8])
    case pieces([ArraySlice<UInt8>])
    case stream(EventStream)
  }

  /// The server writes these itself.
  private static let reserved = ["Content-Length", "Transfer-Encoding", "Date"]

  private(set) var status: Int
  private(set) var headers: [(String, String)]
  private(set) var payload: Payload

  init(_ response: HTTPResponse, method: String, requestHeaders: HTTPHeaders, threshold: Int) {
    status = response.status
    headers = response.headers
    headers.removeAll { field in Self.reserved.contains { ASCII.equalIgnoringCase($0, field.0) } }
    payload = .bytes([])
    func acceptsGzip() -> Bool { AcceptEncoding.allowsGzip(requestHeaders.all("Accept-Encoding")) }
    switch response.body {
    case .empty: break
    case .stream(let stream): payload = .stream(stream)
    case .bytes(let bytes):
      payload = .bytes(bytes)
      compress(size: bytes.count, threshold: threshold, acceptsGzip: acceptsGzip)
    case .pieces(let pieces):
      payload = .pieces(pieces)
      compress(size: pieces.reduce(0) { $0 + $1.count }, threshold: threshold, acceptsGzip: acceptsGzip)
    case .file(let file):
      serve(file, requestHeaders: requestHeaders, acceptsGzip: acceptsGzip())
    }
  }

  /// A body's bytes in one piece; a stream has none yet.
  static func joined(_ body: HTTPResponse.Body) -> [UInt8] {
    switch body {
    case .empty, .stream: []
    case .bytes(let bytes): bytes
    case .pieces(let pieces): Array(pieces.joined())
    case .file(let file): file.bytes
    }
  }

  private mutating func compress(size: Int, threshold: Int, acceptsGzip: () -> Bool) {
    guard size >= threshold, !headers.contains(where: { ASCII.equalIgnoringCase($0.0, "Content-Encoding") })
    else { return }
    headers.append(("Vary", "Accept-Encoding"))
    guard acceptsGzip(), let compressed = compressed() else { return }
    headers.append(("Content-Encoding", "gzip"))
    payload = .bytes(compressed)
  }

  private func compressed() -> [UInt8]? {
    switch payload {
    case .bytes(let bytes): Gzip.compress([bytes[...]], level: .fast)
    case .pieces(let pieces): Gzip.compress(pieces, level: .fast)
    case .stream: nil
    }
  }

  /// RFC 9110 section 13.1.2: a matching validator makes it a 304 without a body.
  private mutating func serve(_ file: StaticFile, requestHeaders: HTTPHeaders, acceptsGzip: Bool) {
    headers.append(("Content-Type", file.contentType))
    headers.append(("Cache-Control", "no-cache"))
    let compressed = acceptsGzip ? file.compressed : nil
    if file.compressed != nil { headers.append(("Vary", "Accept-Encoding")) }
    let tag = compressed == nil ? file.tag : file.compressedTag
    headers.append(("ETag", tag))
    if status == 200, EntityTags.match(requestHeaders.all("If-None-Match"), [file.tag, file.compressedTag]) {
      status = 304
      return
    }
    if compressed != nil { headers.append(("Content-Encoding", "gzip")) }
    payload = .bytes(compressed ?? file.bytes)
  }
}
