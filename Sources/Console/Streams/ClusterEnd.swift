import HTTP
import Hosting
import Store

/// Ends what would stay open in silence when its cluster is removed or made anew.
final class ClusterEnd: Ticking {
  private let feed: Feed
  private let end: @Sendable () -> Void

  init(of feed: Feed, _ end: @escaping @Sendable () -> Void) {
    self.feed = feed
    self.end = end
  }

  func tick() {
    if feed.isEnded { end() }
  }
}

extension Site {
  /// What the answer keeps open ends with the cluster.
  func bounded(_ verdict: Verdict, by cluster: HostedCluster) -> Verdict {
    switch verdict {
    case .answer(let response):
      if case .stream(let stream) = response.body { bound(stream, by: cluster) }
      return verdict
    case .upgrade(var upgrade):
      let run = upgrade.run
      upgrade.run = { [ticker, feed = cluster.feed] connection in
        let end = ClusterEnd(of: feed) { connection.cut() }
        ticker.add(end)
        defer { ticker.remove(end) }
        run(connection)
      }
      return .upgrade(upgrade)
    case .later: return verdict
    }
  }

  /// Has the stream end with the cluster.
  func bound(_ stream: EventStream, by cluster: HostedCluster) {
    let end = ClusterEnd(of: cluster.feed) { [weak stream] in stream?.end() }
    ticker.add(end)
    let close = stream.onClose
    stream.onClose = { [ticker] in
      close?()
      ticker.remove(end)
    }
  }
}
