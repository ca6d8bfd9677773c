import API
import Kinds
import Loop
import Testing

@testable import Console

@Suite("Bytes of a forwarded port, read as HTTP")
struct PortDialogueTests {
  private func steps(_ pieces: String...) -> [PortDialogue.Step] {
    var dialogue = PortDialogue()
    return pieces.flatMap { dialogue.take(Array($0.utf8)) }
  }

  @Test func aRequestIsReadWhereverItIsCut() {
    let text = "GET /a?b HTTP/1.1\r\nHost: x:1\r\nUser-Agent: t\r\n\r\n"
    let expected = [PortDialogue.Step.request(PortRequest(path: "/a?b", host: "x:1", userAgent: "t"), .keepAlive)]
    for cut in text.indices { #expect(steps(String(text[..<cut]), String(text[cut...])) == expected) }
  }

  @Test func requestsFollowEachOtherAndBodiesAreDropped() {
    let found = steps(
      "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel", "loGET /1 HTTP/1.1\r\n\r\n",
      "PUT /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n", "0\r\n\r\nGET /3 HTTP/1.0\r\n\r\n")
    #expect(
      found == [
        .request(PortRequest(method: "POST"), .keepAlive), .request(PortRequest(path: "/1"), .keepAlive),
        .request(PortRequest(method: "PUT", path: "/2"), .keepAlive), .request(PortRequest(path: "/3"), .close),
      ])
  }

  @Test func aClientThatWaitsIsToldToGoOn() {
    #expect(
      steps("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\n")
        == [.goOn, .request(PortRequest(method: "POST"), .close)])
  }

  @Test(
    "what is no HTTP ends the dialogue",
    arguments: [
      "hello\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
      "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n",
      "GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 40_000),
    ])
  func broken(_ text: String) {
    var dialogue = PortDialogue()
    let found = dialogue.take(Array(text.utf8))
    guard case .broken? = found.last else {
      Issue.record("not refused: \(found)")
      return
    }
    #expect(dialogue.take(Array("GET / HTTP/1.1\r\n\r\n".utf8)).isEmpty)
  }

  @Test func anAnswerIsWrittenWhole() {
    let answer = PortAnswer(status: 404, contentType: "text/html", server: "nginx/1.29.0", body: Array("no".utf8))
    let time = Time(timestamp: "1994-11-06T08:49:37Z")!
    let head =
      "HTTP/1.1 404 Not Found\r\nServer: nginx/1.29.0\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
      + "Content-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
    #expect(
      String(decoding: PortDialogue.encode(answer, to: PortRequest(), .close, at: time), as: UTF8.self) == head + "no")
    #expect(
      String(decoding: PortDialogue.encode(answer, to: PortRequest(method: "HEAD"), .close, at: time), as: UTF8.self)
        == head)
  }
}
