import Glibc

/// Looks, a few times a second, for passed deadlines and for clients that left a suspended connection, neither of which
/// libmicrohttpd notices.
struct Sweeper: Sendable {
  private let core: ServerCore

  /// The thread that sweeps a server's sockets.
  static func start(_ core: ServerCore) -> ServerThread? {
    let sweeper = Sweeper(core: core)
    return ServerThread { wake in sweeper.run(until: wake) }
  }

  private func run(until wake: Int32) {
    var event = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
    while poll(&event, 1, Int32(ServerTiming.sweep / ServerTiming.millisecond)) <= 0 {
      let now = ServerTiming.now
      core.connections.cutOverdue(at: now)
      sweepSuspensions(at: now)
    }
  }

  private func sweepSuspensions(at now: UInt64) {
    let open = core.suspensions.all()
    guard !open.isEmpty else { return }
    for (entry, isGone) in zip(open, Sockets.closedByPeer(open.map(\.descriptor))) where isGone {
      entry.suspension.peerHasLeft(at: now)
    }
  }
}
