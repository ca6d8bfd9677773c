import API
import HTTP
import Hosting
import Store
import Synchronization

/// One watch of one client: carries a feed's changes into an event stream as the plan frames them, with bookmarks,
/// heartbeats and the watch's own end.
final class WatchSession: Ticking {
  /// Bytes that may wait for a slow client before its watch is cut; it then resumes from where it was.
  static let backlogLimit = 32 << 20
  private static let bookmarkSeconds = 60
  private static let heartbeatSeconds = 15

  private let plan: WatchPlan
  private let feed: Feed
  private let ticker: Ticker
  let stream = EventStream(limit: WatchSession.backlogLimit)
  private let age = Mutex(0)

  private init(_ plan: WatchPlan, feed: Feed, ticker: Ticker) {
    self.plan = plan
    self.feed = feed
    self.ticker = ticker
  }

  /// Starts the watch and gives the stream that carries it.
  static func start(_ plan: WatchPlan, on feed: Feed, ticker: Ticker) -> EventStream {
    let session = WatchSession(plan, feed: feed, ticker: ticker)
    session.run()
    return session.stream
  }

  private func run() {
    let (plan, stream) = (self.plan, self.stream)
    let gate = ChangeGate { changes in
      let frames = changes.flatMap { plan.frames(for: $0) }
      if !frames.isEmpty { stream.push(frames) }
    }
    let start = feed.watch(after: plan.startRevision) { gate.take($0) }
    guard let missed = start.missed else {
      stream.push(plan.expired(oldest: feed.oldestRevision))
      stream.end()
      return
    }
    ticker.add(self)
    gate.open {
      stream.push(plan.opening(snapshot: start.snapshot) + missed.flatMap { plan.frames(for: $0) })
    }
    stream.onClose = { [feed, ticker] in
      feed.unwatch(start.id)
      ticker.remove(self)
    }
  }

  func tick() {
    guard !feed.isEnded else { return stream.end() }
    let age = age.withLock { age in
      age += 1
      return age
    }
    if let limit = plan.timeoutSeconds, age >= limit {
      stream.end()
      return
    }
    if plan.sendsBookmarks, age % Self.bookmarkSeconds == 0 { stream.push(plan.bookmark(feed.snapshot.revision)) }
    if plan.isEventStream, age % Self.heartbeatSeconds == 0 { stream.push(Array(":\n\n".utf8)) }
  }
}
