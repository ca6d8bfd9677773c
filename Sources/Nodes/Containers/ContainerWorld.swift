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
  /// The name of the image's own program.
  let serviceName: String?
  private(set) var output: [LogLine] = []

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

  mutating func log(_ text: String, at time: Time, isError: Bool = false) {
    output.append(LogLine(time: time, text: text, isError: isError))
  }

  /// The lines written since the last call.
  mutating func takeOutput() -> [LogLine] {
    defer { output = [] }
    return output
  }
}
