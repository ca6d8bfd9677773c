import API
import Classroom
import Cluster
import Console
import Glibc
import HTTP
import Hosting
import Kinds
import Lessons
import Logging
import SQLiteJournal
import Store
import Scheduler
import Tree

/// A running server: its clusters, their API, the console.
struct Server {
  private let logger: Logger
  private let data: DataDirectory
  private let http: HTTPServer
  private let host: ClusterHost
  private let classroom: ClassroomOpening?
  private let ticker: Ticker
  private let checkRunner: CheckRunner
  private let address: String
  /// The admin's token, if it was made by this start; shown once, kept nowhere.
  private let newToken: String?

  init(settings: ServerSettings) throws(Refusal) {
    Memory.prepare()
    var logger = Logger(label: "podium", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = settings.logLevel
    self.logger = logger
    data = try DataDirectory(settings.data)
    try data.lock()
    let files = try Self.files(settings)
    let lessons = try Self.lessons(settings, logger)
    let certificates = try Certificates(settings.tls, host: settings.listen.host, data: data)
    let (tokens, newToken) = try Self.tokens(settings, data)
    self.newToken = newToken
    let tokenKey = try TokenKey(in: data, logger: logger)
    let identity = ClusterIdentity(tokens: tokenKey, certificates: ClusterAuthority(certificates.own))
    host = ClusterHost(
      try Self.blueprint(settings, tokens: tokens, rootCertificate: certificates.authority, identity: identity),
      journals: SQLiteJournalFolder(path: data.clusters, history: settings.history.changes),
      lanes: Processors.count, releaseMemory: Memory.release)
    let root = try Self.root(of: host, settings)
    classroom =
      settings.hasClassroom ? try ClassroomOpening(settings, host: host, lessons: lessons) : nil
    ticker = Ticker()
    checkRunner = CheckRunner()
    let site = Site(
      host: host, root: root, files: files, lessons: lessons, tokens: tokens, ticker: ticker, checkRunner: checkRunner,
      version: Product.version, classroom: classroom?.service,
      authority: certificates.isOwn ? certificates.authority : "")
    http = try Self.listen(settings.listen, tls: certificates.options, site: site, logger: logger)
    let host = settings.listen.host == "0.0.0.0" ? "127.0.0.1" : settings.listen.host
    let authority = Listen.authority(host, http.port)
    let isSecure = certificates.options != nil
    address = "\(isSecure && !settings.listen.isLoopback ? "https" : "http")://\(authority)"
    try data.write("\(isSecure ? "https" : "http")://\(authority)\n", to: data.address)
    // What takes longer than the start itself begins when that no longer waits for a processor.
    tokenKey.prepare()
    lessons.prepare()
  }

  private static func files(_ settings: ServerSettings) throws(Refusal) -> StaticFiles {
    let folder = try ResourceFolder.find("Public", given: settings.publicFolder, option: "--public")
    do throws(StaticFiles.Unreadable) {
      return try StaticFiles(root: folder)
    } catch {
      throw Refusal(error.description)
    }
  }

  private static func lessons(_ settings: ServerSettings, _ logger: Logger) throws(Refusal) -> LessonShelf {
    let folder = try ResourceFolder.find("lessons", given: settings.lessonsFolder, option: "--lessons")
    if settings.previewsLessons {
      return LessonShelf(previewing: folder) { library in
        let problems = LessonLinter(library).problems()
        Terminal.show("\(library.lessons.count) lessons read, \(problems.count) problems")
        for problem in problems { Terminal.show("\(folder)/\(problem)") }
      }
    }
    return LessonShelf(directory: folder) { logger.warning("a lesson is broken: \($0)") }
  }

  private static func tokens(_ settings: ServerSettings, _ data: DataDirectory) throws(Refusal) -> (TokenFile, String?)
  {
    do throws(TokenFile.Failure) {
      let tokens = try TokenFile(path: data.tokens)
      guard let file = settings.adminTokenFile else {
        return (tokens, tokens.isEmpty ? try tokens.issue(for: .admin) : nil)
      }
      let text = FileContents.read(file).map { String(decoding: $0, as: UTF8.self).filter { !$0.isWhitespace } }
      guard let text, !text.isEmpty else {
        throw TokenFile.Failure(
          "the token file \(file) cannot be read or is empty: put one line with the token into it")
      }
      try tokens.add(text, for: .admin)
      return (tokens, nil)
    } catch {
      throw Refusal(error.description)
    }
  }

  private static func blueprint(
    _ settings: ServerSettings, tokens: TokenFile, rootCertificate: String, identity: ClusterIdentity
  ) throws(Refusal) -> ClusterBlueprint {
    let webhooks = HTTPSWebhooks(allowed: settings.webhooks)
    let options = ClusterOptions(
      rootCertificate: rootCertificate, identity: identity, webhooks: webhooks,
      scheduler: try SchedulerFile.configuration(settings.schedulerConfiguration), limits: settings.limits)
    var blueprint = ClusterBlueprint(
      options: options, seed: settings.seed, tokens: tokens, webhooks: webhooks, version: Product.version,
      history: settings.history)
    if settings.hasClassroom { blueprint.adjust = ClassroomService.adjustment(ClassroomLimits()) }
    if let file = settings.record {
      let session = try SessionFile(file)
      let others = blueprint.adjust
      blueprint.adjust = { options in
        others(&options)
        if options.name == ClusterHost.root { options.session = session }
      }
    }
    return blueprint
  }

  /// The cluster that is served at the root; made at the first start.
  private static func root(of host: ClusterHost, _ settings: ServerSettings) throws(Refusal) -> HostedCluster {
    do throws(Status) {
      let root =
        try host.cluster(ClusterHost.root)
        ?? host.create(ClusterHost.root, from: .new(nodes: settings.nodes, seed: settings.seed))
      awaitReadiness(of: root)
      return root
    } catch {
      throw Refusal(error.message)
    }
  }

  /// The pause between two looks at a cluster that starts, in microseconds, and how many there are: ten seconds of them.
  private static let look: UInt32 = 2_000
  private static let looks = 5_000

  /// Waits until a cluster would say at `/readyz` that it is ready: who is told where the server is may ask at once.
  /// One that takes longer is announced all the same; `/readyz` says what it lacks.
  private static func awaitReadiness(of cluster: HostedCluster) {
    for _ in 0..<looks where !cluster.api.isReady { usleep(look) }
  }

  private static func listen(
    _ listen: Listen, tls: TLSOptions?, site: Site, logger: Logger
  ) throws(Refusal) -> HTTPServer {
    var options = HTTPServerOptions(host: listen.host, port: listen.port)
    options.tls = tls
    // The page needs no certificate on the machine itself; kubectl sends its token by TLS only.
    options.plain = .loopback
    if logger.logLevel <= .info { options.accessLog = { logger.info("\($0.line)") } }
    do throws(HTTPServerError) {
      return try HTTPServer(options: options, handler: site)
    } catch {
      throw Refusal(error.description)
    }
  }

  /// Says where the server is.
  /// - Parameter part: of the page, as in `#/lessons/rollout`.
  func announce(part: String = "") {
    if let newToken {
      Terminal.show("The admin's token, shown this once: \(newToken)")
      Terminal.show("(podium kubeconfig makes another whenever one is needed)")
    }
    if let code = classroom?.setupCode {
      Terminal.show("No instructor's password is set: open the page on this machine and set one,")
      Terminal.show("or from elsewhere with the set-up code \(code)")
    }
    Terminal.show("Podium is ready at \(address)/\(part)")
  }

  /// Ends everything in order: no new requests, streams to their ends, the last turn into the journal.
  func stop(because signal: String) {
    logger.notice("\(signal): ending")
    http.stop()
    classroom?.service.stop()
    host.stop()
    ticker.stop()
    checkRunner.stop()
  }
}

extension AccessRecord {
  /// As a line of the log.
  fileprivate var line: String {
    "\(peer) \(method) \(path) \(status) \(bytes)B \(nanoseconds / 1_000)us \"\(userAgent)\""
  }
}
