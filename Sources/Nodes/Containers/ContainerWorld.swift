import Loop
import Network

/// What a running container's program can see and change: its files, its environment, its network, and what it has
/// written.
struct ContainerWorld {
  let hostname: String
  let podIP: String
  /// The container's name.
  let container: String
  var environment: [String: String]
  var files: FileSystem
  /// Commands that the image does not have.
  let lacks: Set<String>
  /// The network that it shares with the pod's other containers.
  let network: PodNetwork
  /// The image's own program.
  let image: ImageBehaviour
  /// How fast a program of it goes that keeps a processor busy; 1 where it has a processor for itself.
  var speed: () -> Double = { 1 }
  /// Bytes that are free on the node's disk.
  var freeDisk: () -> Int64 = { .max }
  /// The name of the image's own program.
  let serviceName: String?
  private(set) var output: [LogLine] = []
  /// How many are attached.
  var listeners = 0
  private var spoken: [(text: String, isError: Bool)] = []

  init(
    hostname: String, container: String, environment: [String: String], files: FileSystem, network: PodNetwork,
    image: ImageBehaviour
  ) {
    self.image = image
    lacks = Set(image.lacks)
    serviceName = image.entrypoint.first.flatMap { ShellProgram.knows($0) ? nil : ProgramChoice.baseName($0) }
    self.hostname = hostname
    self.container = container
    self.environment = environment
    self.files = files
    self.network = network
    podIP = network.peer.address
  }

  /// The path of a script that the image brings along: what a word names, by its path or in the usual directories.
  func script(named word: String) -> String? {
    guard !image.files.isEmpty else { return nil }
    let paths = word.contains("/") ? [word] : ["/usr/bin/", "/usr/local/bin/", "/bin/"].map { $0 + word }
    return paths.first { image.files[$0] != nil && files[$0] != nil }
  }

  /// A program of that behaviour listens from now on.
  func serve(behaviour: ImageBehaviour, at now: Time) {
    var program = ServiceProgram(behaviour, start: now, memoryLimit: nil)
    program.environment = environment
    serve(program)
  }

  /// The program listens on its ports from now on.
  func serve(_ program: ServiceProgram) {
    network.open(program, in: self)
  }

  /// Writes a line to the log.
  mutating func log(_ text: String, at time: Time, isError: Bool = false) {
    speak(text + "\n", isError: isError)
    keep(text, at: time, isError: isError)
  }

  /// Keeps a line for the log that was spoken already.
  mutating func keep(_ text: String, at time: Time, isError: Bool = false) {
    output.append(LogLine(time: time, text: text, isError: isError))
  }

  /// Says something, be it a line or not, to those who are attached.
  mutating func speak(_ text: String, isError: Bool) {
    if listeners > 0 { spoken.append((text, isError)) }
  }

  /// What was said since the last call.
  mutating func takeSpoken() -> [(text: String, isError: Bool)] {
    defer { if !spoken.isEmpty { spoken = [] } }
    return spoken
  }

  /// The lines written since the last call.
  mutating func takeOutput() -> [LogLine] {
    defer { output = [] }
    return output
  }
}
