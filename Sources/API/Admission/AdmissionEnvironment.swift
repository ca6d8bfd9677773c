package import Kinds

/// What admission knows of the cluster besides its objects.
package struct AdmissionEnvironment: Sendable {
  /// The kinds that are served now.
  package var kinds: KindTable
  /// Who may do what; nil: only masters may.
  package var authorizer: Authorizer?
  /// How much the cluster may hold.
  package var limits: ClusterLimits

  package init(
    kinds: KindTable = .builtIn, authorizer: Authorizer? = nil, limits: ClusterLimits = ClusterLimits()
  ) {
    self.kinds = kinds
    self.authorizer = authorizer
    self.limits = limits
  }
}
