/// A client for one POST over TLS, which blocks its thread until the answer is there or the time is up.
///
/// Failures are worded as Go's network library does: it is what people know from webhooks.
package struct HTTPSClient {
  /// What is posted, and where to.
  package struct Call: Sendable {
    package var host: String
    package var port: UInt16
    /// Path and query.
    package var target: String
    /// The `Host` header.
    package var authority: String
    /// Certificates in PEM form that are trusted; empty: those of the system.
    package var certificates: String
    package var contentType: String
    package var body: [UInt8]
    package var timeoutSeconds: Int

    package init(
      host: String, port: UInt16, target: String, authority: String, certificates: String, contentType: String,
      body: [UInt8], timeoutSeconds: Int
    ) {
      self.host = host
      self.port = port
      self.target = target
      self.authority = authority
      self.certificates = certificates
      self.contentType = contentType
      self.body = body
      self.timeoutSeconds = timeoutSeconds
    }
  }

  package struct Answer: Sendable {
    package let status: Int
    package let body: [UInt8]
  }

  /// Why there is no answer.
  package struct Failure: Error, Sendable, Equatable {
    package let message: String

    static let timeout = Failure(message: "context deadline exceeded")
  }

  /// Bytes of an answer, its head included.
  package static let answerLimit = 3 << 20

  /// Posts the body and waits for the answer.
  package static func post(_ call: Call) throws(Failure) -> Answer {
    let deadline = Deadline(seconds: call.timeoutSeconds)
    let socket = try ClientSocket(host: call.host, port: call.port, deadline: deadline)
    let session = try ClientSession(socket, host: call.host, certificates: call.certificates, deadline: deadline)
    try session.send(head(of: call) + call.body)
    var reader = AnswerReader()
    while !reader.isComplete {
      let bytes = try session.receive()
      if bytes.isEmpty { return try reader.end() }
      try reader.take(bytes)
    }
    return try reader.end()
  }

  private static func head(of call: Call) -> [UInt8] {
    Array(
      """
      POST \(call.target) HTTP/1.1\r
      Host: \(call.authority)\r
      User-Agent: kube-apiserver-admission\r
      Content-Length: \(call.body.count)\r
      Accept: application/json, */*\r
      Content-Type: \(call.contentType)\r
      Connection: close\r
      \r

      """.utf8)
  }
}
