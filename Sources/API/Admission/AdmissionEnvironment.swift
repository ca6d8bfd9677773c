package import Kinds
package import Store

/// What admission knows of the cluster besides its objects.
package struct AdmissionEnvironment: Sendable {
  /// The kinds that are served now.
  package var kinds: KindTable
  /// Who may do what; nil: only masters may.
  package var authorizer: Authorizer?
  /// The cluster's past; nil: there is none.
  package var feed: Feed?
  /// How much the cluster may hold.
  package var limits: ClusterLimits

  package init(
    kinds: KindTable = .builtIn, authorizer: Authorizer? = nil, feed: Feed? = nil,
    limits: ClusterLimits = ClusterLimits()
  ) {
    self.feed = feed
    self.kinds = kinds
    self.authorizer = authorizer
    self.limits = limits
  }
}
