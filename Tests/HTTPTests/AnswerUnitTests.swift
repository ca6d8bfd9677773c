import Testing

@testable import HTTP

@Suite("The parts of an answer")
struct AnswerUnitTests {
  @Test(arguments: [
    (["gzip"], true), (["gzip, deflate, br"], true), (["deflate", "GZIP"], true), (["*"], true),
    (["gzip;q=0.5"], true), ([], false), (["deflate"], false), (["gzip;q=0"], false), (["gzip; q=0.000"], false),
    (["*;q=0"], false), (["gzip;q=0, *"], false), (["identity"], false),
  ])
  func gzipIsAllowedByWeight(_ fields: [String], _ expected: Bool) {
    #expect(AcceptEncoding.allowsGzip(fields) == expected)
  }

  @Test(arguments: [
    ("\"a\"", true), ("W/\"a\"", true), ("\"x\", \"a\"", true), ("*", true), ("\"x\"", false), ("a", false),
    ("", false),
  ])
  func entityTagsCompareWeakly(_ field: String, _ expected: Bool) {
    #expect(EntityTags.match([field], ["\"a\"", "\"b\""]) == expected)
  }

  @Test func piecesAreGivenOutBlockByBlock() {
    let reader = PieceReader([[1, 2, 3][...], [][...], [0, 4, 5, 0][1...2], [6][...]])
    var buffer = [UInt8](repeating: 0, count: 4)
    var blocks: [[UInt8]] = []
    while true {
      let count = buffer.withUnsafeMutableBytes { reader.read(into: $0) }
      if count == 0 { break }
      blocks.append(Array(buffer[..<count]))
    }
    #expect(blocks == [[1, 2, 3, 4], [5, 6]])
  }

  @Test func aByteQueueGivesOutAcrossPieces() {
    var queue = ByteQueue()
    var buffer = [UInt8](repeating: 0, count: 4)
    for piece: [UInt8] in [[1, 2, 3], [4], [5, 6, 7, 8, 9]] { queue.append(piece) }
    #expect(queue.count == 9)
    var taken: [UInt8] = []
    while queue.count > 0 {
      let count = buffer.withUnsafeMutableBytes { queue.drain(into: $0) }
      taken += buffer[..<count]
    }
    #expect(taken == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(buffer.withUnsafeMutableBytes { queue.drain(into: $0) } == 0)
  }

  @Test(arguments: [
    ("/a%2Fb%C3%A9", "/a/bé"), ("%41%62", "Ab"), ("a+b", "a+b"), ("", ""),
  ])
  func percentEscapesAreDecoded(_ text: String, _ expected: String) {
    #expect(PercentEncoding.decode(text) == expected)
  }

  @Test(arguments: ["%", "%4", "%zz", "%ff", "%C3%28"])
  func brokenEscapesAreNone(_ text: String) {
    #expect(PercentEncoding.decode(text) == nil)
  }

  @Test func aQueryKeepsOrderAndDropsWhatIsBroken() {
    let query = PercentEncoding.parameters(ofQuery: "a=1&&b=x%3Dy=z&a;b=2&c&=d&e=%f&labels=x+in+%28y%29")
    #expect(query.map { "\($0.name)|\($0.value)" } == ["a|1", "b|x=y=z", "c|", "|d", "labels|x in (y)"])
  }

  @Test(arguments: [
    ("/a?b=c?d", "/a", "b=c?d"), ("http://host:80/x/y?z", "/x/y", "z"), ("http://host", "/", ""), ("*", "*", ""),
  ])
  func aTargetIsSplit(_ target: String, _ path: String, _ query: String) {
    let parsed = RequestTarget(target)
    #expect(parsed?.path == path)
    #expect(parsed?.query == query)
  }
}
