import Kinds
import Network
import Tree

/// How a simulated image behaves: the `spec` of an Image (podium.dev/v1), or an entry of the catalogue in the box.
struct ImageBehaviour: Sendable, Equatable {
  /// What is spoken on a port.
  enum Language: String, Sendable {
    case http, redis, postgres, mysql
    /// Connections are taken, and nothing is said.
    case raw
  }

  /// How requests are logged.
  enum AccessLogFormat: Sendable {
    case common, combined, plain
  }

  /// A port on which the image's own program answers.
  struct Port: Sendable, Equatable {
    var port: Int
    var transport = Transport.tcp
    var language = Language.http
    /// From how long after the start on.
    var after: Duration = .zero
    /// What a path answers (`*`: any).
    var responses: [Response] = []
    /// The directory whose files answer the paths that are not listed; nil: `/` answers, others are not found.
    var root: String?
    /// Pages for 404 and 403.
    var notFound = "404 page not found\n"
    var forbidden = ""
    /// How long an answer takes.
    var delay: Duration = .zero
  }

  struct Response: Sendable, Equatable {
    var path: String
    var status: Int = 200
    var body: String = ""
    var contentType = "text/plain"
    /// Whom the server asks before it answers.
    var origin: Origin?
    /// Until how long after the start it is given.
    var before: Duration?

    func matches(_ path: String, age: Duration) -> Bool {
      (self.path == path || self.path == "*") && before.map { age < $0 } ?? true
    }
  }

  /// Somebody whom a server asks before it answers.
  struct Origin: Sendable, Equatable {
    /// A name or address, in which `{env.NAME}` stands for a variable; a port behind a colon counts more than `port`.
    var host: String
    var port: Int
    /// Whether the request is handed on and the other's answer is the answer; else only a connection is wanted.
    var isHandedOn = false
    /// What is answered where the other cannot be reached.
    var failure: Int
    var body: String
  }

  /// Variables of which the program wants one, or it ends at once.
  struct Requirement: Sendable, Equatable {
    var variables: [String]
    /// What it says then.
    var lines: [String]
  }

  struct Line: Sendable, Equatable {
    var after: Duration = .zero
    /// How long until it is written again; nil: only once.
    var every: Duration?
    var text: String
    var isError = false
  }

  /// How the image's own program ends by itself.
  struct Exit: Sendable, Equatable {
    var after: Duration
    var code: Int
  }

  /// The content's digest (`sha256:…`); nil: made up from the name.
  var digest: String?
  /// Bytes on disk: what the pull takes time for, and what the node reports.
  var size: Int64 = 50_000_000
  /// How long a pull takes; nil: as the size says.
  var pullTime: Duration?
  /// What the registry answers instead of the image; nil: the image.
  var pullError: String?
  /// What a pod must know to get it; nil: anybody gets it.
  var login: RegistryLogin?
  /// The first word is the name of the image's own program; a container that runs another is run by the shell.
  var entrypoint: [String] = []
  /// Whether a container's `args` go to the image's own program, instead of standing in its place.
  var takesArguments = false
  /// How arguments change what its own program does; nil: not at all.
  var program: ArgumentProgram?
  var requirement: Requirement?
  /// What it logs for each request, with placeholders; nil: as `accessLog` says.
  var requestLine: String?
  /// Whether the image has a shell and the usual small commands.
  var hasShell = true
  /// Commands of the simulated shell that this image does not have.
  var lacks: [String] = ["perl", "redis-cli", "pg_isready"]
  var ports: [Port] = []
  /// What its HTTP answers name as their server: `nginx/1.29.0`.
  var server = ""
  /// Nil: requests are not logged.
  var accessLog: AccessLogFormat?
  var logs: [Line] = []
  var exit: Exit?
  /// How long the program takes to end after SIGTERM; nil: it ignores the signal.
  var stopTime: Duration? = .milliseconds(200)
  var environment: [String: String] = [:]
  var files: [String: String] = [:]
  /// Where its programs begin.
  var directory = "/"
  /// Whether its `nslookup` asks as other programs do, with search domains (busybox up to 1.28).
  var looksUpInFull = false
  /// Thousandths of a processor that it uses while nobody asks anything.
  var cpu: Int64 = 1
  /// Processor time that a request takes.
  var requestTime: Duration = .zero
  /// Bytes of memory at the start.
  var memory: Int64 = 8 << 20
  /// Bytes more each second.
  var memoryGrowth: Int64 = 0
}

extension ImageBehaviour {
  /// The behaviour that an Image object's spec describes; what it leaves out is as in `base`.
  init(_ spec: Value, base: ImageBehaviour = ImageBehaviour()) {
    self = base
    if let seconds = spec["pull"]?["seconds"]?.number { pullTime = .fractional(seconds: seconds) }
    if let error = spec["pull"]?["error"]?.string, !error.isEmpty { pullError = error }
    if let user = spec["pull"]?["username"]?.string, !user.isEmpty {
      login = RegistryLogin(user: user, password: spec["pull"]?["password"]?.string ?? "")
    }
    if let words = spec["entrypoint"]?.array { entrypoint = words.compactMap(\.string) }
    if let shell = spec["run"]?["shell"]?.boolean { hasShell = shell }
    let startTime = spec["start"]?["seconds"]?.number.map { Duration.fractional(seconds: $0) }
    if let list = spec["ports"]?.array { ports = list.map { Port($0, after: startTime ?? .zero) } }
    if let list = spec["logs"]?.array { logs = list.map(Line.init) }
    if let seconds = spec["run"]?["seconds"]?.number, seconds > 0 {
      exit = Exit(after: .fractional(seconds: seconds), code: Int(spec["run"]?["exitCode"]?.integer ?? 0))
    }
    if let text = spec["memory"]?.string, let quantity = Quantity(text) { memory = quantity.value }
    if let text = spec["cpu"]?.string, let quantity = Quantity(text) { cpu = quantity.milliValue }
    if let text = spec["digest"]?.string, !text.isEmpty { digest = text }
  }
}

extension Duration {
  /// A duration of so many seconds, to the millisecond and at most about thirty years.
  static func fractional(seconds: Double) -> Duration {
    .milliseconds(Int64(min(max(seconds, 0), 1e9) * 1_000))
  }
}

extension ImageBehaviour.Port {
  fileprivate init(_ value: Value, after: Duration) {
    port = Int(value["port"]?.integer ?? 0)
    self.after = after
    if let body = value["response"]?.string { responses = [.init(path: "*", body: body)] }
  }
}

extension ImageBehaviour.Line {
  fileprivate init(_ value: Value) {
    after = .fractional(seconds: value["afterSeconds"]?.number ?? 0)
    let period = value["everySeconds"]?.number ?? 0
    every = period > 0 ? max(.fractional(seconds: period), .milliseconds(10)) : nil
    text = value["text"]?.string ?? ""
  }
}
