import Glibc

/// What a client read: one answer, as it came.
struct RawResponse {
  var status = 0
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// What went wrong on the client's side.
enum RawClientError: Error, Equatable {
  case notConnected
  case timedOut
  case closed
  case malformed(String)
}

/// A blocking socket to 127.0.0.1 on which a test writes exactly the bytes it wants. Every wait is bounded.
final class RawClient {
  let descriptor: Int32
  private var buffer: [UInt8] = []

  init(port: UInt16, timeout: Double = 20, receiveBuffer: Int32? = nil, source: String? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    setTimeout(timeout)
    if let source {
      guard Self.call(bind, descriptor, source, port: 0) else { throw RawClientError.notConnected }
    }
    guard Self.call(connect, descriptor, "127.0.0.1", port: port) else { throw RawClientError.notConnected }
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ host: String, port: UInt16
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  deinit {
    close(descriptor)
  }

  func setTimeout(_ seconds: Double) {
    var time = timeval(tv_sec: Int(seconds), tv_usec: Int((seconds - seconds.rounded(.down)) * 1_000_000))
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Sends all bytes; false when the server has closed.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// One answer: by Content-Length, by chunks, or up to the end.
  func response(toHead isHead: Bool = false) throws -> RawResponse {
    var response = try head()
    if isHead || response.status == 304 || response.status == 204 || response.status < 200 { return response }
    if response["Transfer-Encoding"] == "chunked" {
      while let chunk = try chunk() { response.body += chunk }
    } else if let length = response["Content-Length"].flatMap({ Int($0) }) {
      response.body = try take(length)
    } else {
      response.body = rest()
    }
    return response
  }

  /// Status line and header fields.
  func head() throws -> RawResponse {
    var response = RawResponse()
    let first = try line()
    guard first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
      throw RawClientError.malformed(first)
    }
    response.status = status
    while true {
      let line = try line()
      if line.isEmpty { return response }
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw RawClientError.malformed(line) }
      response.fields.append((name: String(parts[0]), value: String(parts[1].drop { $0 == " " })))
    }
  }

  /// One chunk's bytes; nil for the last.
  func chunk() throws -> [UInt8]? {
    guard let size = Int(try line(), radix: 16) else { throw RawClientError.malformed("chunk size") }
    let bytes = try take(size)
    guard try line().isEmpty else { throw RawClientError.malformed("chunk end") }
    return size == 0 ? nil : bytes
  }

  /// Everything up to the end of the connection.
  func rest() -> [UInt8] {
    while (try? fill()) != nil {}
    defer { buffer = [] }
    return buffer
  }

  /// Whether the server closed, with nothing more to read.
  func isClosed() -> Bool {
    do {
      try fill()
      return false
    } catch {
      return error == .closed && buffer.isEmpty
    }
  }

  /// More bytes into the buffer, waiting up to the time-out.
  func fill() throws(RawClientError) {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    if count > 0 {
      buffer += bytes[..<count]
    } else {
      throw count < 0 && errno == EAGAIN ? .timedOut : .closed
    }
  }

  /// Exactly so many bytes.
  func take(_ count: Int) throws -> [UInt8] {
    while buffer.count < count { try fill() }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  private func line() throws -> String {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = buffer[..<end]
        buffer.removeFirst(end + 1)
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      }
      try fill()
    }
  }
}
