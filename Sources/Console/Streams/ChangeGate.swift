import Store
import Synchronization

/// Holds a new watcher's changes back until what came before them has been sent, then lets them through in order.
///
/// A feed registers a watcher and only then says what it has missed; changes may arrive in between.
final class ChangeGate: Sendable {
  private struct State {
    var waiting: [Change] = []
    var isOpen = false
  }

  private let state = Mutex(State())
  private let pass: @Sendable ([Change]) -> Void

  init(_ pass: @escaping @Sendable ([Change]) -> Void) { self.pass = pass }

  func take(_ changes: [Change]) {
    state.withLock { state in
      if state.isOpen { pass(changes) } else { state.waiting += changes }
    }
  }

  /// Runs `first` (which sends what came before), then lets everything through.
  func open(after first: () -> Void) {
    state.withLock { state in
      first()
      if !state.waiting.isEmpty { pass(state.waiting) }
      state.waiting = []
      state.isOpen = true
    }
  }
}
