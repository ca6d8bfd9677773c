import CMicroHTTPD

/// Reads the header fields of a request in the order they came.
enum RequestFields {
  static func read(_ handle: ConnectionHandle) -> HTTPHeaders {
    var headers = HTTPHeaders()
    withUnsafeMutablePointer(to: &headers) { headers in
      _ = MHD_get_connection_values_n(
        handle.raw, .HEADER_KIND,
        { context, _, name, nameLength, value, valueLength in
          guard let headers = context?.assumingMemoryBound(to: HTTPHeaders.self) else { return .NO }
          headers.pointee.append(
            RequestFields.text(name, nameLength), RequestFields.value(value, valueLength))
          return .YES
        }, headers)
    }
    return headers
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    guard let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// Without the blanks at its end, which are no part of a value (RFC 9110 section 5.5); libmicrohttpd leaves them there.
  private static func value(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    var count = length
    while let start, count > 0, start[count - 1] == 0x20 || start[count - 1] == 0x09 { count -= 1 }
    return text(start, count)
  }
}
