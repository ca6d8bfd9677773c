import Kinds
import Network

/// Programs of images that do what their arguments say.
enum ArgumentProgram: Sendable, Equatable {
  /// Kubernetes' own image for tests: one program of many small ones.
  case agnhost
  /// Answers every request with a text.
  case httpEcho
  /// Uses processors and memory.
  case stress

  /// How the image behaves with these arguments.
  func behaviour(_ image: ImageBehaviour, arguments: [String]) -> ImageBehaviour {
    var image = image
    let options = ProgramOptions(arguments)
    switch self {
    case .agnhost: Self.become(arguments.first ?? "pause", options, &image)
    case .httpEcho: Self.echo(options, &image)
    case .stress: Self.stress(options, &image)
    }
    return image
  }

  // MARK: agnhost

  private static func become(_ name: String, _ options: ProgramOptions, _ image: inout ImageBehaviour) {
    image.logs = []
    switch name {
    case "pause": image.logs = [.init(text: "Paused")]
    case "netexec":
      let port = options.number("http-port") ?? 8_080
      let udp = options.number("udp-port") ?? 8_081
      image.ports = [
        .init(port: port, responses: netexecPages), .init(port: udp, transport: .udp, language: .raw),
      ]
      image.logs = [
        .init(text: "{go} Started HTTP server on port \(port)", isError: true),
        .init(text: "{go} Started UDP server on port  \(udp)", isError: true),
      ]
    case "serve-hostname":
      let port = options.number("port") ?? 9_376
      image.ports = [.init(port: port, responses: [.init(path: "*", body: "{hostname}")])]
      image.logs = [.init(text: "{go} Serving on port \(port).", isError: true)]
    case "liveness":
      image.ports = [
        .init(
          port: 8_080,
          responses: [
            .init(path: "/started", body: "{uptime}"), .init(path: "/healthz", body: "ok", before: .seconds(10)),
            .init(path: "/healthz", status: 500, body: "error: {uptime}"),
          ])
      ]
    case "test-webserver":
      image.ports = [.init(port: options.number("port") ?? 80, root: "/")]
    default:
      image.logs = [.init(text: "Error: unknown command \"\(name)\" for \"app\"", isError: true)]
      image.exit = .init(after: .milliseconds(20), code: 1)
    }
  }

  private static let netexecPages: [ImageBehaviour.Response] = [
    .init(path: "/", body: "NOW: {micro}"), .init(path: "/hostname", body: "{hostname}"),
    .init(path: "/hostName", body: "{hostname}"), .init(path: "/clientip", body: "{client}:40000"),
    .init(path: "/echo", body: "{query.msg}"), .init(path: "/healthz", body: ""), .init(path: "/readyz", body: "ok"),
  ]

  // MARK: http-echo

  private static func echo(_ options: ProgramOptions, _ image: inout ImageBehaviour) {
    let port = options.text("listen").flatMap { $0.split(separator: ":").last.flatMap { Int($0) } } ?? 5_678
    let text = options.text("text") ?? "hello-world"
    image.ports = [.init(port: port, responses: [.init(path: "*", body: text + "\n")])]
    image.logs = [.init(text: "{time} [INFO] server is listening on :\(port)", isError: true)]
  }

  // MARK: stress

  private static func stress(_ options: ProgramOptions, _ image: inout ImageBehaviour) {
    let processors = options.number("cpu") ?? options.number("c") ?? options.number("cpus") ?? 0
    let workers = options.number("vm") ?? options.number("m") ?? 0
    let each = options.text("vm-bytes").flatMap(bytes) ?? 256 << 20
    let whole = options.text("mem-total").flatMap { Quantity($0)?.value } ?? 0
    image.cpu = Int64(min(processors, 1_000)) * 1_000 + Int64(min(workers, 1_000)) * 100
    image.memory += Int64(min(workers, 1_000)) * min(each, 1 << 40) + max(whole, 0)
    image.logs = [
      .init(text: "stress: info: [1] dispatching hogs: \(processors) cpu, 0 io, \(workers) vm, 0 hdd")
    ]
    if let seconds = options.text("timeout").flatMap({ Int($0.filter(\.isNumber)) }) {
      image.exit = .init(after: .seconds(Int64(min(seconds, 1_000_000))), code: 0)
    }
  }

  /// `150M`, `1G`: powers of 1,024, as stress counts.
  private static func bytes(_ text: String) -> Int64? {
    let factors: [Character: Int64] = ["B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    guard let last = text.last, let number = Int64(text.filter(\.isNumber)), number < 1 << 20 || last.isNumber else {
      return nil
    }
    return number.multipliedReportingOverflow(by: factors[last.uppercased().first ?? "B"] ?? 1).partialValue
  }
}

/// A program's arguments as options: `--port=80`, `--port 80`, `-text hi`.
struct ProgramOptions {
  private var values: [String: String] = [:]

  init(_ arguments: [String]) {
    var name: String?
    for word in arguments {
      guard word.hasPrefix("-"), word.count > 1, Int(word) == nil else {
        if let open = name { values[open] = word }
        name = nil
        continue
      }
      let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1).map(String.init)
      guard let first = parts.first else { continue }
      values[first] = parts.count > 1 ? parts[1] : ""
      name = parts.count > 1 ? nil : first
    }
  }

  func text(_ name: String) -> String? { values[name] }
  func number(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
}
