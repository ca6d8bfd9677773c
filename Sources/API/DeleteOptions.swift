/// How an object is to be deleted (API reference, DeleteOptions v1 meta).
package struct DeleteOptions: Sendable {
  package enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
  }

  /// Seconds a pod gets to end; nil: what its spec says. 0 removes it at once.
  package var gracePeriodSeconds: Int?
  package var propagation: Propagation?
  /// Deletes only an object with this uid.
  package var uid: String?
  /// Deletes only an object at this revision.
  package var resourceVersion: String?
  package var isDryRun = false

  package init(
    gracePeriodSeconds: Int? = nil, propagation: Propagation? = nil, uid: String? = nil, resourceVersion: String? = nil
  ) {
    self.gracePeriodSeconds = gracePeriodSeconds
    self.propagation = propagation
    self.uid = uid
    self.resourceVersion = resourceVersion
  }
}
