import HTTP
import Testing

@Suite("A server that cannot start says why")
struct StartTests {
  private let handler = ClosureHandler { _ in .answer(.text("")) }

  @Test func aPortInUseIsNamed() throws {
    try withServer { first in
      let options = HTTPServerOptions(port: first.port)
      #expect(throws: HTTPServerError.addressInUse(host: "127.0.0.1", port: first.port)) {
        try HTTPServer(options: options, handler: handler)
      }
    }
  }

  @Test(arguments: ["no such host", "", "203.0.113.7", "::zz"])
  func anAddressOfAnotherMachineIsInvalid(_ host: String) {
    #expect(throws: HTTPServerError.addressInvalid(host: host)) {
      try HTTPServer(options: HTTPServerOptions(host: host), handler: handler)
    }
  }

  @Test(arguments: ["localhost", "127.0.0.1", "0.0.0.0"])
  func clientsOfIPv4ReachIt(_ host: String) throws {
    try withServer({ $0.host = host }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().status == 200)
    }
  }

  @Test func aCertificateThatIsNoneIsRefused() {
    var options = HTTPServerOptions()
    options.tls = TLSOptions(certificate: "not PEM", key: "not PEM")
    do {
      _ = try HTTPServer(options: options, handler: handler)
      Issue.record("it started")
    } catch HTTPServerError.badCertificate(let reason) {
      #expect(!reason.isEmpty)
    } catch {
      Issue.record("\(error)")
    }
  }
}
