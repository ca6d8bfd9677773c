import Glibc

/// One figure, as a line that both people and `Benchmarks/run.py` read: `json.parse 312.5 MB/s`.
struct Measurement {
  let name: String
  let value: Double
  let unit: String

  func show() {
    let rounded = (value * 100).rounded() / 100
    let line = Array("\(name) \(rounded) \(unit)\n".utf8)
    _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}

/// What a piece of work costs.
enum Cost {
  /// Processor seconds of this process: other programs on the machine do not count.
  static func processorSeconds(of work: () throws -> Void) rethrows -> Double {
    let begun = processorTime
    try work()
    return processorTime - begun
  }

  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Megabytes of memory that the process holds.
  static var residentMegabytes: Double {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var pages = [CChar](repeating: 0, count: 128)
    guard fgets(&pages, Int32(pages.count), file) != nil else { return 0 }
    let text = String(decoding: pages.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let resident = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return resident * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_000_000
  }
}
