import Glibc

/// What the operating system says of this process (Prometheus' names for it).
struct ProcessFigures {
  var processorSeconds: Double
  var residentBytes: Double?
  var virtualBytes: Double?
  var openDescriptors: Double?
  var descriptorLimit: Double?
  /// Seconds since 1970.
  var startTime: Double?

  init() {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    processorSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    let page = Double(sysconf(Int32(_SC_PAGESIZE)))
    let memory = Self.words("/proc/self/statm")
    virtualBytes = memory.first.flatMap { Double($0) }.map { $0 * page }
    residentBytes = memory.dropFirst().first.flatMap { Double($0) }.map { $0 * page }
    openDescriptors = Self.entries("/proc/self/fd")
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 { descriptorLimit = Double(limit.rlim_cur) }
    startTime = Self.start
  }

  /// The process began so many ticks after the machine did.
  private static let start: Double? = {
    // The process' name, in parentheses, may have spaces; what is wanted is the twentieth word behind it.
    let bytes = FileContents.read("/proc/self/stat") ?? []
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let words = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
    guard words.count > 19, let ticks = Double(words[19]) else { return nil }
    let lines = String(decoding: FileContents.read("/proc/stat") ?? [], as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("btime ") }), let boot = Double(line.dropFirst(6)) else {
      return nil
    }
    return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }()

  private static func words(_ path: String) -> [Substring] {
    String(decoding: FileContents.read(path) ?? [], as: UTF8.self).split { $0 == " " || $0 == "\n" }
  }

  private static func entries(_ path: String) -> Double? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
    }
    // One of them is the folder that was just opened.
    return Double(count - 1)
  }
}
