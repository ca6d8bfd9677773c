import Glibc
import Loop
import Testing

/// Runs a fuzz test round after round, each from a seed of its own.
///
/// By default so many rounds as the test says, the same ones each time. The environment changes that:
/// `PODIUM_FUZZ_SECONDS=60` goes on with further seeds for so long in each test; `PODIUM_FUZZ_CASE=cluster:17` replays
/// one round. Which round is running stands in `.build/fuzz/NAME`, so that a crash names its seed.
enum Rounds {
  /// The longest that one round may take before it counts as a hang.
  private static let patience = Duration.seconds(30)

  static func run(_ name: String, _ count: Int, _ body: (RandomStream) throws -> Void) throws {
    if let wanted = environment("PODIUM_FUZZ_CASE") {
      let parts = wanted.split(separator: ":")
      guard parts.count == 2, parts[0] == name, let seed = UInt64(parts[1]) else { return }
      return try body(RandomStream(seed: seed, name: name))
    }
    let record = CaseRecord(name)
    let clock = ContinuousClock()
    let end = environment("PODIUM_FUZZ_SECONDS").flatMap(Double.init).map { clock.now + .seconds($0) }
    var seed: UInt64 = end == nil ? 0 : environment("PODIUM_FUZZ_SEED").flatMap { UInt64($0) } ?? UInt64(count)
    while end.map({ clock.now < $0 }) ?? (seed < UInt64(count)) {
      record.write("\(name):\(seed)\n")
      let start = clock.now
      try body(RandomStream(seed: seed, name: name))
      let taken = clock.now - start
      #expect(taken < patience, "\(name):\(seed) took \(taken)")
      seed += 1
    }
    record.write("\(name): done\n")
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// A small file that always says which round is running.
private struct CaseRecord {
  private let file: Int32

  init(_ name: String) {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    mkdir("/\(root)/.build", 0o755)
    mkdir("/\(root)/.build/fuzz", 0o755)
    file = open("/\(root)/.build/fuzz/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  }

  func write(_ text: String) {
    _ = ftruncate(file, 0)
    _ = Array(text.utf8).withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
  }
}

extension RandomStream {
  /// Whether a chance of one in so many came true.
  func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
