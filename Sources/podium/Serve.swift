import API
import ArgumentParser
import Logging
import Store

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Start the server: the console for the browser, and the Kubernetes API.",
    discussion: """
      The first start makes an admin token and shows it once; `podium kubeconfig` makes more.
      Whoever opens the page on this machine is the user `learner`, who may edit in namespace `default`.
      Every option may also stand in the environment: PODIUM_LISTEN, PODIUM_DATA, PODIUM_NODES, PODIUM_TLS,
      PODIUM_ADMIN_TOKEN_FILE, PODIUM_ALLOW_WEBHOOK (with commas), PODIUM_PUBLIC, PODIUM_LESSONS, PODIUM_SEED,
      PODIUM_SCHEDULER_CONFIG, PODIUM_LIMITS, PODIUM_HISTORY_WRITES, PODIUM_HISTORY_BYTES, PODIUM_LOG_LEVEL,
      PODIUM_CLASSROOM (true), PODIUM_INSTRUCTOR_PASSWORD_FILE.
      SIGTERM or Ctrl-C ends the server in order; nothing that was acknowledged is lost, however it ends.
      """)

  @Option(
    help: ArgumentHelp(
      "Address and port to listen on; port 0 takes a free one. (default: \(Listen.standard))", valueName: "host:port"))
  var listen: String?

  @Option(help: ArgumentHelp("Folder that keeps everything. (default: ~/.local/share/podium)", valueName: "dir"))
  var data: String?

  @Option(help: ArgumentHelp("Simulated nodes of a new cluster, 0 to 1000. (default: 3)", valueName: "count"))
  var nodes: Int?

  @Option(
    help: ArgumentHelp(
      "auto (own certificate authority), CERT,KEY (PEM files), or off. With TLS the port also answers plain HTTP, but only to this machine. (default: auto)",
      valueName: "mode"))
  var tls: String?

  @Option(
    help: ArgumentHelp(
      "Address at or below which admission webhooks may be called, as https://host:port/prefix; give it again for more. (default: none)",
      valueName: "url"))
  var allowWebhook: [String] = []

  @Option(help: ArgumentHelp("File with a token that is to be the admin's.", valueName: "file"))
  var adminTokenFile: String?

  @Option(help: ArgumentHelp("Folder of the page's files. (default: Public beside the program)", valueName: "dir"))
  var `public`: String?

  @Option(help: ArgumentHelp("Folder of the lessons. (default: lessons beside the program)", valueName: "dir"))
  var lessons: String?

  @Option(
    help: ArgumentHelp(
      "Seed of a new cluster's random choices: same seed and inputs, same run. (default: by chance)",
      valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "File with a KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1): profiles, plugins, weights.",
      valueName: "file"))
  var schedulerConfig: String?

  @Option(
    help: ArgumentHelp(
      "Writes of the past that each cluster keeps readable, 100 to 1000000. (default: 10000)", valueName: "count"))
  var historyWrites: Int?

  @Option(
    help: ArgumentHelp(
      "Bytes that the objects of those writes may take in memory; bookmarked moments may take as many again. (default: 67108864)",
      valueName: "bytes"))
  var historyBytes: Int?

  @Option(
    help: ArgumentHelp(
      "How much a cluster may hold. (default: \(ClusterLimits().text))", valueName: "pods=N,events=N,objects=N"))
  var limits: String?

  @Option(
    help: ArgumentHelp(
      "trace, debug, info (each request), notice, warning, error. (default: notice)", valueName: "level"))
  var logLevel: String?

  @Flag(
    help: "Open a classroom: learners join with a code, each with a cluster of their own. See docs/classroom.md.")
  var classroom = false

  @Option(help: ArgumentHelp("File with the password that is to be the instructor's.", valueName: "file"))
  var instructorPasswordFile: String?

  func run() throws {
    // Before any thread starts, so that none of them takes the signal.
    let signals = EndSignals()
    let server = try Server(settings: try settings())
    server.announce()
    let signal = signals.wait()
    server.stop(because: signal)
  }

  private func settings() throws(Refusal) -> ServerSettings {
    try Environment.check("NODES", as: Int.self)
    try Environment.check("SEED", as: UInt64.self)
    let history = try history()
    let listen = try (listen ?? Environment["LISTEN"] ?? Listen.standard)
      .parsed(Listen.self, from: "--listen", form: "HOST:PORT, as in \(Listen.standard)")
    let nodes = nodes ?? Environment.value("NODES", 3)
    guard (0...1000).contains(nodes) else { throw Refusal("--nodes \(nodes) is out of range: give 0 to 1000") }
    return ServerSettings(
      listen: listen, data: data ?? Environment["DATA"], nodes: nodes,
      tls: try (tls ?? Environment["TLS"] ?? "auto").parsed(TLSMode.self, from: "--tls", form: "off, auto or CERT,KEY"),
      webhooks: try webhooks(), adminTokenFile: adminTokenFile ?? Environment["ADMIN_TOKEN_FILE"],
      publicFolder: self.public ?? Environment["PUBLIC"],
      lessonsFolder: lessons ?? Environment["LESSONS"], seed: seed ?? Environment["SEED"].flatMap { UInt64($0) },
      logLevel: try (logLevel ?? Environment["LOG_LEVEL"] ?? "notice")
        .parsed(Logger.Level.self, from: "--log-level", form: "trace, debug, info, notice, warning or error"),
      schedulerConfiguration: schedulerConfig ?? Environment["SCHEDULER_CONFIG"],
      limits: try (limits ?? Environment["LIMITS"] ?? "")
        .parsed(ClusterLimits.self, from: "--limits", form: "pods=N,events=N,objects=N,bytes=N"),
      history: history,
      hasClassroom: classroom || Environment.value("CLASSROOM", false),
      instructorPasswordFile: instructorPasswordFile ?? Environment["INSTRUCTOR_PASSWORD_FILE"])
  }
}

extension Serve {
  private func history() throws(Refusal) -> Feed.Limits {
    try Environment.check("HISTORY_WRITES", as: Int.self)
    try Environment.check("HISTORY_BYTES", as: Int.self)
    let standard = Feed.Limits()
    let limits = Feed.Limits(
      changes: historyWrites ?? Environment.value("HISTORY_WRITES", standard.changes),
      bytes: historyBytes ?? Environment.value("HISTORY_BYTES", standard.bytes))
    guard (100...1_000_000).contains(limits.changes) else {
      throw Refusal("--history-writes \(limits.changes) is out of range: give 100 to 1000000")
    }
    guard (1 << 20...1 << 36).contains(limits.bytes) else {
      throw Refusal("--history-bytes \(limits.bytes) is out of range: give 1048576 to 68719476736")
    }
    return limits
  }

  private func webhooks() throws(Refusal) -> [WebhookAddress] {
    let texts = allowWebhook + (Environment["ALLOW_WEBHOOK"] ?? "").split(separator: ",").map(String.init)
    var addresses: [WebhookAddress] = []
    for text in texts {
      guard let address = WebhookAddress(text) else {
        throw Refusal("--allow-webhook \(text) cannot be read: give https://host:port/prefix")
      }
      addresses.append(address)
    }
    return addresses
  }
}

/// What a server is started with, checked.
struct ServerSettings {
  let listen: Listen
  let data: String?
  let nodes: Int
  let tls: TLSMode
  /// Where admission webhooks may be called.
  let webhooks: [WebhookAddress]
  let adminTokenFile: String?
  let publicFolder: String?
  let lessonsFolder: String?
  let seed: UInt64?
  /// Whether lessons are read again when their files change.
  var previewsLessons = false
  let logLevel: Logger.Level
  /// The file of the scheduler's configuration; nil: kube-scheduler's own.
  var schedulerConfiguration: String?
  var limits = ClusterLimits()
  /// How much of the past stays readable.
  var history = Feed.Limits()
  var hasClassroom = false
  /// The file of the instructor's password; nil: it is set by page, once.
  var instructorPasswordFile: String?
}
