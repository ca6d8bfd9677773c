import Loop
import Testing
import Tree

@testable import Kinds

@Suite("Timestamps and ages") struct TimestampTests {
  @Test(
    "are read and written",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-21T09:30:00Z", 1_795_253_400), ("2024-02-29T23:59:59Z", 1_709_251_199),
      ("1969-12-31T23:59:59Z", -1), ("2100-03-01T00:00:00Z", 4_107_542_400),
    ] as [(String, Int64)])
  func roundTrip(text: String, seconds: Int64) {
    #expect(Time(timestamp: text) == Time(seconds: seconds))
    #expect(Time(seconds: seconds).timestamp == text)
  }

  @Test("take fractions and offsets")
  func forms() {
    #expect(Time(timestamp: "2026-11-21T18:30:00+09:00") == Time(timestamp: "2026-11-21T09:30:00Z"))
    #expect(Time(timestamp: "1970-01-01T00:00:01.000250Z")?.microTimestamp == "1970-01-01T00:00:01.000250Z")
  }

  @Test(
    "may be too far away for a moment, and are kept as they are",
    arguments: ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
  func farAway(text: String) {
    var lease: Value = [
      "kind": "Lease", "apiVersion": "coordination.k8s.io/v1", "metadata": ["creationTimestamp": .string(text)],
    ]
    #expect(Kind.lease.typeError(in: lease) == nil)
    Kind.lease.applyDefaults(to: &lease)
    #expect(lease["metadata", "creationTimestamp"]?.string == text)
    #expect(Time(timestamp: text).map { $0 == .distantFuture || $0.nanoseconds == .min } == true)
  }

  @Test(
    "are refused when they are none",
    arguments: [
      "2026-02-30T00:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+23x59", "2026-01-01T00:00:00+99:00",
      "", "2026", "2026-13-01T00:00:00Z", "2026-11-21 09:30:00", "2026-11-21T09:30:00", "x026-11-21T09:30:00Z",
    ])
  func refused(text: String) {
    #expect(Time(timestamp: text) == nil)
  }

  @Test(
    "show ages as kubectl does",
    arguments: [
      (0, "0s"), (119, "119s"), (120, "2m"), (125, "2m5s"), (599, "9m59s"), (600, "10m"), (10_799, "179m"),
      (10_800, "3h"), (11_100, "3h5m"), (28_800, "8h"), (172_799, "47h"), (172_800, "2d"), (180_000, "2d2h"),
      (691_200, "8d"), (63_072_000, "2y"), (-5, "<invalid>"),
    ] as [(Int64, String)])
  func ages(seconds: Int64, expected: String) {
    #expect(Age.text(.seconds(seconds)) == expected)
  }
}
