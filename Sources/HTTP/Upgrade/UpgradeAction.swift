import CMicroHTTPD

/// A `struct MHD_UpgradeResponseHandle *`. Sendable because libmicrohttpd allows closing it from any thread, once.
struct UpgradeHandle: @unchecked Sendable {
  let raw: OpaquePointer

  /// Gives the connection back to libmicrohttpd, which closes it and frees the handle.
  func close() { microhttpd_close_upgrade(raw) }
}
