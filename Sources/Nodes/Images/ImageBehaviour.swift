import Kinds
import Tree

/// How a simulated image behaves: the `spec` of an Image (podium.dev/v1), or an entry of the catalogue in the box.
struct ImageBehaviour: Sendable, Equatable {
  /// A port on which the image's own program answers.
  struct Port: Sendable, Equatable {
    var port: Int
    /// From how long after the start on.
    var after: Duration = .zero
    /// What a path answers; a path that is not listed answers 404, but `/` always answers.
    var responses: [Response] = []
  }

  struct Response: Sendable, Equatable {
    var path: String
    var status: Int = 200
    var body: String = ""
    /// From how long after the start on; of two responses for a path the later one that has come counts.
    var after: Duration = .zero
  }

  struct Line: Sendable, Equatable {
    var after: Duration = .zero
    var text: String
    var isError = false
  }

  /// How the image's own program ends by itself.
  struct Exit: Sendable, Equatable {
    var after: Duration
    var code: Int
  }

  /// Bytes on disk: what the pull takes time for, and what the node reports.
  var size: Int64 = 50_000_000
  /// How long a pull takes; nil: as the size says.
  var pullTime: Duration?
  /// What the registry answers instead of the image; nil: the image.
  var pullError: String?
  /// The first word is the name of the image's own program; a container that runs another is run by the shell.
  var entrypoint: [String] = []
  /// Whether the image has a shell and the usual small commands.
  var hasShell = true
  var ports: [Port] = []
  var logs: [Line] = []
  var exit: Exit?
  /// How long the program takes to end after SIGTERM; nil: it ignores the signal.
  var stopTime: Duration? = .milliseconds(200)
  var environment: [String: String] = [:]
  var files: [String: String] = [:]
  /// Bytes of memory at the start.
  var memory: Int64 = 8 << 20
  /// Bytes more each second.
  var memoryGrowth: Int64 = 0
}

extension ImageBehaviour {
  /// The behaviour that an Image object's spec describes; what it leaves out is as in `base`.
  init(_ spec: Value, base: ImageBehaviour = ImageBehaviour()) {
    self = base
    if let text = spec["size"]?.string, let quantity = Quantity(text) { size = quantity.value }
    if let time = Self.duration(spec["pull"]?["time"]) { pullTime = time }
    if let error = spec["pull"]?["error"]?.string { pullError = error }
    if let words = spec["entrypoint"]?.array { entrypoint = words.compactMap(\.string) }
    if let shell = spec["shell"]?.boolean { hasShell = shell }
    if let list = spec["ports"]?.array { ports = list.map(Port.init) }
    if let list = spec["logs"]?.array { logs = list.map(Line.init) }
    if let end = spec["exit"] {
      exit = Exit(after: Self.duration(end["after"]) ?? .zero, code: Int(end["code"]?.integer ?? 0))
    }
    if let stop = spec["stop"] {
      stopTime = stop["ignored"]?.boolean == true ? nil : Self.duration(stop["time"]) ?? stopTime
    }
    for (key, text) in TextMap(spec["environment"] ?? [:]).pairs { environment[key] = text }
    for (path, text) in TextMap(spec["files"] ?? [:]).pairs { files[path] = text }
    if let text = spec["memory"]?["start"]?.string, let quantity = Quantity(text) { memory = quantity.value }
    if let text = spec["memory"]?["growthPerSecond"]?.string, let quantity = Quantity(text) {
      memoryGrowth = quantity.value
    }
  }

  /// A duration as Go writes it: `1.5s`, `500ms`, `2m`, `1h30m`.
  static func duration(_ value: Value?) -> Duration? {
    guard let text = value?.string else { return nil }
    return Duration(goText: text)
  }
}

extension ImageBehaviour.Port {
  fileprivate init(_ value: Value) {
    port = Int(value["port"]?.integer ?? 0)
    after = ImageBehaviour.duration(value["after"]) ?? .zero
    responses = (value["responses"]?.array ?? []).map { response in
      ImageBehaviour.Response(
        path: response["path"]?.string ?? "/", status: Int(response["status"]?.integer ?? 200),
        body: response["body"]?.string ?? "", after: ImageBehaviour.duration(response["after"]) ?? .zero)
    }
  }

  /// The status and body of a request at that time after the start; nil while nothing listens.
  func answer(path: String, at age: Duration) -> (status: Int, body: String)? {
    guard age >= after else { return nil }
    let plain = path.split(separator: "?", omittingEmptySubsequences: false).first.map(String.init) ?? path
    let response = responses.filter { $0.path == plain && $0.after <= age }.max { $0.after < $1.after }
    if let response { return (response.status, response.body) }
    return plain == "/" || plain.isEmpty ? (200, "") : (404, "")
  }
}

extension ImageBehaviour.Line {
  fileprivate init(_ value: Value) {
    after = ImageBehaviour.duration(value["after"]) ?? .zero
    text = value["text"]?.string ?? ""
    isError = value["stream"]?.string == "stderr"
  }
}
