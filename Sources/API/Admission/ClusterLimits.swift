import Kinds
import Store

/// How much a cluster may hold: what keeps two billion replicas from being written.
package struct ClusterLimits: Sendable, Equatable {
  /// Pods, of all namespaces, whether they run or have ended.
  package var pods: Int
  /// Events, of all namespaces.
  package var events: Int
  /// Objects of all other kinds together.
  package var objects: Int
  /// Of the JSON of all objects together; `Int.max`: nobody counts them.
  package var bytes: Int

  package init(pods: Int = 20_000, events: Int = 100_000, objects: Int = 200_000, bytes: Int = .max) {
    self.pods = pods
    self.events = events
    self.objects = objects
    self.bytes = bytes
  }

  /// Refuses one object more where the cluster is full, in the words of a quota.
  static func check(_ request: AdmissionRequest) throws(Status) {
    let limits = request.writer.environment.limits
    let snapshot = request.store.snapshot
    let (pods, events) = (snapshot.count(Kind.pod.collection), snapshot.count(Kind.event.collection))
    switch request.kind.collection {
    case Kind.pod.collection: try check("pods", pods, limits.pods, request)
    case Kind.event.collection: try check("events", events, limits.events, request)
    default: try check("objects", snapshot.count - pods - events, limits.objects, request)
    }
  }

  private static func check(_ name: String, _ used: Int, _ limit: Int, _ request: AdmissionRequest) throws(Status) {
    guard used >= limit else { return }
    throw request.forbidden(
      "exceeded limit of this cluster, requested: \(name)=1, used: \(name)=\(used), limited: \(name)=\(limit)")
  }
}
