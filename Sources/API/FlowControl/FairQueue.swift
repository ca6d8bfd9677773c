/// One priority level's waiting requests: so many may be under way; the others wait in queues, and the queues take turns.
///
/// Each flow has a hand of queues, chosen by its name, and puts a request into the shortest of them: one flow fills its
/// own hand only (shuffle sharding, k8s.io/apiserver, util/shufflesharding).
package struct FairQueue<Element> {
  /// What becomes of a request that comes.
  package enum Verdict {
    case runs
    case waits
    case isRefused
  }

  private let level: PriorityLevel
  private var queues: [Int: [Element]] = [:]
  /// The queues that are not empty, in the order of their turns.
  private var turns: [Int] = []
  private var running = 0

  package init(_ level: PriorityLevel) { self.level = level }

  /// Whether nothing is under way or waits.
  package var isIdle: Bool { running == 0 && turns.isEmpty }

  /// Takes a request in. One that runs has to be ended with `next`.
  package mutating func take(_ element: Element, flow: String) -> Verdict {
    guard let seats = level.seats, running >= max(1, seats) else {
      running += 1
      return .runs
    }
    guard let sizes = level.queues, sizes.count > 0 else { return .isRefused }
    let hand = Self.hand(of: flow, sizes)
    let shortest = hand.min { (queues[$0]?.count ?? 0) < (queues[$1]?.count ?? 0) } ?? 0
    guard (queues[shortest]?.count ?? 0) < sizes.lengthLimit else { return .isRefused }
    if queues[shortest] == nil { turns.append(shortest) }
    queues[shortest, default: []].append(element)
    return .waits
  }

  /// One that was under way has ended: the next one that may run now, if one waits.
  package mutating func next() -> Element? {
    running -= 1
    guard let queue = turns.first else { return nil }
    turns.removeFirst()
    let element = queues[queue]?.removeFirst()
    if queues[queue]?.isEmpty == true { queues[queue] = nil } else { turns.append(queue) }
    running += 1
    return element
  }

  /// A flow's queues: as many different ones as its hand has cards, dealt by a hash of its name.
  static func hand(of flow: String, _ sizes: PriorityLevel.Queues) -> [Int] {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a, because Swift's own hash differs in every process
    for byte in flow.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var deck = Array(0..<sizes.count)
    var hand: [Int] = []
    while hand.count < min(sizes.handSize, sizes.count) {
      hand.append(deck.remove(at: Int(hash % UInt64(deck.count))))
      hash = (hash ^ (hash >> 29)) &* 0xbf58_476d_1ce4_e5b9
    }
    return hand
  }
}
