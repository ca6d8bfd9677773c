import CMicroHTTPD

/// Hands an answer to libmicrohttpd, without copying its bytes.
enum ResponseWriter {
  /// Bytes libmicrohttpd reads from a stream at a time for clients without chunked coding.
  private static let streamBlock = 1024

  static func queue(_ prepared: PreparedResponse, for exchange: Exchange) -> Bool {
    guard let response = response(prepared.payload, for: exchange) else { return false }
    defer { MHD_destroy_response(response) }
    for (name, value) in prepared.headers { _ = MHD_add_response_header(response, name, value) }
    return QueueHook.queue(exchange.handle.raw, UInt32(clamping: prepared.status), response) != 0
  }

  /// The standard's words for a status code.
  static func phrase(_ status: Int) -> String {
    MHD_get_reason_phrase_for(UInt32(clamping: status)).map { String(cString: $0) } ?? "Refused"
  }

  /// A whole answer as bytes, for a socket on which libmicrohttpd has not begun one.
  static func lastWord(_ response: HTTPResponse) -> [UInt8] {
    let body = PreparedResponse.joined(response.body)
    var head =
      "HTTP/1.1 \(response.status) \(phrase(response.status))\r\nConnection: close\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  private static func response(_ payload: PreparedResponse.Payload, for exchange: Exchange) -> OpaquePointer? {
    switch payload {
    case .bytes(let bytes):
      exchange.bytesSent = UInt64(bytes.count)
      return response(bytes)
    case .pieces(let pieces):
      let count = pieces.reduce(0) { $0 + $1.count }
      exchange.bytesSent = UInt64(count)
      return count > PieceReader.joinedSize
        ? response(pieces, count: count) : response(PieceReader.joined(pieces, count: count))
    case .stream(let stream):
      let source = StreamSource(stream: stream, connection: exchange.handle)
      return MHD_create_response_from_callback(
        UInt64.max, streamBlock,
        { context, _, buffer, size in
          guard let context, let buffer else { return -2 }
          return Unmanaged<StreamSource>.fromOpaque(context).takeUnretainedValue().read(into: buffer, size: size)
        }, Unmanaged.passRetained(source).toOpaque(),
        { context in if let context { Unmanaged<StreamSource>.fromOpaque(context).release() } })
    }
  }

  /// An array's elements stay where they are while somebody holds the array, which the free callback ends.
  private static func response(_ bytes: [UInt8]) -> OpaquePointer? {
    guard !bytes.isEmpty else { return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT) }
    let holder = Holder(bytes: bytes)
    let start = bytes.withUnsafeBytes { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
    return MHD_create_response_from_buffer_with_free_callback_cls(
      bytes.count, start, release, Unmanaged.passRetained(holder).toOpaque())
  }

  private static func response(_ pieces: [ArraySlice<UInt8>], count: Int) -> OpaquePointer? {
    MHD_create_response_from_callback(
      UInt64(count), PieceReader.blockSize,
      { context, _, buffer, size in
        guard let context, let buffer else { return -2 }
        return Unmanaged<PieceReader>.fromOpaque(context).takeUnretainedValue()
          .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
      }, Unmanaged.passRetained(PieceReader(pieces)).toOpaque(),
      { context in if let context { Unmanaged<PieceReader>.fromOpaque(context).release() } })
  }

  private static let release: MHD_ContentReaderFreeCallback = { context in
    if let context { Unmanaged<Holder>.fromOpaque(context).release() }
  }

  /// Keeps bytes alive while libmicrohttpd sends them.
  private final class Holder {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }
  }

  /// A stream and the connection it feeds.
  private final class StreamSource {
    let stream: EventStream
    let connection: ConnectionHandle

    init(stream: EventStream, connection: ConnectionHandle) {
      self.stream = stream
      self.connection = connection
    }

    /// libmicrohttpd's MHD_CONTENT_READER_END_OF_STREAM is -1 and MHD_CONTENT_READER_END_WITH_ERROR is -2.
    func read(into buffer: UnsafeMutablePointer<CChar>, size: Int) -> Int {
      switch stream.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size), for: connection) {
      case .bytes(let count): count
      case .end: -1
      case .cut: -2
      }
    }
  }
}
