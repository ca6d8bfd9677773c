import API
import Cluster
package import Hosting
package import Kinds
package import Lessons
import Loop
import Store
import Synchronization
import Tree

/// A classroom: its people, how they come in, what they reach, and what its objects ask for. It knows no sockets; whoever
/// serves it turns requests into calls of it.
package final class ClassroomService: Sendable {
  /// Readings of the machine's clocks.
  package struct Clocks: Sendable {
    /// Nanoseconds since some fixed moment.
    package let monotonic: @Sendable () -> Int64
    /// Seconds since 1970.
    package let calendar: @Sendable () -> Int64

    package init(monotonic: @escaping @Sendable () -> Int64, calendar: @escaping @Sendable () -> Int64) {
      self.monotonic = monotonic
      self.calendar = calendar
    }

    /// The machine's own.
    package static let machine = Clocks(
      monotonic: { MonotonicClock.now }, calendar: { MonotonicClock.calendar / 1_000_000_000 })
  }

  /// What a classroom is made of.
  package struct Options: Sendable {
    /// Simulated machines of a learner's cluster.
    package var nodes: Int
    package var limits: ClassroomLimits
    package var passwordCost: PasswordHash.Cost
    package var clocks: Clocks
    package var cryptography: Cryptography
    package var lessons: @Sendable () -> LessonLibrary

    package init(
      nodes: Int = 3, limits: ClassroomLimits = ClassroomLimits(), passwordCost: PasswordHash.Cost = .standard,
      clocks: Clocks = .machine, cryptography: Cryptography, lessons: @escaping @Sendable () -> LessonLibrary
    ) {
      self.nodes = nodes
      self.limits = limits
      self.passwordCost = passwordCost
      self.clocks = clocks
      self.cryptography = cryptography
      self.lessons = lessons
    }
  }

  package let options: Options
  package let host: ClusterHost
  /// The classroom's own cluster, which never sleeps.
  package let cluster: HostedCluster
  package let attempts: AttemptRecorder
  let keyring: Keyring
  let reconcilers: ReconcilerThreads
  let desk = PasswordDesk()
  let codeTries: TryLimit
  let passwordTries: TryLimit
  let joins: TryLimit
  let setupCode = Mutex<String?>(nil)
  /// Closed at the end.
  private let ending = Mailbox<Void>()
  private let gauges = Mutex<[String: LearnerGauge]>([:])

  /// Opens the classroom of a host, making its cluster where there is none.
  package init(_ options: Options, host: ClusterHost) throws(Status) {
    self.options = options
    self.host = host
    cluster = try Self.open(host)
    let now = options.clocks.calendar()
    try cluster.performAndWait { world throws(Status) in try ClassroomBootstrap.run(in: world, now: now) }
    keyring = Keyring(feed: cluster.feed)
    let limits = options.limits
    codeTries = TryLimit(perAddress: limits.wrongCodesPerAddress, inAll: limits.wrongCodesInAll)
    passwordTries = TryLimit(perAddress: limits.wrongPasswordsPerAddress, inAll: limits.wrongPasswordsInAll)
    joins = TryLimit(perAddress: limits.joinsPerAddress, inAll: .max)
    attempts = AttemptRecorder(cluster: cluster)
    reconcilers = ReconcilerThreads(
      ClassroomState(host: host, cluster: cluster, attempts: attempts, options: options))
    reconcilers.start()
    removeExpiredCredentials()
    prepareClusters()
  }

  /// How long those who were here before have the machine to themselves after a start, in nanoseconds.
  private static let preparationDelay: Int64 = 5_000_000_000

  /// Has what learners' clusters are copies of made before the first comes, beside everything else.
  private func prepareClusters() {
    let isNew = cluster.feed.snapshot.count(Kind.learner.collection) == 0
    BackgroundThread.start { [host, ending, nodes = options.nodes] in
      if !isNew, ending.takeAll(until: MonotonicClock.now + Self.preparationDelay) == nil { return }
      host.prepare(preset: nodes)
    }
  }

  private static func open(_ host: ClusterHost) throws(Status) -> HostedCluster {
    if let cluster = try host.cluster(Access.classroom) { return cluster }
    return try host.create(Access.classroom, from: .new(nodes: 0))
  }

  /// Ends its threads. Its clusters are the host's to end.
  package func stop() {
    ending.close()
    reconcilers.stop()
    desk.stop()
  }

  /// The classroom as it is now.
  package var classroom: Classroom {
    Classroom(cluster.feed.snapshot[Kind.classroom.key(namespace: "", name: Classroom.name)]?.value ?? [:])
  }

  /// The Learner of that name; nil if there is none, or it is being removed.
  package func learner(_ name: String) -> Learner? {
    let stored = cluster.feed.snapshot[Kind.learner.key(namespace: "", name: name)]
    return stored.map { Learner($0.value) }.flatMap { $0.metadata.isDeleting ? nil : $0 }
  }

  /// What the learner takes of the server now.
  package func gauge(of learner: String) -> LearnerGauge {
    gauges.withLock { gauges in
      if let gauge = gauges[learner] { return gauge }
      let gauge = LearnerGauge(options.limits, now: options.clocks.monotonic())
      gauges[learner] = gauge
      return gauge
    }
  }

  /// Removes the credentials whose time is over.
  package func removeExpiredCredentials() {
    let names = keyring.expired(at: options.clocks.calendar()).map(\.objectName)
    guard !names.isEmpty else { return }
    cluster.perform { world throws(Status) in
      for name in names { try CredentialStore.remove(name, in: world) }
    } reply: { _ in
    }
  }
}
