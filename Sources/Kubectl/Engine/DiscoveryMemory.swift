import Synchronization

/// What servers said that they have, read: most commands hear what the one before heard, and need not read it again.
enum DiscoveryMemory {
  /// Servers' answers that are remembered.
  private static let limit = 4
  private static let known = Mutex<[(answers: [[UInt8]], discovery: Discovery)]>([])

  static func discovery(of answers: [[UInt8]]) -> Discovery? {
    known.withLock { $0.first { $0.answers == answers }?.discovery }
  }

  static func remember(_ discovery: Discovery, of answers: [[UInt8]]) {
    known.withLock { known in
      if known.count >= limit { known.removeFirst() }
      known.append((answers, discovery))
    }
  }
}
