import Loop

extension ShellCommand {
  /// Clients of what listens in the same container. Other pods and Services are not reached from here.
  static let clientCommands: [ShellCommand] = [
    ShellCommand("redis-cli") { call in
      guard call.serviceAnswers(port: 6379) else {
        call.error = "Could not connect to Redis at 127.0.0.1:6379: Connection refused\n"
        return .status(1)
      }
      call.output = call.operands.last?.lowercased() == "ping" ? "PONG\n" : "OK\n"
      return .status(0)
    },
    ShellCommand("pg_isready") { call in
      let answers = call.serviceAnswers(port: 5432)
      call.output = "/var/run/postgresql:5432 - " + (answers ? "accepting connections\n" : "no response\n")
      return .status(answers ? 0 : 2)
    },
    ShellCommand("curl") { call in
      guard let (host, port, path) = call.address else { return .status(2) }
      guard let answer = call.answer(host: host, port: port, path: path) else {
        call.error = "curl: (7) Failed to connect to \(host) port \(port): Connection refused\n"
        return .status(7)
      }
      if call.hasOption("f"), answer.status >= 400 {
        call.error = "curl: (22) The requested URL returned error: \(answer.status)\n"
        return .status(22)
      }
      call.output = answer.body
      return .status(0)
    },
    ShellCommand("wget") { call in
      guard let (host, port, path) = call.address else { return .status(1) }
      guard let answer = call.answer(host: host, port: port, path: path) else {
        call.error = "wget: can't connect to remote host (\(host)): Connection refused\n"
        return .status(1)
      }
      guard answer.status < 400 else {
        call.error = "wget: server returned error: HTTP/1.1 \(answer.status)\n"
        return .status(1)
      }
      call.output = answer.body
      return .status(0)
    },
  ]
}

extension ShellCall {
  fileprivate func serviceAnswers(port: Int) -> Bool {
    world.service?.answer(port: port, path: "/", at: state.time) != nil
  }

  /// The address that is asked for: `http://localhost:8080/healthz`.
  fileprivate var address: (host: String, port: Int, path: String)? {
    guard var rest = operands.last.map({ $0[...] }) else { return nil }
    if rest.hasPrefix("http://") { rest = rest.dropFirst(7) }
    let authority = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(authority.count)
    let parts = authority.split(separator: ":")
    guard let host = parts.first else { return nil }
    return (String(host), parts.count > 1 ? Int(parts[1]) ?? 80 : 80, path.isEmpty ? "/" : String(path))
  }

  fileprivate func answer(host: String, port: Int, path: String) -> (status: Int, body: String)? {
    guard ["localhost", "127.0.0.1", world.podIP, world.hostname].contains(host) else { return nil }
    return world.service?.answer(port: port, path: path, at: state.time)
  }
}
