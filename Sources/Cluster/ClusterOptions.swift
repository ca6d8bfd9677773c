package import API
package import Kinds
package import Scheduler
package import Tree

/// What a cluster is made of at its birth, and its limits.
package struct ClusterOptions: Sendable {
  package var name: String
  /// Simulated machines that a new cluster starts with.
  package var nodes: Int
  package var seed: UInt64
  package var kinds: KindTable
  /// The certificate authority's PEM text that `kube-root-ca.crt` shows.
  package var rootCertificate: String
  /// What signs tokens and certificates; without it nobody does.
  package var identity: ClusterIdentity?
  /// Makes the calls of webhooks about what the cluster's own parts write; nil: they fail.
  package var webhooks: (any WebhookCaller)?
  /// Makes clusters of moments of this one; nil: nobody does.
  package var forks: (any ForkMaker)?
  /// Keeps a record of all that the cluster's run depends on; nil: nobody does.
  package var session: (any SessionLog)?
  /// Pieces of work in one turn; what is left waits for the next, so that requests are heard in between.
  package var workPerTurn: Int
  /// Profiles, plugins and weights.
  package var scheduler: SchedulerConfiguration
  /// How much the cluster may hold.
  package var limits: ClusterLimits
  /// Roles and bindings that the cluster has beside those of every cluster.
  package var rights: [Value] = []

  package init(
    name: String = "default", nodes: Int = 3, seed: UInt64 = 1, kinds: KindTable = .builtIn,
    rootCertificate: String = "", identity: ClusterIdentity? = nil, webhooks: (any WebhookCaller)? = nil,
    workPerTurn: Int = 20_000, scheduler: SchedulerConfiguration = .standard,
    limits: ClusterLimits = ClusterLimits()
  ) {
    self.name = name
    self.nodes = nodes
    self.seed = seed
    self.kinds = kinds
    self.rootCertificate = rootCertificate
    self.identity = identity
    self.webhooks = webhooks
    self.workPerTurn = workPerTurn
    self.scheduler = scheduler
    self.limits = limits
  }
}
