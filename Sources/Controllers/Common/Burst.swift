/// How much a controller does in one piece of work.
enum Burst {
  /// So many pods are created or deleted in one reconciliation at most; the rest waits for the next, so that requests
  /// are heard in between. (Kubernetes' controllers, which have threads for that, take 500.)
  static let limit = 100
}
