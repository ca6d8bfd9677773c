import CMicroHTTPD
import Glibc

/// libmicrohttpd for one protocol, on a thread of its own.
struct Daemon: @unchecked Sendable {
  /// How many connections it may have beyond the server's limit when somebody else keeps that, who may see a connection
  /// end a moment before libmicrohttpd has let go of it.
  private static let spare = 16

  private let raw: OpaquePointer
  private let core: ServerCore

  /// Accepts from a listening socket; with none it serves the sockets given to `add`. Nil when libmicrohttpd refuses its
  /// options.
  init?(_ core: ServerCore, tls: TLSOptions?, listening: Int32?) {
    var configuration = microhttpd_configuration()
    let connections = core.options.limits.connections
    configuration.listen_socket = listening ?? -1
    configuration.threads = UInt32(clamping: core.options.threads)
    configuration.use_tls = tls == nil ? 0 : 1
    configuration.connection_limit = UInt32(clamping: listening == nil ? connections + Self.spare : connections)
    configuration.connection_memory = core.options.limits.headerBlock
    configuration.idle_seconds = UInt32(clamping: core.options.limits.idleSeconds)
    configuration.context = Unmanaged.passRetained(core).toOpaque()
    configuration.on_request = DaemonCallbacks.onRequest
    configuration.on_completed = DaemonCallbacks.onCompleted
    configuration.on_connection = DaemonCallbacks.onConnection
    configuration.on_target = DaemonCallbacks.onTarget
    guard let raw = Self.start(&configuration, tls: tls) else {
      Unmanaged.passUnretained(core).release()
      return nil
    }
    self.raw = raw
    self.core = core
  }

  /// Serves a socket from now on, and closes it in any case.
  func add(_ arrival: Arrival) {
    core.handovers.add(arrival.descriptor, deadline: arrival.deadline)
    let result = withUnsafeBytes(of: arrival.address) { bytes in
      MHD_add_connection(
        raw, arrival.descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), arrival.addressLength)
    }
    if result != .YES { core.handovers.take(arrival.descriptor) }
  }

  /// Accepts nothing more and closes the listening socket, if it had one.
  func stopListening() {
    let socket = MHD_quiesce_daemon(raw)
    if socket >= 0 { close(socket) }
  }

  /// Closes every connection. None may be suspended: libmicrohttpd would abort the program.
  func stop() {
    MHD_stop_daemon(raw)
    Unmanaged.passUnretained(core).release()
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
