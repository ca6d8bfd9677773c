import Glibc
import Synchronization

/// An HTTP/1.1 server on libmicrohttpd: a few threads for the connections of a protocol, and one that looks at deadlines.
///
///     let server = try HTTPServer(options: HTTPServerOptions(port: 8080), handler: console)
///     ...
///     server.stop()
///
/// How what libmicrohttpd refuses by itself gets the handler's wording is told at `queueOwnPage`.
package final class HTTPServer: Sendable {
  /// The port it listens on.
  package let port: UInt16

  private struct Running {
    let entrance: Entrance
    let sweeper: ServerThread?
  }

  private let core: ServerCore
  private let running: Mutex<Running?>

  /// Listens and serves from now on. The process ignores SIGPIPE afterwards, and may open as many descriptors as the
  /// connections need, where the system lets it.
  package init(options: HTTPServerOptions, handler: any HTTPHandler) throws(HTTPServerError) {
    if let tls = options.tls { try tls.check() }
    signal(SIGPIPE, SIG_IGN)
    DescriptorLimit.raise(for: options.limits.connections)
    let core = ServerCore(options: options, handler: handler)
    let socket = try ListeningSocket.open(host: options.host, port: options.port)
    port = ListeningSocket.port(of: socket)
    self.core = core
    let entrance = try Entrance.open(core, listening: socket)
    running = Mutex(Running(entrance: entrance, sweeper: Sweeper.start(core)))
  }

  deinit {
    stop()
  }

  /// How many streams and pending answers are open.
  package var openSuspensions: Int { core.suspensions.count }

  /// How many sockets are open.
  package var openConnections: Int { core.connections.count }

  /// Takes no more connections, ends streams in order, answers what is pending with 503, and returns when every socket
  /// is closed: within 2 s, because after one second streams that do not end are cut. Further calls do nothing.
  package func stop() {
    guard let stopped = running.withLock({ $0.take() }) else { return }
    core.suspensions.startDraining()
    stopped.entrance.shut()
    drain()
    stopped.entrance.stop()
    stopped.sweeper?.stop()
  }

  /// libmicrohttpd aborts the program when it is stopped while a connection is suspended, so they all have to wake.
  private func drain() {
    let stopping = core.stopping
    let start = ServerTiming.now
    while ServerTiming.now < start + ServerTiming.drain + ServerTiming.cut {
      let open = core.suspensions.all()
      if open.isEmpty { return }
      let isLate = ServerTiming.now > start + ServerTiming.drain
      for entry in open {
        entry.suspension.drain(with: stopping)
        if isLate { entry.suspension.cut() }
      }
      usleep(2000)
    }
  }
}
