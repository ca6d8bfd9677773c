import Cluster
import Glibc
import Synchronization

/// Something that wants to know when a second has passed: a stream with a heartbeat or a deadline.
protocol Ticking: AnyObject, Sendable {
  /// Called about once a second.
  func tick()
}

/// Calls everything registered once a second, on a thread of its own.
package final class Ticker: Sendable {
  private struct State {
    var members: [ObjectIdentifier: any Ticking] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())

  /// A ticker that runs until it is stopped.
  package init() {
    BackgroundThread.start { [self] in
      while !state.withLock({ $0.isStopped }) {
        sleep(1)
        for member in state.withLock({ Array($0.members.values) }) { member.tick() }
      }
    }
  }

  func add(_ member: any Ticking) { state.withLock { $0.members[ObjectIdentifier(member)] = member } }

  func remove(_ member: any Ticking) { state.withLock { _ = $0.members.removeValue(forKey: ObjectIdentifier(member)) } }

  /// Ends the ticker's thread at its next second.
  package func stop() { state.withLock { $0.isStopped = true } }
}
