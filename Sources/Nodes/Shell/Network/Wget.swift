import Loop
import Network

extension ShellCommand {
  static let wget = ShellCommand("wget") { call in
    let options = CommandOptions(call.arguments, valued: Wget.valued, long: Wget.longNames)
    return Wget(options: options).run(&call)
  }
}

/// busybox's `wget`, over the simulated network.
struct Wget {
  static let valued: Set<String> = ["O", "T", "P", "U", "Y", "o", "header", "post-data", "t"]
  static let longNames = ["timeout": "T", "quiet": "q", "output-document": "O", "user-agent": "U", "tries": "t"]

  let options: CommandOptions

  func run(_ call: inout ShellCall) -> ShellOutcome {
    guard let text = options.operands.last, let address = RequestAddress(text) else {
      call.error = "BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL...\n"
      return .status(1)
    }
    let isSecure = address.scheme == "https"
    let exchange = isSecure ? Exchange.secure(request(address)) : .http(request(address))
    let passage = call.world.network.send(
      exchange, to: address.destination, files: call.world.files, at: call.state.time)
    let remote = "\(passage.address ?? address.host):\(address.port)"
    if !options.has("q"), passage.address != nil { call.error += "Connecting to \(address.authority) (\(remote))\n" }
    switch passage.outcome {
    case .failed(let failure): return self.failure(failure, address, passage.address ?? address.host, &call)
    case .answered(let answer):
      guard isSecure else { return show(answer, address, &call) }
      guard answer.certificate != nil else { return noSecurity(address, &call) }
      if !options.has("no-check-certificate") {
        call.error += "wget: note: TLS certificate validation not implemented\n"
      }
      return show(answer, address, &call)
    }
  }

  private func request(_ address: RequestAddress) -> HTTPRequest {
    var headers: [(name: String, value: String)] = [
      ("Host", address.authority), ("User-Agent", options["U"] ?? "Wget"),
    ]
    for header in options.all("header") {
      let parts = header.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      if parts.count == 2 { headers.append((parts[0], parts[1])) }
    }
    let data = options["post-data"]
    return HTTPRequest(
      method: data == nil ? "GET" : "POST", path: address.path, host: address.authority, headers: headers,
      body: data ?? "")
  }

  private func noSecurity(_ address: RequestAddress, _ call: inout ShellCall) -> ShellOutcome {
    call.error +=
      "ssl_client: \(address.host): TLS connect failed\nwget: error getting response: Connection reset by peer\n"
    return .status(1)
  }

  private func failure(
    _ failure: Failure, _ address: RequestAddress, _ remote: String, _ call: inout ShellCall
  ) -> ShellOutcome {
    let limit = ConnectionTimes.limit(options["T"])
    switch failure.effect {
    case .unresolved:
      call.error += "wget: bad address '\(address.authority)'\n"
      return .status(1)
    case .refused:
      call.error += "wget: can't connect to remote host (\(remote)): Connection refused\n"
      return .status(1)
    case .silence where failure == .nameServerSilent:
      call.error += "wget: bad address '\(address.authority)'\n"
      return .takes(ConnectionTimes.resolve, status: 1)
    case .silence:
      if let limit, limit < ConnectionTimes.connect {
        call.error += "wget: download timed out\n"
        return .takes(limit, status: 1)
      }
      call.error += "wget: can't connect to remote host (\(remote)): Connection timed out\n"
      return .takes(ConnectionTimes.connect, status: 1)
    }
  }

  private func show(_ answer: Answer, _ address: RequestAddress, _ call: inout ShellCall) -> ShellOutcome {
    if let limit = ConnectionTimes.limit(options["T"]), answer.delay > limit {
      call.error += "wget: download timed out\n"
      return .takes(limit, status: 1)
    }
    guard answer.status > 0 else {
      call.error += "wget: error getting response\n"
      return ended(1, answer)
    }
    if options.has("S") {
      for line in ResponseText.head(answer, at: call.state.time).split(separator: "\n") { call.error += "  \(line)\n" }
    }
    guard answer.status < 400 else {
      let reason = ResponseText.reasons[answer.status] ?? ""
      call.error += "wget: server returned error: HTTP/1.1 \(answer.status) \(reason)\n"
      return ended(1, answer)
    }
    if options.has("spider") {
      if !options.has("q") { call.error += "remote file exists\n" }
      return ended(0, answer)
    }
    return save(answer, address, &call)
  }

  private func save(_ answer: Answer, _ address: RequestAddress, _ call: inout ShellCall) -> ShellOutcome {
    let name = address.path.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) } ?? "index.html"
    let path = options["O"] ?? name
    guard path != "-" else {
      call.output += answer.body
      if !options.has("q") { call.error += "writing to stdout\nwritten to stdout\n" }
      return ended(0, answer)
    }
    if options["O"] == nil, call.world.files[path] != nil {
      call.error += "wget: can't open '\(path)': File exists\n"
      return ended(1, answer)
    }
    if !options.has("q") { call.error += "saving to '\(path)'\n" }
    let before = call.error
    if path != "/dev/null" { call.write(answer.body, to: path, "wget") }
    guard call.error == before else { return ended(1, answer) }
    if !options.has("q") { call.error += "'\(path)' saved\n" }
    return ended(0, answer)
  }

  private func ended(_ status: Int, _ answer: Answer) -> ShellOutcome {
    answer.delay > .zero ? .takes(answer.delay, status: status) : .status(status)
  }
}
