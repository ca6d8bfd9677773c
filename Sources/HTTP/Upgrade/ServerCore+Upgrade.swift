import CMicroHTTPD

/// Connections that change their protocol.
extension ServerCore {
  /// Answers with status 101. The connection's thread.
  func change(_ upgrade: Upgrade, _ exchange: Exchange) -> Bool {
    guard takeUpgrade() else {
      let reason = "as many connections have changed their protocol as the limit of \(options.limits.upgrades) allows"
      return refuse(HTTPRefusal(status: 503, reason: reason), exchange)
    }
    guard let connection = UpgradedConnection(suspensions), let response = upgradeResponse() else {
      giveBackUpgrade()
      return refuse(HTTPRefusal(status: 503, reason: "the server has no descriptor left"), exchange)
    }
    defer { MHD_destroy_response(response) }
    for (name, value) in upgrade.headers { _ = MHD_add_response_header(response, name, value) }
    exchange.phase = .answered
    exchange.status = 101
    exchange.upgrade = (upgrade, connection)
    if !suspensions.add(connection, descriptor: exchange.connection.descriptor) { connection.cut() }
    return QueueHook.queue(exchange.handle.raw, 101, response) != 0
  }

  /// The request is over; if its protocol did not change, it never will.
  func endUpgrade(_ exchange: Exchange) {
    guard let connection = exchange.upgrade?.connection else { return }
    suspensions.remove(connection)
    if !connection.hasBegun { giveBackUpgrade() }
  }

  private func upgradeResponse() -> OpaquePointer? {
    MHD_create_response_for_upgrade(
      { context, _, requestContext, early, earlySize, socket, handle in
        guard let context, let requestContext, let handle else { return }
        let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        let exchange = Unmanaged<Exchange>.fromOpaque(requestContext).takeUnretainedValue()
        let bytes = UnsafeRawBufferPointer(start: early, count: early == nil ? 0 : earlySize)
        core.changed(exchange, UpgradeHandle(raw: handle), socket: socket, early: Array(bytes))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func changed(_ exchange: Exchange, _ handle: UpgradeHandle, socket: Int32, early: [UInt8]) {
    guard let (upgrade, connection) = exchange.upgrade else { return handle.close() }
    let transport = exchange.connection.descriptor
    Sockets.sendWithoutDelay(transport)
    guard connection.begin(handle: handle, socket: socket, transport: transport, early: early) else {
      return giveBackUpgrade()
    }
    let isStarted = DetachedThread.start { [self] in
      upgrade.run(connection)
      connection.close()
      giveBackUpgrade()
    }
    if !isStarted {
      connection.close()
      giveBackUpgrade()
    }
  }
}
