import CMicroHTTPD
import Glibc
import Synchronization

/// An HTTP/1.1 server on libmicrohttpd: one thread for all connections, and one that looks at deadlines.
///
///     let server = try HTTPServer(options: HTTPServerOptions(port: 8080), handler: console)
///     ...
///     server.stop()
///
/// How what libmicrohttpd refuses by itself gets the handler's wording is told at `queueOwnPage`.
package final class HTTPServer: Sendable {
  /// The port it listens on.
  package let port: UInt16

  private struct Running: @unchecked Sendable {
    let daemon: OpaquePointer
    let sweeper: Sweeper
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
    guard let daemon = Self.startDaemon(core, socket: socket) else {
      close(socket)
      throw .other(reason: "libmicrohttpd refused its options")
    }
    self.core = core
    port = ListeningSocket.port(of: socket)
    running = Mutex(Running(daemon: daemon, sweeper: Sweeper(core: core)))
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
    let socket = MHD_quiesce_daemon(stopped.daemon)
    if socket >= 0 { close(socket) }
    drain()
    MHD_stop_daemon(stopped.daemon)
    stopped.sweeper.stop()
    Unmanaged.passUnretained(core).release()
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

  private static func startDaemon(_ core: ServerCore, socket: Int32) -> OpaquePointer? {
    var configuration = microhttpd_configuration()
    configuration.listen_socket = socket
    configuration.use_tls = core.options.tls == nil ? 0 : 1
    configuration.connection_limit = UInt32(clamping: core.options.limits.connections)
    configuration.connection_memory = core.options.limits.headerBlock
    configuration.idle_seconds = UInt32(clamping: core.options.limits.idleSeconds)
    configuration.context = Unmanaged.passRetained(core).toOpaque()
    configuration.on_request = DaemonCallbacks.onRequest
    configuration.on_completed = DaemonCallbacks.onCompleted
    configuration.on_connection = DaemonCallbacks.onConnection
    configuration.on_target = DaemonCallbacks.onTarget
    let daemon = start(&configuration, tls: core.options.tls)
    if daemon == nil { Unmanaged.passUnretained(core).release() }
    return daemon
  }

  private static func start(_ configuration: inout microhttpd_configuration, tls: TLSOptions?) -> OpaquePointer? {
    guard let tls else { return microhttpd_start(&configuration) }
    return tls.certificate.withCString { certificate in
      tls.key.withCString { key in
        TLSOptions.priorities.withCString { priorities in
          (tls.clientAuthority ?? "").withCString { authority in
            configuration.certificate = certificate
            configuration.key = key
            configuration.priorities = priorities
            configuration.client_authority = tls.clientAuthority == nil ? nil : authority
            return microhttpd_start(&configuration)
          }
        }
      }
    }
  }
}
