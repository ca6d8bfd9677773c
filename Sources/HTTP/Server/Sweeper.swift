import Glibc
import Synchronization

/// A pipe whose closing wakes the thread that polls it.
private struct Pipe: Sendable {
  let output: Int32
  private let input: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    input = ends[1]
  }

  func closeInput() { close(input) }
  func closeOutput() { close(output) }
}

/// A thread that looks, a few times a second, for passed deadlines and for clients that left a suspended connection,
/// neither of which libmicrohttpd notices.
final class Sweeper: Sendable {
  private let core: ServerCore
  private let wake: Pipe
  private let thread: Mutex<pthread_t?>

  init(core: ServerCore) {
    self.core = core
    wake = Pipe()
    thread = Mutex(nil)
    let body = Unmanaged.passRetained(Body(core: core, wake: wake.output)).toOpaque()
    var started = pthread_t()
    let result = pthread_create(
      &started, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body)
    thread.withLock { $0 = result == 0 ? started : nil }
  }

  /// Returns when the thread has ended.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    wake.closeInput()
    pthread_join(running, nil)
    wake.closeOutput()
  }

  private final class Body: Sendable {
    let core: ServerCore
    let wake: Int32

    init(core: ServerCore, wake: Int32) {
      self.core = core
      self.wake = wake
    }

    func run() {
      var event = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      while poll(&event, 1, Int32(ServerTiming.sweep / 1_000_000)) <= 0 {
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
}
