import API
import HTTP
import Hosting
import Kinds
import Loop
import Store
import Synchronization
import Tree

/// One stream of server-sent events for many kinds: what a console needs, within a browser's six connections.
///
/// Each event names the resource and carries the object and the cause of the write. Which resources a caller gets is
/// decided at the start, by the rights to watch them.
final class MultiplexSession: Ticking {
  /// What a caller gets to see.
  struct Subscription: Sendable {
    var kinds: [Kind]
    var refused: [String]
    /// The one namespace that is shown of namespaced kinds; nil: all.
    var namespace: String?
    /// Resumes after this revision; nil: begins with the objects that are there.
    var after: Int64?
  }

  private static let heartbeatSeconds = 15

  private let subscription: Subscription
  private let cluster: HostedCluster
  private let ticker: Ticker
  private let kinds: [GroupResource: Kind]
  let stream = EventStream(limit: WatchSession.backlogLimit)
  private let age = Mutex(0)

  private init(_ subscription: Subscription, cluster: HostedCluster, ticker: Ticker) {
    self.subscription = subscription
    self.cluster = cluster
    self.ticker = ticker
    kinds = Dictionary(uniqueKeysWithValues: subscription.kinds.map { ($0.groupResource, $0) })
  }

  /// Starts the subscription and gives the stream that carries it.
  static func start(_ subscription: Subscription, on cluster: HostedCluster, ticker: Ticker) -> EventStream {
    let session = MultiplexSession(subscription, cluster: cluster, ticker: ticker)
    session.run()
    return session.stream
  }

  private func run() {
    let gate = ChangeGate { [self] changes in
      let frames = changes.flatMap(frames(for:))
      if !frames.isEmpty { stream.push(frames) }
    }
    let start = cluster.feed.watch(after: subscription.after) { gate.take($0) }
    guard let missed = start.missed else {
      let status = Status(
        code: 410, reason: "Expired",
        message: "too old resource version: \(subscription.after ?? 0) (\(cluster.feed.oldestRevision))")
      stream.push(Self.event("ERROR", id: nil, ["type": "ERROR", "object": status.value]))
      stream.end()
      return
    }
    ticker.add(self)
    gate.open {
      stream.push(opening(start.snapshot) + missed.flatMap(frames(for:)))
    }
    stream.onClose = { [cluster, ticker, self] in
      cluster.feed.unwatch(start.id)
      ticker.remove(self)
    }
  }

  private func opening(_ snapshot: Snapshot) -> [[UInt8]] {
    let begin: Value = [
      "resources": .array(subscription.kinds.map { .string($0.groupResource.name) }),
      "refused": .array(subscription.refused.map(Value.string)),
    ]
    var frames = [Self.event("START", id: nil, begin)]
    if subscription.after == nil {
      for kind in subscription.kinds {
        for object in snapshot.list(kind.groupResource, namespace: namespace(of: kind)) {
          frames += frame("ADDED", object, of: nil)
        }
      }
    }
    frames.append(Self.event("SYNCED", id: snapshot.revision, ["resourceVersion": .string(String(snapshot.revision))]))
    return frames
  }

  private func namespace(of kind: Kind) -> String? { kind.isNamespaced ? subscription.namespace : nil }

  private func frames(for change: Change) -> [[UInt8]] {
    guard let kind = kinds[change.key.groupResource] else { return [] }
    if let namespace = namespace(of: kind), change.key.namespace != namespace { return [] }
    return frame(change.eventType, change.object, of: change)
  }

  private func frame(_ type: String, _ object: StoredObject, of change: Change?) -> [[UInt8]] {
    let resource = object.key.groupResource
    var head =
      "id: \(object.revision)\nevent: \(type)\ndata: {\"type\":\"\(type)\",\"resource\":\"\(resource.resource)\""
    head += ",\"group\":\"\(resource.group)\""
    if let change {
      let value: Value = [
        "actor": .string(change.cause.actor), "request": .string(change.cause.request),
        "time": .string(change.time.microTimestamp),
      ]
      head += ",\"cause\":" + String(decoding: value.json, as: UTF8.self)
    }
    head += ",\"object\":"
    return [Array(head.utf8), object.json, Array("}\n\n".utf8)]
  }

  private static func event(_ type: String, id: Int64?, _ data: Value) -> [UInt8] {
    let head = (id.map { "id: \($0)\n" } ?? "") + "event: \(type)\ndata: "
    return Array(head.utf8) + data.json + Array("\n\n".utf8)
  }

  func tick() {
    guard !cluster.feed.isEnded else { return stream.end() }
    let age = age.withLock { age in
      age += 1
      return age
    }
    if age % Self.heartbeatSeconds == 0 { stream.push(Array(":\n\n".utf8)) }
    showTime()
  }

  /// The Clock with its status brought up to this second. Only shown, not stored: time passes without a write.
  private func showTime() {
    guard kinds[Kind.clock.groupResource] != nil,
      let stored = cluster.feed.snapshot.list(Kind.clock.groupResource).first
    else { return }
    var clock = Clock(stored.value)
    guard !clock.spec.isPaused else { return }
    clock.status.now = cluster.now().timestamp
    let head =
      "event: MODIFIED\ndata: {\"type\":\"MODIFIED\",\"resource\":\"clocks\",\"group\":\"podium.dev\",\"object\":"
    stream.push([Array(head.utf8), clock.value.json, Array("}\n\n".utf8)])
  }
}
