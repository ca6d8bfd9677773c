import API
import Cluster
import ClusterTesting
import Hosting
import Kinds
import Lessons
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Classroom

@Suite("Codes, passwords and limits") struct CodeTests {
  private let cryptography = Cryptography(
    randomBytes: { (0..<$0).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) } }, digest: { $0 })

  @Test("codes have no letters that are taken for others, and may be typed in any way")
  func codes() {
    let code = Code.make(Code.personalLength, cryptography)
    #expect(code.utf8.count == 12)
    #expect(code.allSatisfy { !"01ILOU".contains($0) })
    let shown = Code.grouped(code)
    #expect(shown.split(separator: "-").map(\.count) == [4, 4, 4])
    #expect(Code.normalized(" " + shown.lowercased() + " ") == code)
  }

  @Test("a password is kept by Argon2id, salted")
  func passwords() throws {
    let cost = PasswordHash.Cost(memory: 64, passes: 1)
    let one = try #require(PasswordHash(of: "정답은 없다", cost: cost, salt: Array(repeating: 1, count: 16)))
    let other = try #require(PasswordHash(of: "정답은 없다", cost: cost, salt: Array(repeating: 2, count: 16)))
    #expect(one.text.hasPrefix("$argon2id$v=19$m=64,t=1,p=1$"))
    #expect(one != other)
    #expect(one.matches("정답은 없다") && other.matches("정답은 없다"))
    #expect(!one.matches("정답은 없다 "))
    #expect(!PasswordHash(text: "nonsense").matches(""))
  }

  @Test("wrong ones are heard so often from one address, and from all together")
  func tries() {
    let limit = TryLimit(perAddress: 2, inAll: 3)
    limit.note("10.0.0.1", now: 0)
    #expect(limit.wait("10.0.0.1", now: 1) == nil)
    limit.note("10.0.0.1", now: 1)
    #expect(limit.wait("10.0.0.1", now: 2) == 60)
    #expect(limit.wait("10.0.0.2", now: 2) == nil)
    limit.note("10.0.0.2", now: 3)
    #expect(limit.wait("10.0.0.3", now: 4) != nil)
    #expect(limit.wait("10.0.0.1", now: 60_000_000_000) == nil)
  }

  @Test("whoever has one address of IPv6 has the whole network")
  func networks() {
    let limit = TryLimit(perAddress: 1, inAll: 10)
    limit.note("2001:db8:1:2:aaaa::1", now: 0)
    #expect(limit.wait("2001:db8:1:2:bbbb::2", now: 1) != nil)
    #expect(limit.wait("2001:db8:1:3::1", now: 1) == nil)
    limit.note("::ffff:10.0.0.1", now: 0)
    #expect(limit.wait("10.0.0.1", now: 1) != nil)
    #expect(limit.wait("::ffff:10.0.0.2", now: 1) == nil)
  }

  @Test("a learner's requests come at a rate, with some at once")
  func rate() {
    var limits = ClassroomLimits()
    limits.requestsPerSecond = 10
    limits.requestBurst = 3
    let gauge = LearnerGauge(limits, now: 0)
    #expect((0..<4).map { _ in gauge.takeRequest(now: 0) } == [true, true, true, false])
    #expect(gauge.takeRequest(now: 100_000_000))
    #expect(!gauge.takeRequest(now: 100_000_000))
  }

  @Test("what is taken can be given back")
  func counts() {
    var limits = ClassroomLimits()
    limits.streamsPerLearner = 1
    let gauge = LearnerGauge(limits, now: 0)
    #expect(gauge.take(.streams))
    #expect(!gauge.take(.streams))
    #expect(gauge.take(.commands))
    gauge.giveBack(.streams)
    #expect(gauge.take(.streams))
  }

  @Test("a QR code is a picture of squares with room around it")
  func pictures() throws {
    let svg = try #require(QRCode.svg(of: "https://10.0.0.5:8080/#/join/K7QMXW"))
    #expect(svg.contains("viewBox=\"0 0 37 37\"") || svg.contains("viewBox=\"0 0 41 41\""))
    // The finder pattern's first row, behind the margin.
    #expect(svg.contains("M4 4h7v1h-7z"))
    #expect(QRCode.svg(of: String(repeating: "x", count: 600)) == nil)
  }

  @Test("cells of the results are text to a spreadsheet")
  func cells() {
    #expect(ResultsTable.field("민지") == "민지")
    #expect(ResultsTable.field("a,\"b\"") == "\"a,\"\"b\"\"\"")
    #expect(ResultsTable.field("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"")
    for start in ["+1", "-1", "@x", "＝1"] { #expect(ResultsTable.field(start) == "'" + start) }
  }
}
