import Cluster
import Store
import Synchronization

/// One cluster's place in a host: it is awake, asleep in its journal, or gone.
final class Residence: Sendable {
  private enum State {
    case asleep
    case awake(HostedCluster)
    case gone
  }

  private let state: Mutex<State> = Mutex(.asleep)
  private let visits = Mutex((count: 0, lastEnd: MonotonicClock.now))

  var isAsleep: Bool { state.withLock { if case .asleep = $0 { true } else { false } } }

  /// The cluster, awake as long as the value is held; nil if it is gone. `wake` is called where it sleeps; who comes
  /// meanwhile waits.
  func enter(_ wake: () throws(JournalError) -> HostedCluster) throws(JournalError) -> HostedCluster? {
    let entered: Result<HostedCluster?, JournalError> = state.withLock { state in
      do throws(JournalError) {
        switch state {
        case .awake(let cluster): return .success(cluster.held(by: Stay(self)))
        case .gone: return .success(nil)
        case .asleep:
          let cluster = try wake()
          state = .awake(cluster)
          return .success(cluster.held(by: Stay(self)))
        }
      } catch {
        return .failure(error)
      }
    }
    return try entered.get()
  }

  /// Puts the cluster to sleep if nobody has asked for it since that reading of the monotonic clock, and nobody
  /// watches it. Answers whether it fell asleep by this.
  @discardableResult
  func sleep(ifIdleSince moment: Int64) -> Bool {
    state.withLock { state in
      guard case .awake(let cluster) = state, cluster.feed.watcherCount == 0,
        visits.withLock({ $0.count == 0 && $0.lastEnd <= moment })
      else { return false }
      cluster.door.close()
      state = .asleep
      return true
    }
  }

  /// Ends the cluster, for a while or for good, and all streams of it.
  func close(forGood: Bool) {
    state.withLock { state in
      if case .awake(let cluster) = state {
        cluster.door.close()
        cluster.feed.end()
      }
      state = forGood ? .gone : .asleep
    }
  }

  fileprivate func begin() { visits.withLock { $0.count += 1 } }

  fileprivate func end() {
    visits.withLock { visits in
      visits.count -= 1
      visits.lastEnd = MonotonicClock.now
    }
  }
}

/// Somebody's being with a cluster: it does not fall asleep meanwhile.
final class Stay: Sendable {
  private let residence: Residence

  init(_ residence: Residence) {
    self.residence = residence
    residence.begin()
  }

  deinit { residence.end() }
}
