import CMicroHTTPD
import Glibc

/// The C functions that libmicrohttpd calls, each on the thread of its connection. They only translate: `ServerCore`
/// decides.
enum DaemonCallbacks {
  static let onConnection: MHD_NotifyConnectionCallback = { context, raw, socketContext, event in
    guard let core = core(context), let raw, let socketContext else { return }
    if event == .CONNECTION_NOTIFY_STARTED {
      let connection = core.opened(ConnectionHandle(raw: raw))
      socketContext.pointee = Unmanaged.passRetained(connection).toOpaque()
    } else if let opaque = socketContext.pointee {
      core.closed(Unmanaged<ClientConnection>.fromOpaque(opaque).takeRetainedValue())
      socketContext.pointee = nil
    }
  }

  static let onTarget:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
      context, target, raw in
      guard let core = core(context), let raw, let opaque = microhttpd_socket_context(raw) else { return nil }
      let connection = Unmanaged<ClientConnection>.fromOpaque(opaque).takeUnretainedValue()
      let text = target.flatMap { String(validatingCString: $0) }
      let exchange = core.requestLineCame(target: text, on: connection, handle: ConnectionHandle(raw: raw))
      return Unmanaged.passRetained(exchange).toOpaque()
    }

  static let onRequest: MHD_AccessHandlerCallback = {
    context, _, _, method, version, upload, uploadSize, requestContext in
    guard let core = core(context), let opaque = requestContext?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let size = uploadSize?.pointee ?? 0
    let chunk = UnsafeRawBufferPointer(start: upload, count: upload == nil ? 0 : size)
    uploadSize?.pointee = 0
    let goesOn = core.step(
      exchange, method: method.map { String(cString: $0) } ?? "", version: version.map { String(cString: $0) } ?? "",
      chunk: chunk)
    return goesOn ? .YES : .NO
  }

  static let onCompleted: MHD_RequestCompletedCallback = { context, _, requestContext, _ in
    guard let core = core(context), let opaque = requestContext?.pointee else { return }
    requestContext?.pointee = nil
    core.finished(Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue())
  }

  private static func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
    context.map { Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
  }
}
