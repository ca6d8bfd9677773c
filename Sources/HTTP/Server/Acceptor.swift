import Glibc

/// Accepts connections on a port that speaks both protocols, waits for each one's first byte, and gives it to the daemon
/// that speaks what it speaks. On a thread of its own, which closes everything it still has when it ends.
final class Acceptor {
  /// How many connections are accepted before others get their turn.
  private static let batch = 64

  private let core: ServerCore
  private let listening: Int32
  private let plain: Daemon
  private let encrypted: Daemon
  private let wake: Int32
  private let sockets: SocketSet
  private var silent: SilentSockets
  private var isPaused = false
  private var ready = [Int32](repeating: 0, count: 64)

  /// The thread that accepts; nil when the system has none left.
  static func start(_ core: ServerCore, listening: Int32, plain: Daemon, encrypted: Daemon) -> ServerThread? {
    guard let sockets = SocketSet() else { return nil }
    let thread = ServerThread { wake in
      Acceptor(core, listening: listening, plain: plain, encrypted: encrypted, wake: wake, sockets: sockets).run()
    }
    if thread == nil { sockets.close() }
    return thread
  }

  private init(
    _ core: ServerCore, listening: Int32, plain: Daemon, encrypted: Daemon, wake: Int32, sockets: SocketSet
  ) {
    self.core = core
    self.listening = listening
    self.plain = plain
    self.encrypted = encrypted
    self.wake = wake
    self.sockets = sockets
    silent = SilentSockets(limit: core.options.limits.silentConnections)
  }

  private func run() {
    sockets.watch(wake)
    sockets.watch(listening)
    while true {
      let count = sockets.wait(&ready, milliseconds: patience)
      for descriptor in ready.prefix(count) {
        if descriptor == wake { return end() }
        if descriptor == listening { accept() } else { hear(descriptor) }
      }
      if silent.count > 0 { dropOverdue() }
      if isPaused { resume() }
    }
  }

  /// Milliseconds until something has to be looked at though no socket says so; -1 for never.
  private var patience: Int32 {
    if isPaused { return Int32(ServerTiming.acceptPause / ServerTiming.millisecond) }
    return silent.count > 0 ? Int32(ServerTiming.sweep / ServerTiming.millisecond) : -1
  }

  /// Connections not yet handed over count too.
  private var isFull: Bool {
    silent.count + core.handovers.count + core.connections.count >= core.options.limits.connections
  }

  private func accept() {
    let allowance = ServerTiming.nanoseconds(core.options.limits.headerSeconds)
    for _ in 0..<Self.batch {
      if isFull { return pause() }
      switch Acceptance.next(on: listening, deadline: ServerTiming.now + allowance) {
      case .arrival(let arrival): came(arrival)
      case .gone: continue
      case .nobody: return
      case .exhausted: return pause()
      }
    }
  }

  /// Mostly the first byte is there already.
  private func came(_ arrival: Arrival) {
    guard !settle(arrival) else { return }
    guard sockets.watch(arrival.descriptor) else {
      close(arrival.descriptor)
      return
    }
    if let oldest = silent.add(arrival) { close(oldest.descriptor) }
  }

  /// A silent socket has something to read, or has closed. It may also be another's by now, which is as good.
  private func hear(_ descriptor: Int32) {
    guard let arrival = silent[descriptor] else { return }
    if settle(arrival, isWatched: true) { silent.remove(descriptor) }
  }

  /// Hands a socket over, or closes it. False while it is silent.
  private func settle(_ arrival: Arrival, isWatched: Bool = false) -> Bool {
    let speech = arrival.speech
    if case .silent = speech { return false }
    if isWatched { sockets.forget(arrival.descriptor) }
    switch speech {
    case .plain: plain.add(arrival)
    case .encrypted: encrypted.add(arrival)
    case .gone, .silent: close(arrival.descriptor)
    }
    return true
  }

  private func dropOverdue() {
    for arrival in silent.removeOverdue(at: ServerTiming.now) { close(arrival.descriptor) }
  }

  /// Leaves further connections in the system's queue for a moment.
  private func pause() {
    isPaused = true
    sockets.forget(listening)
  }

  private func resume() {
    guard !isFull else { return }
    isPaused = false
    sockets.watch(listening)
  }

  private func end() {
    close(listening)
    for arrival in silent.removeAll() { close(arrival.descriptor) }
    sockets.close()
  }
}
