import Glibc

/// A `struct MHD_UpgradeResponseHandle *`. Sendable because libmicrohttpd allows closing it from any thread, once.
struct UpgradeHandle: @unchecked Sendable {
  /// libmicrohttpd's `MHD_UPGRADE_ACTION_CLOSE`.
  private static let close: Int32 = 0

  private typealias Action = @convention(c) (OpaquePointer, Int32) -> Int32

  /// `MHD_upgrade_action`. It is variadic, which Swift cannot import; the action used here reads no further argument, and
  /// the calling conventions of x86-64 and arm64 Linux pass the two named ones as in any other function. The look-up
  /// cannot fail while the program is linked with the library.
  private static let action: Action? = dlsym(nil, "MHD_upgrade_action").map { unsafeBitCast($0, to: Action.self) }

  let raw: OpaquePointer

  /// Gives the connection back to libmicrohttpd, which closes it and frees the handle.
  func close() {
    _ = Self.action?(raw, Self.close)
  }
}
