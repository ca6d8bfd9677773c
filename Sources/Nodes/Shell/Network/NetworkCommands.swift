import Loop
import Network

extension ShellCommand {
  /// Clients of the simulated network.
  static let networkCommands: [ShellCommand] = [
    curl, wget, nslookup,
    ShellCommand("nc") { netcat(&$0) },
    ShellCommand("redis-cli") { call in
      let options = CommandOptions(call.arguments, valued: ["h", "p", "a", "n"])
      let (host, port) = (options["h"] ?? "127.0.0.1", options["p"].flatMap { Int($0) } ?? 6_379)
      let line = options.operands.joined(separator: " ")
      let passage = call.send(.line(line.isEmpty ? "PING" : line), host, port)
      guard let answer = passage.answer else {
        let outcome = call.failed(passage, after: nil)
        call.error = "Could not connect to Redis at \(host):\(port): \(problem(passage))\n"
        return outcome
      }
      call.output = answer.body.drop { $0 == "+" } + "\n"
      return .status(0)
    },
    ShellCommand("pg_isready") { call in
      let options = CommandOptions(call.arguments, valued: ["h", "p", "U", "d", "t"])
      let (host, port) = (options["h"] ?? "127.0.0.1", options["p"].flatMap { Int($0) } ?? 5_432)
      let passage = call.send(.connect, host, port)
      let place = "\(options["h"] ?? "/var/run/postgresql"):\(port)"
      call.output = place + " - " + (passage.answer == nil ? "no response\n" : "accepting connections\n")
      guard passage.answer == nil else { return .status(0) }
      return call.failed(passage, after: ConnectionTimes.limit(options["t"]) ?? .seconds(3), status: 2)
    },
    ShellCommand("getent") { call in
      guard call.operands.first == "hosts" || call.operands.first == "ahosts", call.operands.count > 1 else {
        return .status(2)
      }
      for name in call.operands.dropFirst() {
        for address in call.world.network.resolve(name, files: call.world.files).addresses {
          call.output += address + String(repeating: " ", count: max(16 - address.count, 1)) + name + "\n"
        }
      }
      return .status(call.output.isEmpty ? 2 : 0)
    },
  ]

  private static func problem(_ passage: Passage) -> String {
    switch passage.failure?.effect {
    case .refused: "Connection refused"
    case .unresolved: "Name or service not known"
    default: "Connection timed out"
    }
  }

  /// busybox's `nc`: `nc -zv web 80`, and `nc -l -p 8080`, which answers with its input.
  private static func netcat(_ call: inout ShellCall) -> ShellOutcome {
    let options = CommandOptions(call.arguments, valued: ["w", "p", "e", "i", "s", "q"])
    if options.has("l") { return listen(options, call) }
    guard options.operands.count >= 2, let port = Int(options.operands[1]) else {
      call.error = "BusyBox v1.37.0 multi-call binary.\n\nUsage: nc [-vz] [-w SEC] HOST PORT\n"
      return .status(1)
    }
    let host = options.operands[0]
    let transport: Transport = options.has("u") ? .udp : .tcp
    let passage = call.send(.connect, host, port, transport)
    let place = "\(host) (\(passage.address ?? host):\(port))"
    if passage.answer != nil {
      if options.has("v") { call.error = "\(place) open\n" }
      return .status(0)
    }
    let limit = ConnectionTimes.limit(options["w"])
    let outcome = call.failed(passage, after: limit)
    switch passage.failure?.effect {
    case .unresolved: call.error = "nc: bad address '\(host)'\n"
    case .silence where limit != nil: call.error = "nc: timed out\n"
    default: if !options.has("z") || options.has("v") { call.error = "nc: \(place): \(problem(passage))\n" }
    }
    return outcome
  }

  /// What is piped in is the whole answer, with its status line and headers if it has them.
  private static func listen(_ options: CommandOptions, _ call: ShellCall) -> ShellOutcome {
    guard let port = (options["p"] ?? options.operands.last).flatMap({ Int($0) }) else { return .status(1) }
    var behaviour = ImageBehaviour()
    let text = call.input.replacing("\r\n", with: "\n")
    let status =
      text.hasPrefix("HTTP/") ? text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } : nil
    let body = status == nil ? text : text.range(of: "\n\n").map { String(text[$0.upperBound...]) } ?? ""
    behaviour.ports = [
      .init(
        port: port, language: call.input.isEmpty ? .raw : .http,
        responses: [.init(path: "*", status: status ?? 200, body: body)])
    ]
    return .serves(behaviour)
  }
}

extension ShellCall {
  func send(_ exchange: Exchange, _ host: String, _ port: Int, _ transport: Transport = .tcp) -> Passage {
    world.network.send(
      exchange, to: Destination(host: host, port: port, transport: transport), files: world.files, at: state.time)
  }

  /// What a connection that did not come about is to a command that waits at most so long.
  func failed(_ passage: Passage, after limit: Duration?, status: Int = 1) -> ShellOutcome {
    guard let failure = passage.failure, failure.effect == .silence else { return .status(status) }
    let time = failure == .nameServerSilent ? ConnectionTimes.resolve : ConnectionTimes.connect
    return .takes(min(time, limit ?? time), status: status)
  }
}
