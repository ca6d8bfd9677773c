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
            RequestFields.text(name, nameLength), RequestFields.text(value, valueLength))
          return .YES
        }, headers)
    }
    return headers
  }

  static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    guard let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }
}
