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
