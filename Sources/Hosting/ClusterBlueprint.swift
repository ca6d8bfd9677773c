package import API
package import Cluster
import Loop
package import Store

/// What all clusters of a server have in common.
package struct ClusterBlueprint: Sendable {
  /// The options of each; name and nodes are the cluster's own.
  package var options: ClusterOptions
  /// The seed of clusters that are given none of their own; nil: by chance.
  package var seed: UInt64?
  package var tokens: any TokenAuthenticator
  package var webhooks: any WebhookCaller
  package var version: String
  /// How much of the past each keeps readable.
  package var history: Feed.Limits
  /// What is different about a cluster, by its name: called with what all have in common.
  package var adjust: @Sendable (inout ClusterOptions) -> Void = { _ in }

  package init(
    options: ClusterOptions, seed: UInt64? = nil, tokens: any TokenAuthenticator,
    webhooks: any WebhookCaller = NoWebhooks(),
    version: String, history: Feed.Limits = Feed.Limits()
  ) {
    self.options = options
    self.seed = seed
    self.tokens = tokens
    self.webhooks = webhooks
    self.version = version
    self.history = history
  }

  func options(named name: String, nodes: Int, seed: UInt64?) -> ClusterOptions {
    var options = options
    options.name = name
    options.identity = options.identity?.bound(to: name, inTokens: name != ClusterHost.root)
    options.nodes = nodes
    options.seed = seed ?? self.seed ?? UInt64.random(in: .min ... .max)
    adjust(&options)
    return options
  }

  /// The API over a cluster that runs behind the door.
  func hosted(_ options: ClusterOptions, feed: Feed, door: Door, signal: TimeSignal) -> HostedCluster {
    let api = APIServer(
      kinds: options.kinds, feed: feed, tokens: tokens, clusterName: options.name, version: version,
      identity: options.identity, webhooks: webhooks, isStopped: { door.stopReason != nil }, now: { signal.now })
    return HostedCluster(name: options.name, feed: feed, door: door, api: api, signal: signal)
  }
}
