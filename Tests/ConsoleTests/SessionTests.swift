import API
import Glibc
import HTTP
import Testing

@testable import Console

@Suite("Tokens and sessions") struct SessionTests {
  private let folder: String = {
    var template = Array("/tmp/tokens.XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()

  private var path: String { folder + "/tokens" }

  private func tidy() {
    unlink(path)
    rmdir(folder)
  }

  @Test("a token is known by its hash only, and by another process's file at once")
  func tokens() throws {
    defer { tidy() }
    let server = try TokenFile(path: path)
    #expect(server.isEmpty)
    let token = try TokenFile(path: path).issue(for: .admin)
    #expect(server.caller(for: token) == .admin)
    #expect(server.caller(for: token + "x") == nil)
    let kept = String(decoding: FileContents.read(path) ?? [], as: UTF8.self)
    #expect(!kept.contains(token))
    #expect(kept.contains("\"user\":\"admin\""))
  }

  @Test("a damaged token file says which it is and what to do")
  func damagedFile() throws {
    defer { tidy() }
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT, 0o600)
    _ = Glibc.write(descriptor, "nonsense\n", 9)
    Glibc.close(descriptor)
    #expect {
      _ = try TokenFile(path: path)
    } throws: {
      "\($0)".contains(path) && "\($0)".contains("remove that line")
    }
  }

  private func request(cookie: String?) throws -> HTTPRequest {
    let headers = cookie.map { HTTPHeaders([("Cookie", "other=1; podium-session=\($0)")]) } ?? HTTPHeaders()
    return try #require(
      HTTPRequest(method: "GET", target: "/session", headers: headers, body: [], peer: .unknown))
  }

  @Test("a session is its cookie's, until it is closed")
  func sessions() throws {
    let sessions = Sessions()
    let cookie = sessions.open(for: .learner)
    #expect(sessions.caller(of: try request(cookie: cookie)) == .learner)
    #expect(sessions.caller(of: try request(cookie: "wrong")) == nil)
    #expect(sessions.caller(of: try request(cookie: nil)) == nil)
    sessions.close(try request(cookie: cookie))
    #expect(sessions.caller(of: try request(cookie: cookie)) == nil)
  }
}
