import Loop

/// What a running container's program can see and change: its files, its environment, and what it has written.
struct ContainerWorld {
  /// Files that a container may hold.
  static let fileLimit = 1_000

  var hostname: String
  var podIP: String
  var environment: [String: String]
  private(set) var files: [String: String]
  /// Commands that the image does not have.
  var lacks: Set<String>
  /// The image's own program, once it runs: what answers on ports.
  var service: ServiceProgram?
  /// The name of the image's own program.
  var serviceName: String?
  private(set) var output: [LogLine] = []

  init(
    hostname: String, podIP: String, environment: [String: String], files: [String: String], image: ImageBehaviour
  ) {
    lacks = Set(image.lacks)
    serviceName = image.entrypoint.first.flatMap { ShellProgram.knows($0) ? nil : ProgramChoice.baseName($0) }
    self.hostname = hostname
    self.podIP = podIP
    self.environment = environment
    self.files = files
  }

  /// Writes a file; answers false where there are too many.
  @discardableResult
  mutating func write(_ text: String, to path: String) -> Bool {
    guard files[path] != nil || files.count < Self.fileLimit else { return false }
    files[path] = String(text.suffix(ContainerLog.byteLimit))
    return true
  }

  mutating func remove(_ path: String) { files[path] = nil }

  mutating func log(_ text: String, at time: Time, isError: Bool = false) {
    output.append(LogLine(time: time, text: text, isError: isError))
  }

  /// The lines written since the last call.
  mutating func takeOutput() -> [LogLine] {
    defer { output = [] }
    return output
  }
}
