/// A moment at which a call's time is up.
struct Deadline {
  private let end: Int64

  init(seconds: Int) { end = Sockets.monotonicMilliseconds + Int64(seconds) * 1_000 }

  /// Milliseconds that are left.
  var left: Int { Int(max(0, end - Sockets.monotonicMilliseconds)) }
}

/// A connected socket that waits no longer than its call has time.
final class ClientSocket {
  let descriptor: Int32

  init(host: String, port: UInt16, deadline: Deadline) throws(HTTPSClient.Failure) {
    let addresses = Sockets.resolve(host, port)
    guard !addresses.isEmpty else { throw HTTPSClient.Failure(message: "dial tcp: lookup \(host): no such host") }
    var failure = HTTPSClient.Failure.timeout
    for address in addresses {
      guard deadline.left > 0 else { throw .timeout }
      switch Sockets.connect(address, milliseconds: deadline.left) {
      case .connected(let descriptor):
        self.descriptor = descriptor
        return
      case .timeout: failure = .timeout
      case .refused(let why):
        let place = address.text.contains(":") ? "[\(address.text)]" : address.text
        failure = HTTPSClient.Failure(message: "dial tcp \(place):\(port): connect: \(why)")
      }
    }
    throw failure
  }

  deinit { Sockets.close(descriptor) }

  /// Lets the next reading or writing wait only as long as there is time.
  func limitWaiting(_ deadline: Deadline) throws(HTTPSClient.Failure) {
    let left = deadline.left
    guard left > 0 else { throw .timeout }
    Sockets.setTimeout(descriptor, milliseconds: left)
  }

  /// Whether a host is an address and no name.
  static func isAddress(_ host: String) -> Bool {
    host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
  }
}
