import Kinds

extension ShellCommand {
  /// What makes files big, and says how big they are.
  static let diskCommands: [ShellCommand] = [
    ShellCommand("dd") { call in DiskCommands.copyBlocks(&call) },
    ShellCommand("fallocate") { call in DiskCommands.allocate(&call) },
    ShellCommand("du") { call in DiskCommands.use(&call) },
  ]
}

private enum DiskCommands {
  /// `dd if=/dev/zero of=/data/big bs=1M count=200`: from a device, or from a file.
  static func copyBlocks(_ call: inout ShellCall) -> ShellOutcome {
    var values: [String: String] = [:]
    for argument in call.arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let target = values["of"], target != "/dev/null" else { return .status(0) }
    let block = bytes(values["bs"] ?? "512") ?? 512
    var length = values["count"].flatMap { Int64($0) }.map { $0.multipliedReportingOverflow(by: block).partialValue }
    if let source = values["if"], !source.hasPrefix("/dev/") {
      if length == nil, let text = call.world.files[source],
        call.world.files.length(of: source) == Int64(text.utf8.count)
      {
        call.write(text, to: target, "dd")
        return .status(call.error.isEmpty ? 0 : 1)
      }
      guard let present = call.world.files.length(of: source) else {
        call.error = "dd: can't open '\(source)': No such file or directory\n"
        return .status(1)
      }
      length = min(length ?? present, present)
    }
    return write(length ?? .max, to: target, block, &call)
  }

  private static func write(_ length: Int64, to target: String, _ block: Int64, _ call: inout ShellCall)
    -> ShellOutcome
  {
    let free = max(call.world.freeDisk(), 0)
    let written = min(max(length, 0), free)
    do throws(FileSystem.Refusal) {
      try call.world.files.fill(target, bytes: written)
    } catch {
      call.error = "dd: can't open '\(target)': \(error.rawValue)\n"
      return .status(1)
    }
    if written < length { call.error = "dd: error writing '\(target)': No space left on device\n" }
    let blocks = written / max(block, 1)
    call.error += "\(blocks)+0 records in\n\(blocks)+0 records out\n"
    return .status(written < length ? 1 : 0)
  }

  /// `fallocate -l 200M /data/big`
  static func allocate(_ call: inout ShellCall) -> ShellOutcome {
    let options = CommandOptions(call.arguments, valued: ["l", "o"], long: ["length": "l"])
    guard let path = options.operands.first, let length = options["l"].flatMap(bytes), length > 0 else {
      call.error = "fallocate: invalid length value specified\n"
      return .status(1)
    }
    guard length <= call.world.freeDisk() else {
      call.error = "fallocate: fallocate '\(path)': No space left on device\n"
      return .status(1)
    }
    call.attempt("fallocate: can't open '\(path)'") { (files) throws(FileSystem.Refusal) in
      try files.fill(path, bytes: length)
    }
    return .status(call.error.isEmpty ? 0 : 1)
  }

  /// Bytes or, with `-h` and without, kibibytes of files and of all below directories.
  static func use(_ call: inout ShellCall) -> ShellOutcome {
    for path in call.operands.isEmpty ? ["."] : call.operands {
      let files = call.world.files
      let paths = files.length(of: path) == nil ? files.paths(below: path) : [path]
      let sum = paths.reduce(Int64(0)) { $0 + FileTree.blocks(files.length(of: $1) ?? 0) }
      call.output += (call.hasOption("h") ? readable(sum) : String(sum >> 10)) + "\t\(path)\n"
    }
    return .status(0)
  }

  private static func readable(_ bytes: Int64) -> String {
    var (amount, unit) = (Double(bytes) / 1_024, "K")
    for next in ["M", "G"] where amount >= 1_024 { (amount, unit) = (amount / 1_024, next) }
    let tenths = Int64((amount * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)\(unit)"
  }

  /// `4k`, `1M`, `2G`, `100MiB`.
  private static func bytes(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isNumber }
    guard let number = Int64(digits) else { return nil }
    let units: [String: Int64] = [
      "": 1, "c": 1, "w": 2, "b": 512, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "kb": 1_000, "mb": 1_000_000,
      "gb": 1_000_000_000, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
    ]
    let unit = text.dropFirst(digits.count).lowercased()
    guard let factor = units[unit] else { return nil }
    let (product, hasOverflowed) = number.multipliedReportingOverflow(by: factor)
    return hasOverflowed ? nil : product
  }
}
