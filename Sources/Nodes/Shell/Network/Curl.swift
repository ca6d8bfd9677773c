import Kinds
import Loop
import Network

extension ShellCommand {
  static let curl = ShellCommand("curl") { call in
    let options = CommandOptions(call.arguments, valued: Curl.valued, long: Curl.longNames)
    var curl = Curl(options: options)
    return curl.run(&call)
  }
}

/// `curl`, over the simulated network: its exit codes and messages are those of curl's manual.
struct Curl {
  static let version = "8.14.1"
  static let valued: Set<String> = [
    "o", "m", "X", "H", "d", "u", "A", "w", "e", "b", "c", "x", "T", "F", "connect-timeout", "retry", "retry-delay",
    "cacert", "cert", "key", "oauth2-bearer", "resolve", "data-raw", "retry-max-time",
  ]
  static let longNames = [
    "output": "o", "max-time": "m", "request": "X", "header": "H", "data": "d", "user": "u", "user-agent": "A",
    "write-out": "w", "silent": "s", "show-error": "S", "fail": "f", "head": "I", "include": "i", "verbose": "v",
    "location": "L", "insecure": "k", "data-raw": "d", "remote-name": "O",
  ]

  let options: CommandOptions
  private var elapsed = Duration.zero

  init(options: CommandOptions) { self.options = options }

  /// What came of one attempt.
  private enum Attempt {
    case answer(Answer, address: String)
    case failure(code: Int, message: String, after: Duration)
  }

  mutating func run(_ call: inout ShellCall) -> ShellOutcome {
    guard !options.operands.isEmpty else {
      call.error = "curl: (2) no URL specified\n"
      return .status(2)
    }
    var status = 0
    for text in options.operands { status = fetch(text, &call) }
    return elapsed > .zero ? .takes(elapsed, status: status) : .status(status)
  }

  private mutating func fetch(_ text: String, _ call: inout ShellCall) -> Int {
    guard let address = RequestAddress(text) else {
      return fail(3, "URL rejected: Malformed input to a URL function", &call)
    }
    guard ["http", "https"].contains(address.scheme) else {
      return fail(1, "Protocol \"\(address.scheme)\" not supported", &call)
    }
    let retries = min(options["retry"].flatMap { Int($0) } ?? 0, 100)
    let pause = ConnectionTimes.limit(options["retry-delay"]) ?? .seconds(1)
    for attempt in 0...retries {
      let result = self.attempt(address, &call)
      switch result {
      case .answer(let answer, let remote): return show(answer, address, remote, &call)
      case .failure(let code, let message, let after):
        elapsed += after
        let isTransient = code == 28 || (code == 7 && options.has("retry-connrefused"))
        guard isTransient, attempt < retries else {
          writeOut(status: 0, remote: "", size: 0, &call)
          return fail(code, message, &call)
        }
        elapsed += pause
      }
    }
    return 0
  }

  private func fail(_ code: Int, _ message: String, _ call: inout ShellCall) -> Int {
    if !options.has("s") || options.has("S") { call.error += "curl: (\(code)) \(message)\n" }
    return code
  }

  // MARK: One attempt

  private func attempt(_ address: RequestAddress, _ call: inout ShellCall) -> Attempt {
    let now = call.state.time + elapsed
    let request = request(address, call.world.files)
    let isSecure = address.scheme == "https"
    if isSecure, let problem = SecureConnection.problem(ofAuthority: options["cacert"], call.world.files) {
      return .failure(code: 77, message: problem, after: .zero)
    }
    let exchange = isSecure ? Exchange.secure(request) : .http(request)
    let passage = call.world.network.send(exchange, to: address.destination, files: call.world.files, at: now)
    switch passage.outcome {
    case .failed(let failure): return self.failure(failure, address)
    case .answered(let answer):
      if isSecure, let (code, message) = distrust(of: answer.certificate, address, call.world.files) {
        return .failure(code: code, message: message, after: .zero)
      }
      if let limit = ConnectionTimes.limit(options["m"]), answer.delay > limit {
        let message = "Operation timed out after \(limit.milliseconds) milliseconds with 0 bytes received"
        return .failure(code: 28, message: message, after: limit)
      }
      guard answer.status > 0 else { return .failure(code: 52, message: "Empty reply from server", after: .zero) }
      return .answer(answer, address: passage.address ?? address.host)
    }
  }

  /// Why curl does not go on with a server, by the server's certificate.
  private func distrust(
    of certificate: ServerCertificate?, _ address: RequestAddress, _ files: FileSystem
  ) -> (code: Int, message: String)? {
    guard let certificate else {
      return (35, "TLS connect error: error:0A00010B:SSL routines::wrong version number")
    }
    if options.has("k") { return nil }
    return SecureConnection.distrust(of: certificate, host: address.host, authority: options["cacert"], files)
      .map { (60, $0) }
  }

  private func failure(_ failure: Failure, _ address: RequestAddress) -> Attempt {
    let limit = [options["m"], options["connect-timeout"]].compactMap { ConnectionTimes.limit($0) }.min()
    switch failure.effect {
    case .unresolved: return .failure(code: 6, message: "Could not resolve host: \(address.host)", after: .zero)
    case .refused: return .failure(code: 7, message: Self.cannotConnect(address, .zero), after: .zero)
    case .silence:
      if failure == .nameServerSilent {
        if let limit, limit < ConnectionTimes.resolve {
          return .failure(
            code: 28, message: "Resolving timed out after \(limit.milliseconds) milliseconds", after: limit)
        }
        return .failure(
          code: 6, message: "Could not resolve host: \(address.host)", after: ConnectionTimes.resolve)
      }
      if let limit, limit < ConnectionTimes.connect {
        return .failure(
          code: 28, message: "Connection timed out after \(limit.milliseconds) milliseconds", after: limit)
      }
      return .failure(
        code: 28, message: Self.cannotConnect(address, ConnectionTimes.connect), after: ConnectionTimes.connect)
    }
  }

  private static func cannotConnect(_ address: RequestAddress, _ time: Duration) -> String {
    "Failed to connect to \(address.host) port \(address.port) after \(time.milliseconds) ms: Could not connect to server"
  }

  private func request(_ address: RequestAddress, _ files: FileSystem) -> HTTPRequest {
    let data = options.all("d").map { $0.hasPrefix("@") ? files[String($0.dropFirst())] ?? "" : $0 }
      .joined(separator: "&")
    let isPost = options.has("d")
    var headers: [(name: String, value: String)] = [
      ("Host", address.authority), ("User-Agent", options["A"] ?? "curl/\(Self.version)"),
      ("Accept", "*/*"),
    ]
    if isPost { headers.append(("Content-Type", "application/x-www-form-urlencoded")) }
    if let token = options["oauth2-bearer"] { headers.append(("Authorization", "Bearer " + token)) }
    for header in options.all("H") {
      let parts = header.split(separator: ":", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      guard parts.count == 2 else { continue }
      headers.removeAll { $0.name.lowercased() == parts[0].lowercased() }
      headers.append((parts[0], parts[1]))
    }
    let host = headers.first { $0.name.lowercased() == "host" }?.value ?? address.authority
    return HTTPRequest(
      method: options["X"] ?? (options.has("I") ? "HEAD" : isPost ? "POST" : "GET"), path: address.path, host: host,
      headers: headers, body: data)
  }

  // MARK: What it writes

  private mutating func show(
    _ answer: Answer, _ address: RequestAddress, _ remote: String, _ call: inout ShellCall
  ) -> Int {
    elapsed += answer.delay
    let request = request(address, call.world.files)
    if options.has("v") { showConnection(request, address, remote, answer, &call) }
    let size = answer.body.utf8.count
    if options.has("f"), answer.status >= 400 {
      writeOut(status: answer.status, remote: remote, size: 0, &call)
      return fail(22, "The requested URL returned error: \(answer.status)", &call)
    }
    var text = options.has("i") || options.has("I") ? ResponseText.head(answer, at: call.state.time) : ""
    if !options.has("I") { text += answer.body }
    if let path = options["o"] ?? (options.has("O") ? ProgramChoice.baseName(address.path) : nil), path != "-" {
      if path != "/dev/null" { call.write(text, to: path, "curl") }
    } else {
      call.output += text
    }
    writeOut(status: answer.status, remote: remote, size: size, &call)
    return 0
  }

  private func showConnection(
    _ request: HTTPRequest, _ address: RequestAddress, _ remote: String, _ answer: Answer, _ call: inout ShellCall
  ) {
    if remote != address.host {
      call.error += "* Host \(address.host):\(address.port) was resolved.\n* IPv4: \(remote)\n"
    }
    call.error += "*   Trying \(remote):\(address.port)...\n"
    call.error += "* Connected to \(address.host) (\(remote)) port \(address.port)\n"
    call.error += "> \(request.method) \(request.path) HTTP/1.1\n"
    for header in request.headers { call.error += "> \(header.name): \(header.value)\n" }
    call.error += "> \n"
    for line in ResponseText.head(answer, at: call.state.time).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    {
      call.error += "< \(line)\n"
    }
    call.error += "* Connection #0 to host \(address.host) left intact\n"
  }

  /// `-w "%{http_code}\n"`
  private func writeOut(status: Int, remote: String, size: Int, _ call: inout ShellCall) {
    guard var format = options["w"] else { return }
    let code = String(status)
    let values = [
      "http_code": String(repeating: "0", count: 3 - min(code.count, 3)) + code, "response_code": code,
      "remote_ip": remote, "size_download": String(size), "time_total": seconds(elapsed + .milliseconds(1)),
      "time_connect": seconds(.milliseconds(1)), "url_effective": options.operands.first ?? "",
    ]
    for name in values.keys.sorted() { format = format.replacing("%{\(name)}", with: values[name] ?? "") }
    call.output += format.replacing("\\n", with: "\n").replacing("\\t", with: "\t")
  }

  private func seconds(_ duration: Duration) -> String {
    let (whole, rest) = duration.milliseconds.quotientAndRemainder(dividingBy: 1_000)
    return "\(whole)." + String(rest * 1_000 + 1_000_000).dropFirst()
  }
}

/// An HTTP answer as text.
enum ResponseText {
  static let reasons = [
    200: "OK", 201: "Created", 204: "No Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified",
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
  ]

  /// The status line and the headers, up to the empty line.
  static func head(_ answer: Answer, at now: Time) -> String {
    var text = "HTTP/1.1 \(answer.status) \(reasons[answer.status] ?? "")\n"
    if !answer.server.isEmpty { text += "Server: \(answer.server)\n" }
    text += "Date: \(DateText.text(now, format: "%a, %d %b %Y %H:%M:%S GMT"))\n"
    text += "Content-Type: \(answer.contentType)\nContent-Length: \(answer.body.utf8.count)\nConnection: keep-alive\n\n"
    return text
  }
}
