import API
import Cluster
package import Kinds
import Loop
package import Store
import Synchronization

/// All clusters of a server: makes them, runs them on a few lanes, lets those sleep that nobody looks at, and wakes them.
///
/// A cluster that sleeps is in its journal and nowhere else; its time stands still. A restart of the server is the same
/// to a cluster as a sleep. None of the calls may be made on a lane: they wait for it.
package final class ClusterHost: Sendable {
  /// What a host keeps within.
  package struct Limits: Sendable {
    /// Clusters, asleep ones too.
    package var clusters: Int
    /// Nobody has asked for a cluster for so many seconds: then it sleeps.
    package var secondsUntilSleep: Int64

    package init(clusters: Int = 2_000, secondsUntilSleep: Int64 = 300) {
      self.clusters = clusters
      self.secondsUntilSleep = secondsUntilSleep
    }
  }

  /// The cluster that a server begins with. It never sleeps.
  package static let root = "default"

  package let limits: Limits
  private let blueprint: ClusterBlueprint
  private let journals: any JournalFolder
  private let lanes: [Lane]
  private let nextLane = Atomic(0)
  private let presets: Presets
  private let residences: Mutex<[String: Residence]>
  private let housekeeper: Housekeeper

  /// A host over the clusters that have journals in the folder; they sleep until somebody asks for them.
  /// - Parameter lanes: how many threads run clusters.
  package init(_ blueprint: ClusterBlueprint, journals: any JournalFolder, lanes: Int, limits: Limits = Limits()) {
    self.blueprint = blueprint
    self.journals = journals
    self.limits = limits
    self.lanes = (0..<max(1, lanes)).map { _ in Lane() }
    presets = Presets(blueprint)
    residences = Mutex(Dictionary(uniqueKeysWithValues: journals.names.map { ($0, Residence()) }))
    housekeeper = Housekeeper()
    housekeeper.start { [weak self] in self?.putIdleToSleep() }
  }

  /// The clusters' names, sorted.
  package var names: [String] { residences.withLock { $0.keys.sorted() } }

  package func contains(_ name: String) -> Bool { residences.withLock { $0[name] != nil } }

  /// Whether the cluster is there and costs nothing now.
  package func isAsleep(_ name: String) -> Bool { residences.withLock { $0[name] }?.isAsleep ?? false }

  /// The cluster of that name, awake as long as the value is held; nil if there is none. Waking one takes milliseconds.
  package func cluster(_ name: String) throws(Status) -> HostedCluster? {
    guard let residence = residences.withLock({ $0[name] }) else { return nil }
    do throws(JournalError) {
      return try residence.enter { () throws(JournalError) in try open(name, nil) }
    } catch  where error.isUnbegun {
      // The server ended while it made the cluster, and told nobody that there is one.
      try delete(name)
      return nil
    } catch {
      throw Self.failure(error)
    }
  }

  /// Makes a cluster.
  /// - Throws: 422 for a name that is no DNS label, 409 if it is taken, 403 if there are too many, 500 if the journal
  ///   cannot be written.
  @discardableResult
  package func create(_ name: String, from origin: ClusterOrigin) throws(Status) -> HostedCluster {
    guard let residence = try reserve(name) else {
      throw Status(
        code: 409, reason: "AlreadyExists", message: "clusters \"\(name)\" already exists",
        details: Status.Details(name: name, kind: "clusters"))
    }
    do throws(JournalError) {
      let cluster = try residence.enter { () throws(JournalError) in try open(name, origin) }
      guard let cluster else { throw JournalError("cluster \"\(name)\" was deleted while it was made") }
      return cluster
    } catch {
      try? delete(name)
      throw Self.failure(error)
    }
  }

  /// Makes the preset with so many machines, so that the first cluster of it costs no more than the others.
  package func prepare(preset nodes: Int) { _ = try? presets.contents(nodes: nodes) }

  /// Ends a cluster and removes its journal. One that is not there is as good as removed.
  package func delete(_ name: String) throws(Status) {
    guard let residence = residences.withLock({ $0.removeValue(forKey: name) }) else { return }
    residence.close(forGood: true)
    do throws(JournalError) {
      try journals.remove(name)
    } catch {
      throw Self.failure(error)
    }
  }

  /// Puts a cluster to sleep if nobody needs it; true if it sleeps then.
  package func sleep(_ name: String) -> Bool {
    guard let residence = residences.withLock({ $0[name] }) else { return false }
    residence.sleep(ifIdleSince: .max)
    return residence.isAsleep
  }

  /// Ends all clusters in order, the last turns in their journals.
  package func stop() {
    housekeeper.stop()
    for residence in residences.withLock({ Array($0.values) }) { residence.close(forGood: false) }
  }

  private func putIdleToSleep() {
    let moment = MonotonicClock.now - limits.secondsUntilSleep * 1_000_000_000
    for (name, residence) in residences.withLock({ Array($0) }) where name != Self.root {
      residence.sleep(ifIdleSince: moment)
    }
  }

  /// Takes the name for a new cluster; nil if it is taken.
  private func reserve(_ name: String) throws(Status) -> Residence? {
    if let problem = NameSyntax.labelErrors(name).first {
      throw Status(
        code: 422, reason: "Invalid", message: "\"\(name)\" cannot be a cluster's name: \(problem)",
        details: Status.Details(name: name, kind: "clusters"))
    }
    let reserved: Result<Residence?, Status> = residences.withLock { residences in
      guard residences[name] == nil else { return .success(nil) }
      guard residences.count < limits.clusters else {
        return .failure(
          Status(
            code: 403, reason: "Forbidden",
            message: "cluster \"\(name)\" is forbidden: this server keeps at most \(limits.clusters) clusters"))
      }
      let residence = Residence()
      residences[name] = residence
      return .success(residence)
    }
    return try reserved.get()
  }

  /// Starts a cluster on one of the lanes.
  private func open(_ name: String, _ origin: ClusterOrigin?) throws(JournalError) -> HostedCluster {
    var (nodes, seed, contents): (Int, UInt64?, JournalContents?) = (0, nil, nil)
    switch origin {
    case .new(let count, let given): (nodes, seed) = (count, given)
    case .preset(let count): contents = try presets.contents(nodes: count)
    case .contents(let given): contents = given
    case nil: break
    }
    var options = blueprint.options(named: name, nodes: nodes, seed: seed)
    options.forks = HostForks(self)
    let lane = lanes[nextLane.wrappingAdd(1, ordering: .relaxed).oldValue % lanes.count]
    let (feed, door) = (Feed(limits: blueprint.history), Door(on: lane))
    let start = MonotonicClock.now
    let birth = Time(seconds: Time(nanoseconds: MonotonicClock.calendar).seconds)
    let signal = TimeSignal(Pace(real: start, cluster: birth))
    let outcome = door.openAndWait { [journals, contents, options] () throws(JournalError) in
      try Cluster(
        options, journal: try journals.open(name), origin: contents, mustExist: origin == nil, feed: feed,
        signal: signal, birth: birth, real: start)
    }
    try outcome.get()
    return blueprint.hosted(options, feed: feed, door: door, signal: signal)
  }

  private static func failure(_ error: JournalError) -> Status {
    Status(code: 500, reason: "InternalError", message: error.description)
  }
}
