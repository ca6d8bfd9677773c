/// What becomes of a request that only reads.
package enum Outcome: Sendable {
  case response(APIResponse)
  /// A stream of changes, which the caller runs: see `WatchPlan`.
  case watch(WatchPlan)
  /// A container's log, which the caller reads on the cluster's loop: see `LogPlan`.
  case log(LogPlan)
  /// An answer of a container's, which the caller asks for on the cluster's loop: see `ProxyPlan`.
  case proxy(ProxyPlan)
}
