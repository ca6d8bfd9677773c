import Testing

@testable import Kinds

@Suite("Quantities") struct QuantityTests {
  @Test(
    "are written in their canonical form",
    arguments: [
      ("500m", "500m"), ("0.5", "500m"), ("1000m", "1"), ("1500m", "1500m"), ("1.5Gi", "1536Mi"), ("1024Ki", "1Mi"),
      ("1000Ki", "1000Ki"), ("1k", "1k"), ("1000", "1k"), ("1e3", "1e3"), ("12345", "12345"), ("0", "0"), ("-1", "-1"),
      ("100n", "100n"), ("0.1Ki", "102400m"), ("3.14", "3140m"), ("4Gi", "4Gi"), (".5", "500m"), ("5.", "5"),
      ("1E", "1E"), ("0.5Ki", "512"), ("1e-18", "1e-9"), ("0.00000000001", "1n"), ("1e400", "9223372036854775807"),
      ("-1e400", "-9223372036854775807"), ("99999999999P", "99999999999P"), ("132Ei", "9223372036854775807"),
      ("9999999999999999999.999999999999999999E", "9223372036854775807"),
      ("100000000000000000000000000000000", "9223372036854775807"),
      ("1.000000000000000000000000000000000000000Ki", "1Ki"), ("00000000000000000000000000000000000000002", "2"),
    ])
  func canonical(text: String, expected: String) {
    #expect(Quantity(text)?.description == expected)
  }

  @Test(
    "are refused when they are none", arguments: ["", "m", "1.2.3", "1 Gi", "1GiB", "abc", "--1", "1e", "0x10", "1mi"])
  func refused(text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test("compare by amount, whatever their form")
  func comparison() throws {
    #expect(try #require(Quantity("1Gi")) == #require(Quantity("1073741824")))
    #expect(try #require(Quantity("999m")) < #require(Quantity("1")))
    #expect(try #require(Quantity("1")) + #require(Quantity("250m")) == #require(Quantity("1250m")))
  }

  @Test("add up to no more than they can hold")
  func sums() throws {
    let large = try #require(Quantity("99999999999E"))
    let sum = (0..<10).reduce(large) { sum, _ in sum + large }
    #expect(sum > large && sum.value == .max)
    #expect((0..<10).reduce(.zero) { sum, _ in sum - large }.value == .min)
  }

  @Test("round up to the unit that is asked for")
  func units() throws {
    #expect(try #require(Quantity("1500m")).value == 2)
    #expect(try #require(Quantity("1500m")).milliValue == 1_500)
    #expect(try #require(Quantity("1n")).milliValue == 1)
  }
}
