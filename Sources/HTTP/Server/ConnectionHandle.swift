/// A `struct MHD_Connection *`. Sendable because libmicrohttpd allows resuming from any thread, and a suspended
/// connection is never freed.
struct ConnectionHandle: @unchecked Sendable {
  let raw: OpaquePointer
}
