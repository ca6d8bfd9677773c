/// What is checked when the header fields are there and before any body is read. libmicrohttpd lets all of this through.
enum RequestRules {
  /// Methods of RFC 9110 and RFC 5789 that a handler may see.
  static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

  /// The first rule a request breaks, or nil.
  static func refusal(method: String, version: String, target: RequestTarget?, headers: HTTPHeaders) -> HTTPRefusal? {
    guard target != nil else {
      return HTTPRefusal(status: 400, reason: "the request target is not a path in UTF-8")
    }
    guard methods.contains(method) else {
      return HTTPRefusal(status: 405, reason: "the method \(method.prefix(32)) is not supported")
    }
    return fields(headers) ?? framing(version: version, headers: headers) ?? expectation(headers)
  }

  /// A name that is no token, or control characters in a value, may be read differently by another server on the way
  /// (RFC 9112 section 5.1, RFC 9110 section 5.5).
  private static func fields(_ headers: HTTPHeaders) -> HTTPRefusal? {
    for field in headers.fields {
      guard !field.name.isEmpty, ASCII.all(field.name, ASCII.isToken) else {
        return HTTPRefusal(status: 400, reason: "a header field's name has characters that are not allowed")
      }
      guard ASCII.all(field.value, { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        return HTTPRefusal(status: 400, reason: "the header field \(field.name.prefix(64)) has control characters")
      }
    }
    return nil
  }

  /// Two readings of where a body ends are an attack (RFC 9112 sections 6.1 and 6.3).
  private static func framing(version: String, headers: HTTPHeaders) -> HTTPRefusal? {
    let lengths = headers.all("Content-Length")
    let codings = headers.all("Transfer-Encoding")
    if headers.all("Host").count > 1 { return HTTPRefusal(status: 400, reason: "more than one Host field") }
    if lengths.count > 1 { return HTTPRefusal(status: 400, reason: "more than one Content-Length field") }
    guard let coding = codings.first else { return nil }
    if !lengths.isEmpty {
      return HTTPRefusal(status: 400, reason: "Content-Length beside Transfer-Encoding")
    }
    guard codings.count == 1, ASCII.equalIgnoringCase(ASCII.trimmed(coding), "chunked"), version == "HTTP/1.1"
    else { return HTTPRefusal(status: 400, reason: "the only Transfer-Encoding supported is chunked, in HTTP/1.1") }
    return nil
  }

  private static func expectation(_ headers: HTTPHeaders) -> HTTPRefusal? {
    guard let expected = headers["Expect"], !ASCII.equalIgnoringCase(ASCII.trimmed(expected), "100-continue")
    else { return nil }
    return HTTPRefusal(status: 417, reason: "the only expectation supported is 100-continue")
  }
}
