package import API
package import Cluster
package import Kinds
import Kubectl
package import Loop
package import Store
package import Terminal
package import Tree

/// A whole cluster in a test, in virtual time: the real engine, no second one.
///
///     let lab = try Lab(seed: 7)
///     lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
///     lab.advance(bySeconds: 30)
///     lab.table("pods")   // as `kubectl get pods` prints it
///
/// Same seed and same commands give the same run, byte for byte.
public final class Lab {
  package let cluster: Cluster
  package let api: APIServer
  private let signal: TimeSignal
  /// Where the cluster's time began: 2026-01-01T00:00:00Z.
  package static let birth = Time(seconds: 1_767_225_600)

  /// A new cluster with so many simulated nodes.
  public convenience init(seed: UInt64 = 7, nodes: Int = 3) throws {
    try self.init(ClusterOptions(nodes: nodes, seed: seed, identity: .paper), journal: MemoryJournal())
  }

  /// A cluster over a journal of one's own, to stop and start it; `origin` is what a new one begins with instead.
  package init(
    _ options: ClusterOptions, journal: any Journal, origin: JournalContents? = nil,
    history: Feed.Limits = Feed.Limits()
  ) throws(JournalError) {
    let feed = Feed(limits: history)
    let signal = TimeSignal(Pace(real: 0, cluster: Self.birth, isPaused: true))
    self.signal = signal
    cluster = try Cluster(
      options, journal: journal, origin: origin, feed: feed, signal: signal, birth: Self.birth, real: 0)
    api = APIServer(
      kinds: options.kinds, feed: feed, tokens: TokenTable([:]), clusterName: options.name, version: "test",
      identity: options.identity, now: { signal.now })
    try cluster.commit(durably: true)
  }

  /// What a command printed, and its exit status.
  public struct Result: Sendable {
    /// 0 when the command succeeded.
    public let status: Int32
    /// What went to the standard output.
    public let output: String
    /// What went to the standard error.
    public let errors: String
  }

  /// Runs kubectl commands as a user; waiting ones let the cluster's time run.
  @discardableResult
  public func kubectl(_ line: String, files: [String: String] = [:], as user: String = "admin") -> Result {
    terminal(line.hasPrefix("kubectl") ? line : "kubectl " + line, files: files, as: user)
  }

  /// Runs a line as the page's terminal does: kubectl's commands and Podium's own.
  public func terminal(_ line: String, files: [String: String] = [:], as user: String = "admin") -> Result {
    var output = ""
    var errors = ""
    let command = Kubectl(transport: transport(as: user), files: files)
    let status = command.run(line) { part in
      switch part {
      case .out(let text): output += text
      case .error(let text): errors += text
      case .request: break
      }
    }
    return Result(status: status, output: output, errors: errors)
  }

  /// Applies manifests given as YAML, as the admin.
  @discardableResult
  public func apply(_ manifests: String) -> Result {
    kubectl("apply -f manifests.yaml", files: ["manifests.yaml": manifests])
  }

  /// Lets so many seconds of the cluster's time pass.
  public func advance(bySeconds seconds: Double) { advance(by: .nanoseconds(Int64(seconds * 1e9))) }

  /// Runs what is due now, without letting time pass.
  public func settle() {
    cluster.loop.runDue(limit: cluster.options.workPerTurn)
    commit()
  }

  /// What `kubectl get` prints of a resource: `lab.table("pods -o wide")`.
  public func table(_ resource: String, namespace: String = "default") -> String {
    kubectl("get \(resource) -n \(namespace)").output
  }

  // MARK: For tests of the house itself

  package func transport(as user: String = "admin") -> LoopTransport {
    let caller = user == "admin" ? Caller.admin : Caller(name: user, groups: ["system:authenticated"])
    return LoopTransport(cluster: cluster, api: api, caller: caller)
  }

  package func advance(by duration: Duration) {
    cluster.loop.advance(to: cluster.loop.now + duration)
    commit()
  }

  package var now: Time { cluster.loop.now }

  /// The cluster as it is now, to begin others with.
  package var contents: JournalContents {
    JournalContents(snapshot: cluster.feed.snapshot, history: [], time: now)
  }

  /// A cluster that begins with what another one held: a fork.
  package convenience init(fork contents: JournalContents, seed: UInt64 = 7) throws(JournalError) {
    try self.init(ClusterOptions(nodes: 0, seed: seed, identity: .paper), journal: MemoryJournal(), origin: contents)
  }

  package func object(_ kind: Kind, _ name: String, namespace: String = "default") -> Value? {
    cluster.client.get(kind, namespace: namespace, name: name)?.value
  }

  package func objects(_ kind: Kind, namespace: String? = "default") -> [Value] {
    cluster.client.list(kind, namespace: kind.isNamespaced ? namespace : nil).map(\.value)
  }

  /// One request, straight into the API.
  package func request(
    _ method: String, _ target: String, body: Value? = nil, type: String = "application/json", as user: String = "admin"
  ) -> (status: Int, value: Value) {
    let reply = transport(as: user).send(
      Call(method: method, path: target, contentType: body == nil ? nil : type, body: body?.json ?? []))
    return (reply.status, (try? JSON.parse(reply.body)) ?? .null)
  }

  /// The journal of a test does not fail.
  private func commit() {
    try? cluster.commit(durably: false)
    signal.show(Pace(real: 0, cluster: cluster.loop.now, isPaused: true))
  }
}
