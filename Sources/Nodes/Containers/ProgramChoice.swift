import Kinds
import Loop
import Tree

/// Which program a container runs: the image's own, or what its `command` and `args` say.
struct ProgramChoice {
  let image: ImageBehaviour
  let container: Container

  enum Outcome {
    case program(Program)
    /// containerd's words.
    case failure(String)
  }

  /// The program from its start on, in the world that it runs in.
  func program(start: Time, in world: inout ContainerWorld) -> Outcome {
    let words = words
    var service = ServiceProgram(
      behaviour(of: words, environment: world.environment), start: start, memoryLimit: memoryLimit)
    service.environment = world.environment
    guard let first = words.first, !isOwn(first) else {
      if let port = world.network.takenPort(of: service, container: world.container) {
        return .program(.service(service.refused(port: port)))
      }
      world.serve(service)
      return .program(.service(service))
    }
    guard image.hasShell, ShellProgram.knows(first), !image.lacks.contains(Self.baseName(first)) else {
      return .failure(Self.notFound(first))
    }
    return .program(
      .shell(
        ShellProgram(
          words, start: start, service: service, hasInput: hasInput, isTerminal: isTerminal, world: world)))
  }

  /// The command that replaces the image's own; empty where the image's own runs.
  private var words: [String] {
    if !container.command.isEmpty { return container.command + container.arguments }
    if image.takesArguments { return image.entrypoint.prefix(1) + container.arguments }
    guard let first = container.arguments.first else {
      // A shell that is the image's own program reads commands where it is given an input.
      return hasInput && image.entrypoint.first.map(ShellCommand.shells.contains) == true ? image.entrypoint : []
    }
    return first.hasPrefix("-") ? [] : container.arguments
  }

  /// How the image's own program behaves when it is called so.
  private func behaviour(of words: [String], environment: [String: String]) -> ImageBehaviour {
    var behaviour = image
    if let program = image.program {
      let arguments = words.isEmpty ? Array(image.entrypoint.dropFirst()) : Array(words.dropFirst())
      behaviour = program.behaviour(
        image, arguments: arguments.isEmpty ? Array(image.entrypoint.dropFirst()) : arguments)
    }
    if let requirement = image.requirement, requirement.variables.allSatisfy({ environment[$0, default: ""].isEmpty }) {
      behaviour.ports = []
      behaviour.logs = requirement.lines.map { .init(text: $0, isError: true) }
      behaviour.exit = .init(after: .milliseconds(100), code: 1)
    }
    return behaviour
  }

  /// Whether the word names the image's own program.
  private func isOwn(_ word: String) -> Bool {
    guard let own = image.entrypoint.first, !ShellProgram.knows(own) else { return false }
    return Self.baseName(word) == Self.baseName(own) || word == "/docker-entrypoint.sh"
  }

  private var hasInput: Bool { container.value["stdin"]?.boolean ?? false }
  private var isTerminal: Bool { container.value["tty"]?.boolean ?? false }

  private var memoryLimit: Int64? { container.limits["memory"].flatMap { Quantity($0) }?.value }

  static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  static func notFound(_ word: String) -> String {
    word.contains("/")
      ? "exec: \"\(word)\": stat \(word): no such file or directory"
      : "exec: \"\(word)\": executable file not found in $PATH"
  }
}
