import Cluster
import HTTP
import Synchronization

/// What is open by people's sign-ins: streams and conversations. They end when the sign-in ends, for whatever reason.
///
/// A sign-in is known by the SHA-256 of its secret, in hexadecimal.
final class SignedInStreams: Sendable {
  private final class Table: Sendable {
    private struct State {
      var ends: [String: [Int: @Sendable () -> Void]] = [:]
      var next = 0
    }

    private let state = Mutex(State())

    func add(_ signIn: String, _ end: @escaping @Sendable () -> Void) -> Int {
      state.withLock { state in
        state.next += 1
        state.ends[signIn, default: [:]][state.next] = end
        return state.next
      }
    }

    func remove(_ number: Int, of signIn: String) {
      state.withLock { state in
        state.ends[signIn]?[number] = nil
        if state.ends[signIn]?.isEmpty == true { state.ends[signIn] = nil }
      }
    }

    func end(_ signIn: String) {
      let ends = state.withLock { $0.ends.removeValue(forKey: signIn) } ?? [:]
      for number in ends.keys.sorted() { ends[number]?() }
    }
  }

  private let table = Table()
  private let ended = Mailbox<String>()

  init() {
    BackgroundThread.start { [table, ended] in
      while let signIns = ended.takeAll(until: nil) { signIns.forEach(table.end) }
    }
  }

  deinit { ended.close() }

  /// Ends what is open by the sign-in, soon: whoever says so may hold locks that the streams need.
  func end(_ signIn: String) { ended.put(signIn) }

  /// Has a stream end with the sign-in.
  func tie(_ stream: EventStream, to signIn: String) {
    let number = table.add(signIn) { stream.end() }
    let close = stream.onClose
    stream.onClose = { [table] in
      close?()
      table.remove(number, of: signIn)
    }
  }

  /// Has a conversation end with the sign-in; `isGood` says whether the sign-in still counts when the conversation begins.
  func tied(_ upgrade: Upgrade, to signIn: String, isGood: @escaping @Sendable () -> Bool) -> Upgrade {
    var upgrade = upgrade
    let run = upgrade.run
    upgrade.run = { [table] connection in
      let number = table.add(signIn) { connection.cut() }
      defer { table.remove(number, of: signIn) }
      if isGood() { run(connection) }
    }
    return upgrade
  }
}
