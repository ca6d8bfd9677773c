package import Store

/// What a new cluster begins with.
package enum ClusterOrigin: Sendable {
  /// Nothing but the objects that every cluster is born with, and so many simulated machines. Time begins with the
  /// server's clock.
  case new(nodes: Int, seed: UInt64? = nil)
  /// A copy of a cluster with so many machines that was made once and has come to rest. It costs next to nothing, and
  /// what is the same in all copies is in memory once. Its time begins where the first one's rested.
  case preset(nodes: Int)
  /// What another cluster held: a fork.
  case contents(JournalContents)
}
